import PQueue from "p-queue";
import type { Candidate, Cell, Outcome } from "../records/index.js";
import { Pending } from "../teacher/index.js";
import { createOutcomeList, type OutcomeList } from "./outcome-list.js";

/** The candidates of a cell as the collector needs them. */
export interface CellCandidates {
	readonly length: number;
	/** Whether the source holds more of them than are at hand. */
	readonly isCut: boolean;
	at(rank: number): Candidate;
	/** A number for the picture that a candidate is about. */
	imageOf(rank: number): number;
}

/** What became of a cell's candidates. Rows and rejections wait on disk; a handle finds them again. */
export interface CellState {
	readonly cell: Cell;
	quota: number;
	candidates: CellCandidates;
	/** Ranks below this have been started. */
	started: number;
	/** Rows so far, whatever their rank. */
	rows: number;
	/** Candidates that wait for a reply that cannot be had now: they hold their places, and are processed anew when it has come. */
	pending: number;
	readonly outcomes: OutcomeList;
}

/** What a candidate came to, as far as collecting goes: it counts, or it does not, for a reason. */
export type Collected = { readonly type: "row" } | { readonly type: "rejection"; readonly rejection: { readonly reason: string } };

export interface CollectTools<Result extends Collected = Outcome> {
	/** Records in progress at most. */
	readonly width: number;
	/** @throws Pending where a reply is wanted that cannot be had now */
	process(candidate: Candidate): Promise<Result>;
	/** Puts an outcome by and returns where it is. */
	store(candidate: Candidate, outcome: Result): Promise<number>;
	/** More candidates of a cell than are at hand; the same ones first. Nothing where the source has no more. */
	more(): Promise<((cell: Cell) => CellCandidates) | undefined>;
	readonly onOutcome: (outcome: Result) => void;
	readonly signal: AbortSignal;
}

/** Accepted candidates by rank, as far as every earlier rank is final; and the first rank that is not needed any more. */
export function settle(state: CellState): { accepted: number[]; end: number; full: boolean } {
	const accepted: number[] = [];
	let rank = 0;
	while (accepted.length < state.quota) {
		const outcome = state.outcomes.get(rank);
		if (outcome === undefined) break;
		if (outcome.type === "row") accepted.push(rank);
		rank++;
	}
	return { accepted, end: rank, full: accepted.length >= state.quota };
}

/** A cell's index and a rank in it as one number: the index above, the rank below. */
const rankRange = 2 ** 32;

/**
 * Processes candidates until every cell is full or has run out. Outcomes come in any order; which of them count is decided by
 * rank alone, so that no straggler and no order changes the result.
 */
export async function collect<Result extends Collected>(cells: readonly CellState[], tools: CollectTools<Result>): Promise<void> {
	const queue = new PQueue({ concurrency: tools.width });
	const tally = { rows: 0, finished: 0 };
	/** By cell: candidates that wait or are at work. */
	const underway = cells.map(() => 0);
	let failure: { error: unknown } | undefined;

	const processOne = async (state: CellState, rank: number) => {
		const candidate = state.candidates.at(rank);
		const outcome = await tools.process(candidate);
		const handle = await tools.store(candidate, outcome);
		state.outcomes.set(rank, outcome.type === "row" ? { type: "row", handle } : { type: "rejection", handle, reason: outcome.rejection.reason });
		tally.finished++;
		if (outcome.type === "row") {
			tally.rows++;
			state.rows++;
		}
		tools.onOutcome(outcome);
	};

	const isStopped = () => failure !== undefined || tools.signal.aborted;

	/** Candidates that are to be started, as one number each: there may be as many as rows. */
	let waiting: number[] = [];
	let next = 0;
	/** Those that take the place of rejected ones go first: their cells wait for them. */
	const urgent: number[] = [];

	const runOne = async (index: number, rank: number): Promise<void> => {
		const state = cells[index] as CellState;
		try {
			if (!isStopped()) await processOne(state, rank);
		} catch (error) {
			if (error instanceof Pending) {
				state.pending++;
				tally.rows++;
				tally.finished++;
			}
			// Whatever a stopping run breaks off will be asked when it goes on.
			else if (!tools.signal.aborted) failure ??= { error };
		}
		underway[index] = (underway[index] ?? 1) - 1;
		// Before this task ends: an idle queue means that nothing more is wanted.
		if (!isStopped()) {
			urgent.push(...startsOf(index));
			feed();
		}
	};

	/** Keeps the queue as long as it takes to never run dry, and no longer. */
	const feed = () => {
		while (queue.size < tools.width && (urgent.length > 0 || next < waiting.length)) {
			const start = urgent.pop() ?? (waiting[next++] as number);
			void queue.add(() => runOne(Math.floor(start / rankRange), start % rankRange));
		}
	};

	const startsOf = (index: number): number[] => {
		const state = cells[index] as CellState;
		const starts: number[] = [];
		// Once enough is known, as many more are started as the acceptance so far calls for; what is not needed is surplus.
		// Whatever is pending may still become a row: it is taken for one, or every rejection would look like the rule.
		const rate = tally.finished < 20 ? 1 : Math.max(0.1, tally.rows / tally.finished);
		let wanted = Math.round(Math.max(0, state.quota - state.rows) / rate) - (underway[index] ?? 0) - state.pending;
		while (wanted > 0 && state.started < state.candidates.length) {
			starts.push(index * rankRange + state.started);
			state.started++;
			wanted--;
		}
		underway[index] = (underway[index] ?? 0) + starts.length;
		return starts;
	};

	/** Picture by picture: that is what a server's prefix cache rewards. */
	const sortByImage = (starts: number[]): number[] => {
		const imageOf = (start: number) => cells[Math.floor(start / rankRange)]?.candidates.imageOf(start % rankRange) ?? 0;
		return starts.sort((a, b) => imageOf(a) - imageOf(b));
	};

	for (;;) {
		waiting = sortByImage(cells.flatMap((_, index) => startsOf(index)));
		next = 0;
		feed();
		await queue.onIdle();
		if (failure !== undefined) throw failure.error;
		if (tools.signal.aborted) return;
		const short = cells.filter((state) => !settle(state).full && state.rows + state.pending < state.quota);
		// What is short and has all that the source holds stays short.
		if (!short.some(({ candidates }) => candidates.isCut)) return;
		const larger = await tools.more();
		if (larger === undefined) return;
		for (const state of cells) state.candidates = larger(state.cell);
	}
}

