import type { CandidateSource, Draw } from "../candidates/draw-candidates.js";
import { type CellState, collect, createCellStates, noCandidates, settle } from "../pipeline/collect.js";
import { type Candidate, cellKey } from "../records/index.js";
import type { LineShelf } from "../shards/index.js";
import type { StudentAnswer } from "./ask-student.js";
import type { FirstAnswerQuotas } from "./plan-first-answers.js";

/** A line of a file of first answers: what was asked, how it was posed, and what the student said. */
export interface FirstAnswerLine {
	readonly question: string;
	/** Null: what it said is no answer. */
	readonly answer: string | null;
	readonly truth: StudentAnswer["truth"];
	readonly task: string;
	/** Empty: the question was put without choices. */
	readonly choices: readonly string[];
	readonly labels?: Candidate["labels"];
	readonly model: string;
	readonly reply?: string;
}

/** What became of one task's questions. */
export interface HarvestPart {
	readonly task: string;
	readonly asked: number;
	readonly right: number;
	readonly wrong: number;
	readonly unparsable: number;
	/** Questions whose picture cannot be read. */
	readonly withoutPicture: number;
	readonly wantedRight: number;
	readonly wantedWrong: number;
}

export interface HarvestTools {
	/** Draws bare questions: scenario neutral only. */
	readonly candidates: CandidateSource;
	readonly quotas: FirstAnswerQuotas;
	/** Requests in flight at most. */
	readonly concurrency: number;
	/** Nothing where the question's picture cannot be read. */
	readonly ask: (candidate: Candidate) => Promise<StudentAnswer | undefined>;
	readonly model: string;
	readonly shelf: LineShelf;
	readonly onProgress: (progress: { readonly asked: number; readonly found: number; readonly wanted: number }) => void;
	readonly signal: AbortSignal;
}

type Answered =
	| { readonly type: "row"; readonly line: FirstAnswerLine | undefined }
	| { readonly type: "rejection"; readonly rejection: { readonly reason: string }; readonly line: FirstAnswerLine | undefined };

/**
 * Asks bare questions in the order of their hashes until every task has its wrong answers, then until it has its right ones. What
 * comes out is a beginning of that order, whatever came back first: asking for more keeps what is there and adds to it.
 * @returns the lines of all that was asked, and what became of it; nothing where the run was stopped
 */
export async function harvestFirstAnswers(tools: HarvestTools): Promise<{ lines: Iterable<FirstAnswerLine>; parts: HarvestPart[] } | undefined> {
	const draws: { current?: { limit: number; draw: Draw } } = {};
	const rounds: CellState[][] = [];
	for (const truth of ["wrong", "right"] as const) {
		const states = await collectTruth(truth, tools, draws);
		if (tools.signal.aborted) return undefined;
		rounds.push(states);
	}
	const cells = [...tools.quotas.values()].map(({ cell }, index) => ({
		cell,
		lines: readSettled(
			rounds.flatMap((states) => states[index] ?? []),
			tools.shelf,
		),
	}));
	return { lines: cells.flatMap(({ lines }) => lines.filter((line) => line !== undefined)), parts: summarize(cells, tools.quotas) };
}

async function collectTruth(truth: "right" | "wrong", tools: HarvestTools, draws: { current?: { limit: number; draw: Draw } }): Promise<CellState[]> {
	const wanted = [...tools.quotas.values()];
	const total = wanted.reduce((sum, quota) => sum + quota[truth], 0);
	const slots = Uint32Array.from(wanted.flatMap((quota, index) => Array.from({ length: quota[truth] }, () => index)));
	// A model is right more often than wrong: far more questions are drawn than answers are wanted.
	const first = draws.current ?? (await drawBare(tools, Math.max(64, ...wanted.map((quota) => quota[truth] * 4))));
	draws.current = first;
	const states = createCellStates(
		wanted.map(({ cell }) => cell),
		slots,
		(cell) => draws.current?.draw.byCell.get(cellKey(cell)) ?? noCandidates,
	);
	let asked = 0;
	await collect<Answered>(states, {
		width: 2 * tools.concurrency + 8,
		async process(candidate) {
			const answer = await tools.ask(candidate);
			const line = answer === undefined ? undefined : writeLine(candidate, answer, tools.model);
			return answer?.truth === truth ? { type: "row", line } : { type: "rejection", rejection: { reason: answer?.truth ?? "without-picture" }, line };
		},
		store: async (_, { line }) => tools.shelf.put(line === undefined ? "" : JSON.stringify(line)),
		async more() {
			const known = draws.current;
			if (known === undefined || !known.draw.truncated) return undefined;
			draws.current = await drawBare(tools, known.limit * 4);
			const { byCell } = draws.current.draw;
			return (cell) => byCell.get(cellKey(cell)) ?? noCandidates;
		},
		onOutcome() {
			asked++;
			const found = states.reduce((sum, { rows, quota }) => sum + Math.min(rows, quota), 0);
			if (truth === "wrong") tools.onProgress({ asked, found, wanted: total });
		},
		signal: tools.signal,
	});
	return states;
}

async function drawBare(tools: HarvestTools, limit: number): Promise<{ limit: number; draw: Draw }> {
	return { limit, draw: await tools.candidates.draw(limit) };
}

function writeLine({ question, options, labels, cell }: Candidate, { answer, truth, reply }: StudentAnswer, model: string): FirstAnswerLine {
	return {
		question: question.id,
		answer: answer ?? null,
		truth,
		task: cell.task,
		...(labels === undefined ? { choices: [] } : { choices: options, labels }),
		model,
		...(reply === undefined ? {} : { reply }),
	};
}

/** What was asked of a cell's questions, as far as either round of asking went. Where the source ran out, all of it. */
function readSettled(states: readonly CellState[], shelf: LineShelf): (FirstAnswerLine | undefined)[] {
	const ends = states.map((state) => (state.quota === 0 ? 0 : settle(state).end));
	const longest = states[ends.indexOf(Math.max(0, ...ends))];
	return Array.from({ length: Math.max(0, ...ends) }, (_, rank) => {
		const stored = longest?.outcomes.get(rank);
		const text = stored === undefined ? "" : shelf.get(stored.handle);
		return text === "" ? undefined : (JSON.parse(text) as FirstAnswerLine);
	});
}

function summarize(
	cells: readonly { readonly cell: { readonly task: string }; readonly lines: readonly (FirstAnswerLine | undefined)[] }[],
	quotas: FirstAnswerQuotas,
): HarvestPart[] {
	const parts = new Map<string, { -readonly [Key in keyof HarvestPart]: HarvestPart[Key] }>();
	const wanted = [...quotas.values()];
	for (const [index, { cell, lines }] of cells.entries()) {
		const part = parts.get(cell.task) ?? { task: cell.task, asked: 0, right: 0, wrong: 0, unparsable: 0, withoutPicture: 0, wantedRight: 0, wantedWrong: 0 };
		part.wantedRight += wanted[index]?.right ?? 0;
		part.wantedWrong += wanted[index]?.wrong ?? 0;
		for (const line of lines) {
			if (line === undefined) part.withoutPicture++;
			else {
				part.asked++;
				part[line.truth]++;
			}
		}
		parts.set(cell.task, part);
	}
	return [...parts.values()].sort((a, b) => (a.task < b.task ? -1 : 1));
}
