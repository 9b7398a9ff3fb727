import type { CandidateSource } from "../candidates/draw-candidates.js";
import { planSlots } from "../candidates/plan-slots.js";
import { type Collected, collect, createCellStates, noCandidates, settle, spreadShort } from "../pipeline/collect.js";
import type { Pipeline } from "../pipeline/compose.js";
import { type Candidate, cellKey } from "../records/index.js";
import { checkRow } from "../rules/index.js";
import { Pending } from "../teacher/index.js";
import { type Draws, drawAtLeast, drawMore, firstLimit } from "./make-pipeline.js";
import type { Tally } from "./plan-tally.js";
import { createProcess, type ProcessBase } from "./process.js";

export interface PlanPipelineTools {
	readonly base: Omit<ProcessBase, "checkRow">;
	readonly candidates: CandidateSource;
	readonly draws: Draws;
	/** Rows to plan one by one. */
	readonly rows: number;
	readonly tally: Tally;
	readonly signal: AbortSignal;
}

/** What the ledger has finished of a pipeline, and what it took. */
export interface PipelineProgress {
	readonly done: number;
	readonly rejected: number;
	readonly short: number;
	/** Of the finished candidates: kept rows, the requests that those take at best, and the requests that all took. */
	readonly finished: { readonly rows: number; readonly needed: number; readonly asked: number };
}

/**
 * Takes the candidates of a pipeline's rows through its stages, as the run would, with a teacher that asks nobody. Rules are checked
 * only where every reply is the ledger's.
 */
export async function planPipeline(pipeline: Pipeline, tools: PlanPipelineTools): Promise<PipelineProgress> {
	const { base, candidates, tally } = tools;
	const situations = candidates.situations.filter(({ scenario }) => !pipeline.skips.includes(scenario));
	const { cells: cellList, slots } = planSlots(tools.rows, situations, candidates.tasks);
	const first = await drawAtLeast(tools, firstLimit(tools.rows, candidates));
	const cells = createCellStates(cellList, slots, (cell) => first.byCell.get(cellKey(cell)) ?? noCandidates);
	const processOne = createProcess(pipeline, { ...base, checkRow: (row) => (tally.candidate.usesStandIn ? [] : checkRow(row)) });
	const finished = { rows: 0, needed: 0, asked: 0 };
	const counts = { done: 0, rejected: 0 };

	const process = async (candidate: Candidate): Promise<Collected> => {
		tally.begin();
		let outcome: Collected;
		try {
			outcome = await processOne(candidate);
		} catch (error) {
			if (!(error instanceof Pending)) throw error;
			return { type: "row" };
		}
		const { asked, stages, usesStandIn } = tally.candidate;
		if (usesStandIn) return outcome;
		finished.asked += asked;
		if (outcome.type === "rejection") counts.rejected++;
		else {
			counts.done++;
			finished.rows++;
			finished.needed += stages.size;
		}
		return outcome;
	};

	do {
		await collect(cells, {
			// One at a time: what a candidate asks is counted by candidate.
			width: 1,
			process,
			store: async () => 0,
			async more() {
				const larger = await drawMore(tools);
				return larger === undefined ? undefined : (cell) => larger(cell);
			},
			onOutcome: () => {},
			signal: tools.signal,
		});
	} while (!tools.signal.aborted && base.config.onShort === "spread" && spreadShort(cells, slots));
	tools.signal.throwIfAborted();
	const placed = cells.reduce((sum, state) => sum + Math.min(state.quota, settle(state).accepted.length), 0);
	return { ...counts, short: slots.length - placed, finished };
}
