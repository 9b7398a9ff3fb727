import { setNames } from "./draw-sets.js";
import type { ReservedSummary } from "./reserved-files.js";

/** A set that did not get all that was wanted: of one task, or in all. */
export interface Shortfall {
	readonly set: (typeof setNames)[number];
	readonly task?: string;
	readonly wanted: number;
	readonly got: number;
}

/** Where sets fell short. A task's share of the probe is an equal one; what it cannot give, others do as far as they can. */
export function listShortfalls({ wanted, tasks }: Pick<ReservedSummary, "wanted" | "tasks">): Shortfall[] {
	return setNames.flatMap((set) => {
		const share = set === "benchmark" ? wanted[set] : Math.floor(wanted[set] / tasks.length);
		const ofTasks = tasks.filter((task) => task[set] < share).map((task) => ({ set, task: task.task, wanted: share, got: task[set] }));
		const got = tasks.reduce((sum, task) => sum + task[set], 0);
		const isShort = set !== "benchmark" && got < wanted[set];
		return [...(isShort ? [{ set, wanted: wanted[set], got }] : []), ...ofTasks];
	});
}

/** A sentence for each set that fell short. */
export function describeShortfalls(summary: ReservedSummary): string[] {
	return listShortfalls(summary).map(({ set, task, wanted, got }) => {
		if (task === undefined) return `${set}: falls short: ${got} of ${wanted} questions`;
		const { questions } = summary.tasks.find((other) => other.task === task) ?? { questions: 0 };
		const rest = set === "benchmark" ? "" : "; other tasks give what they can instead";
		return `${set}: ${task} falls short: ${got} of ${wanted} questions, from ${questions} in the source, one for each picture at most${rest}`;
	});
}
