import { join } from "node:path";
import { type CellState, settle } from "../pipeline/collect.js";
import type { Manifest } from "../shards/index.js";
import type { FunnelPart, PipelineSummary } from "./summary.js";
import { countUnanswered, listUnanswered } from "./unanswered.js";

/** A gap in acceptance between scenarios above this skews the data. */
const maxGap = 0.05;
/** 100 % less 95 % is a little above 5 % in floating point. */
const roundingError = 1e-9;
/** Candidates of a scenario from which a gap is more than chance. */
const enough = 30;

/** The funnel of a sealed pipeline, as it is printed and stored. */
export function summarizePipeline(manifest: Manifest, cells: readonly CellState[], wanted: number): PipelineSummary {
	const surplus = cells.reduce((sum, state) => sum + state.outcomes.size - Math.min(settle(state).end, state.outcomes.size), 0);
	const byTask = groupParts(manifest, ({ task }) => task).map(([task, part]) => ({ task, ...part }));
	const byScenario = groupParts(manifest, ({ scenario }) => scenario).map(([scenario, part]) => ({ scenario, ...part }));
	const total = sumParts(manifest.funnel);
	return {
		name: manifest.pipeline,
		kind: manifest.kind,
		wanted,
		rows: manifest.rows,
		candidatesIn: total.in + surplus,
		surplus,
		rejected: total.reasons,
		short: manifest.short.reduce((sum, { missing }) => sum + missing, 0),
		byTask,
		byScenario,
		unanswered: listUnanswered({ byTask, byScenario }),
		trainedTokens: manifest.trainedTokens,
		warnings: warnOfGaps(byScenario),
		shards: manifest.shards.map(({ file, rows, bytes }) => ({ file: join(manifest.pipeline, file), rows, bytes })),
		manifest: join(manifest.pipeline, "manifest.json"),
	};
}

function groupParts(manifest: Manifest, keyOf: (part: Manifest["funnel"][number]) => string): [string, FunnelPart][] {
	const groups = new Map<string, Manifest["funnel"]>();
	for (const part of manifest.funnel) groups.set(keyOf(part), [...(groups.get(keyOf(part)) ?? []), part]);
	return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, parts]) => [key, sumParts(parts)]);
}

function sumParts(parts: Manifest["funnel"]): FunnelPart {
	const reasons: Record<string, number> = {};
	let rows = 0;
	let candidates = 0;
	for (const part of parts) {
		candidates += part.in;
		rows += part.rows;
		for (const [reason, count] of Object.entries(part.rejected)) reasons[reason] = (reasons[reason] ?? 0) + count;
	}
	return { in: candidates, rows, rejected: candidates - rows, reasons };
}

/** A teacher that fails more on one scenario than on another skews the data; so does one that only refuses more. */
function warnOfGaps(byScenario: PipelineSummary["byScenario"]): string[] {
	const rated = byScenario.filter((part) => part.in >= enough);
	const warn = (rateOf: (part: FunnelPart) => number, what: string, consequence: string): string[] => {
		const [most, ...others] = rated.map((part) => ({ scenario: part.scenario, rate: rateOf(part) / part.in })).sort((a, b) => b.rate - a.rate);
		const least = others.at(-1);
		if (most === undefined || least === undefined || most.rate - least.rate <= maxGap + roundingError) return [];
		const percent = (rate: number) => `${Math.round(rate * 100)} %`;
		return [`${what} by scenario: ${most.scenario} ${percent(most.rate)}, ${least.scenario} ${percent(least.rate)}. ${consequence}`];
	};
	const skewed = "What is left of the first is not like what was asked for";
	return [
		...warn(({ rows }) => rows, "acceptance differs", "What is left of the harder one is not like what was asked for; see rejects.jsonl."),
		...warn((part) => countUnanswered(part).refused, "refusals differ", `${skewed}: another teacher, or another prompt, may refuse less.`),
		...warn((part) => countUnanswered(part).failed, "failed requests differ", `${skewed}; see rejects.jsonl for what the server says, and candor retry.`),
		...warn((part) => countUnanswered(part).unusable, "unusable replies differ", `${skewed}: teacher.maxOutputTokens or teacher.structuredOutput may help.`),
	];
}
