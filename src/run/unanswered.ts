import type { FunnelPart, PipelineSummary } from "./summary.js";

/**
 * What the teacher did not answer, or not so that it could be read. It has its own place in the funnel: a teacher that refuses more
 * in one scenario than in another skews the data, however good its other replies are.
 */

/** Candidates of one task or one scenario that came to nothing for want of a reply. */
export interface Unanswered {
	readonly by: "scenario" | "task";
	readonly name: string;
	readonly in: number;
	/** The teacher would not answer, or its filter would not let it. */
	readonly refused: number;
	/** There was no reply: the server refuses the request, or keeps failing on it. */
	readonly failed: number;
	/** Empty, cut off, or not to be read. */
	readonly unusable: number;
}

const sorts = {
	refused: ["reply-refused", "reply-filtered"],
	failed: ["request-refused", "request-failed"],
	unusable: ["reply-empty", "reply-cut-off", "reply-unparsable", "reply-wrong-schema"],
} as const;
export const unansweredSorts = ["refused", "failed", "unusable"] as const satisfies readonly (keyof typeof sorts)[];

/** How many of a part's candidates came to nothing in each of these ways. */
export function countUnanswered({ reasons }: Pick<FunnelPart, "reasons">): Record<(typeof unansweredSorts)[number], number> {
	const count = (sort: keyof typeof sorts) => sorts[sort].reduce((sum, reason) => sum + (reasons[reason] ?? 0), 0);
	return { refused: count("refused"), failed: count("failed"), unusable: count("unusable") };
}

/** The scenarios and tasks in which there were any, scenarios first. */
export function listUnanswered({ byScenario, byTask }: Pick<PipelineSummary, "byScenario" | "byTask">): Unanswered[] {
	const parts = [
		...byScenario.map((part) => ({ by: "scenario" as const, name: part.scenario, in: part.in, ...countUnanswered(part) })),
		...byTask.map((part) => ({ by: "task" as const, name: part.task, in: part.in, ...countUnanswered(part) })),
	];
	return parts.filter((part) => unansweredSorts.some((sort) => part[sort] > 0));
}

/** A share in per cent that is 0 only where there is nothing: `-`, `<1 %`, `12 %`. */
export function formatRate(part: number, whole: number): string {
	const percent = whole === 0 ? 0 : (part / whole) * 100;
	return part === 0 ? "-" : percent < 1 ? "<1 %" : `${Math.round(percent)} %`;
}