/**
 * Gives the slots of cells that ran out to the same scenario and timing of other tasks that still have candidates, in a fixed
 * order. Run again after collecting, until nothing moves.
 * @returns whether any slot found a new cell
 */
export function spreadShort(cells: readonly CellState[], slots: Uint32Array): boolean {
	let moved = false;
	const settled = cells.map(settle);
	const missing = settled.map(({ accepted }, index) => Math.max(0, (cells[index]?.quota ?? 0) - accepted.length));
	const room = cells.map((state, index) => ((missing[index] ?? 0) > 0 ? 0 : countLeft(state, settled[index]?.end ?? 0)));
	for (let slot = slots.length - 1; slot >= 0; slot--) {
		const from = slots[slot] ?? 0;
		if ((missing[from] ?? 0) <= 0) continue;
		const to = roomiest(cells, from, room);
		if (to === undefined) continue;
		slots[slot] = to;
		missing[from] = (missing[from] ?? 0) - 1;
		room[to] = (room[to] ?? 0) - 1;
		moved = true;
	}
	if (moved) {
		for (const state of cells) state.quota = 0;
		for (const index of slots) {
			const state = cells[index];
			if (state !== undefined) state.quota++;
		}
	}
	return moved;
}

/** Candidates from a rank on that may still become rows. Those known to be rejected do not count, or slots would go round for ever. */
function countLeft(state: CellState, from: number): number {
	let left = state.candidates.length - from;
	for (let rank = from; rank < state.started; rank++) if (state.outcomes.get(rank)?.type === "rejection") left--;
	return left;
}

function roomiest(cells: readonly CellState[], from: number, room: readonly number[]): number | undefined {
	const source = cells[from];
	let best: number | undefined;
	let bestRoom = 0;
	for (const [index, state] of cells.entries()) {
		if (source === undefined || (room[index] ?? 0) <= bestRoom) continue;
		if (state.cell.scenario !== source.cell.scenario || state.cell.timing !== source.cell.timing) continue;
		// Yes and no stay balanced: a slot of theirs goes to open answers only, never to one of the two.
		if (state.cell.answer !== undefined) continue;
		best = index;
		bestRoom = room[index] ?? 0;
	}
	return best;
}

/** An empty state for each cell, with the quota that its slots give it. */
export function createCellStates(cells: readonly Cell[], slots: Uint32Array, candidatesOf: (cell: Cell) => CellCandidates): CellState[] {
	const states = cells.map((cell) => ({ cell, quota: 0, candidates: candidatesOf(cell), started: 0, rows: 0, pending: 0, outcomes: createOutcomeList() }));
	for (const index of slots) {
		const state = states[index];
		if (state !== undefined) state.quota++;
	}
	return states;
}

/** No candidates at all. */
export const noCandidates: CellCandidates = {
	length: 0,
	isCut: false,
	at: (rank) => {
		throw new RangeError(`there is no candidate of rank ${rank}`);
	},
	imageOf: () => 0,
};
