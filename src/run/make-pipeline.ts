import { join } from "node:path";
import type { CandidateSource, Draw } from "../candidates/draw-candidates.js";
import { planSlots } from "../candidates/plan-slots.js";
import { type Config, rowsOf } from "../config/index.js";
import { type CellCandidates, type CellState, collect, createCellStates, noCandidates, spreadShort } from "../pipeline/collect.js";
import type { Pipeline } from "../pipeline/compose.js";
import { type Candidate, cellKey, gateError, type Outcome } from "../records/index.js";
import { openSpool, removeManifest, stringifyRow } from "../shards/index.js";
import type { PipelineProgress } from "./events.js";
import { sealPipeline } from "./seal-pipeline.js";
import { summarizePipeline } from "./summarize.js";
import type { PipelineSummary } from "./summary.js";

/** The candidates drawn so far, shared by pipelines that are made side by side: each draw is made once. */
export interface Draws {
	limit: number;
	current?: Promise<Draw>;
}

export interface MakeTools {
	readonly runFolder: string;
	readonly config: Config;
	readonly configHash: string;
	readonly candidates: CandidateSource;
	readonly draws: Draws;
	readonly process: (candidate: Candidate) => Promise<Outcome>;
	readonly onProgress: (progress: Omit<PipelineProgress, "name">) => void;
	readonly scripted: boolean;
	readonly signal: AbortSignal;
}

/**
 * Makes one pipeline's corpus: plans the slots, collects outcomes until every cell is full, seals.
 * @returns nothing where the run was stopped before it could seal, or where candidates wait for replies that cannot be had now
 * @throws CandorError (exit 3) where cells ran out and the config asks to stop then
 */
export async function makePipeline(pipeline: Pipeline, tools: MakeTools): Promise<PipelineSummary | undefined> {
	const { config, candidates, signal } = tools;
	const folder = join(tools.runFolder, pipeline.name);
	await removeManifest(folder);
	const rows = rowsOf(config, pipeline.name);
	const situations = candidates.situations.filter(({ scenario }) => !pipeline.skips.includes(scenario));
	const { cells: cellList, slots } = planSlots(rows, situations, candidates.tasks);
	const spool = await openSpool(join(folder, "outcomes.spool"));
	try {
		const first = await drawAtLeast(tools, firstLimit(rows, candidates));
		const cells = createCellStates(cellList, slots, (cell) => first.byCell.get(cellKey(cell)) ?? noCandidates);
		await collectAll(cells, slots, tools, async (candidate, outcome) => spool.append(stringifyRow(describeOutcome(pipeline, candidate, outcome))));
		if (signal.aborted || isPending(cells)) return undefined;
		const short = slots.length - cells.reduce((sum, state) => sum + Math.min(state.quota, state.rows), 0);
		if (short > 0 && config.onShort === "fail") {
			throw gateError(
				`pipeline ${pipeline.name}: ${short} of ${rows} rows are missing, because the source has no more questions for their cells`,
				"add questions, ask for fewer rows, or set onShort to skip or spread",
			);
		}
		const manifest = await sealPipeline({
			runFolder: tools.runFolder,
			pipeline,
			cells,
			slots,
			spool,
			maxRows: config.shards.maxRows,
			maxBytes: config.shards.maxBytes,
			configHash: tools.configHash,
			scripted: tools.scripted,
		});
		return summarizePipeline(manifest, cells, rows);
	} finally {
		await spool.close();
	}
}

async function collectAll(
	cells: readonly CellState[],
	slots: Uint32Array,
	tools: MakeTools,
	store: (candidate: Candidate, outcome: Outcome) => Promise<number>,
): Promise<void> {
	const tally = { rows: 0, rejected: 0 };
	const collectTools = {
		width: widthOf(tools.config.teacher),
		process: tools.process,
		store,
		more: () => drawMore(tools),
		onOutcome: (outcome: Outcome) => {
			if (outcome.type === "row") tally.rows++;
			else tally.rejected++;
			tools.onProgress({ rows: { done: tally.rows, wanted: slots.length }, rejected: tally.rejected });
		},
		signal: tools.signal,
	};
	tools.onProgress({ rows: { done: 0, wanted: slots.length }, rejected: 0 });
	do {
		await collect(cells, collectTools);
		// What is pending may still fill its cell: no slot is given away before that is known.
	} while (!tools.signal.aborted && !isPending(cells) && tools.config.onShort === "spread" && spreadShort(cells, slots));
}

function isPending(cells: readonly CellState[]): boolean {
	return cells.some(({ pending }) => pending > 0);
}

/**
 * Records in progress at most. Each asks one thing at a time; twice as many as requests keep a server busy while some wait to be
 * retried. The scripted teacher answers at once, and what is waited for is the disk: many replies are committed together.
 */
function widthOf({ type, concurrency, endpoints }: Config["teacher"]): number {
	return type === "scripted" ? 256 : 2 * concurrency * (endpoints?.length ?? 1) + 8;
}

/** Candidates to draw at first for each kind of question: what a task's quota calls for, and half as many again. */
export function firstLimit(rows: number, candidates: CandidateSource): number {
	const total = candidates.tasks.reduce((sum, { share }) => sum + share, 0);
	const largest = Math.max(0, ...candidates.tasks.map(({ share }) => share / total));
	return Math.ceil(rows * largest * 1.5) + 64;
}

/** The candidates drawn so far, or more of them. */
export async function drawAtLeast(tools: Pick<MakeTools, "candidates" | "draws">, limit: number): Promise<Draw> {
	const { draws } = tools;
	const known = draws.current;
	if (known !== undefined && (draws.limit >= limit || !(await known).truncated)) return known;
	// Another pipeline may have drawn as many while this one waited.
	if (draws.current !== known) return drawAtLeast(tools, limit);
	draws.limit = limit;
	draws.current = tools.candidates.draw(limit);
	return draws.current;
}

/** Four times as many candidates of each kind; nothing where the source has no more. */
export async function drawMore(tools: Pick<MakeTools, "candidates" | "draws">): Promise<((cell: Candidate["cell"]) => CellCandidates) | undefined> {
	const { limit } = tools.draws;
	if (!(await tools.draws.current)?.truncated) return undefined;
	const draw = await drawAtLeast(tools, limit * 4);
	return (cell) => draw.byCell.get(cellKey(cell)) ?? noCandidates;
}

/** What waits on disk: the row as it will stand in its shard, or the line of rejects.jsonl. */
function describeOutcome(pipeline: Pipeline, candidate: Candidate, outcome: Outcome): object {
	if (outcome.type === "row") return outcome.row;
	const { reason, detail, stage, reply } = outcome.rejection;
	return {
		id: `${pipeline.name}-${candidate.group}`,
		...candidate.cell,
		rank: candidate.rank,
		question: candidate.question.id,
		source: candidate.question.source,
		reason,
		detail,
		...(stage === undefined ? {} : { stage }),
		attempts: outcome.attempts,
		...(reply === undefined ? {} : { reply }),
	};
}
