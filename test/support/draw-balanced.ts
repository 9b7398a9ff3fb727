import type { CandidateOptions } from "../../src/candidates/candidate-options.js";
import { createCandidateSource } from "../../src/candidates/draw-candidates.js";
import { planSlots, thirdAnswerShare } from "../../src/candidates/plan-slots.js";
import type { Wordings } from "../../src/candidates/wordings.js";
import { type Candidate, cellKey, type Question } from "../../src/records/index.js";

export interface PlannedDraw {
	readonly rows: number;
	/** The share of rows with a third answer. */
	readonly thirdShare: number;
	/** Slots that no candidate was left for. */
	readonly short: number;
	readonly notDrawn: Readonly<Record<string, number>>;
	/** The candidates of some scenarios, written one by one. */
	candidates(scenarios: readonly string[]): Iterable<Candidate>;
}

/** The candidates that a run of `rows` rows would begin with, slot by slot, as it would if no teacher ever failed. */
export async function drawBalanced(
	questions: readonly Question[] | (() => AsyncIterable<Question>),
	wordings: Wordings,
	{ rows, ...options }: { seed: number; rows: number } & Partial<CandidateOptions>,
): Promise<PlannedDraw> {
	const source = await createCandidateSource(typeof questions === "function" ? questions : () => stream(questions), wordings, {
		// The timings split misleading and corrective in two, so that each contrast is as large as the others.
		scenarios: { misleading: 2, corrective: 2, "affirm-right": 1, "affirm-wrong": 1, "doubt-right": 1, "doubt-wrong": 1 },
		timings: { "one-round": 1, "two-round": 1 },
		rounds: { "3": 1, "4": 1, "5": 1 },
		tones: { suggestive: 1, euphemistic: 1, strong: 1 },
		pressures: { plain: 3, authority: 1, consensus: 1, insistence: 1, emotion: 1, "asserted-evidence": 1, "first-hand-witness": 1 },
		formats: { ABCD: 2, "1234": 1, "open-ended": 2 },
		tasks: "equal",
		maxAnswerShare: 0.4,
		dialoguesPerQuestion: 1,
		family: "train",
		firstAnswerStyle: "letter-and-text",
		...options,
	});
	const { byCell, notDrawn } = await source.draw(rows);
	const { cells, slots } = planSlots(rows, source.situations, source.tasks);
	const taken = cells.map(() => 0);
	for (const slot of slots) taken[slot] = (taken[slot] ?? 0) + 1;
	const available = cells.map((cell, index) => Math.min(taken[index] ?? 0, byCell.get(cellKey(cell))?.length ?? 0));
	const drawn = available.reduce((sum, count) => sum + count, 0);
	return {
		rows: drawn,
		thirdShare: thirdAnswerShare(source.tasks),
		short: rows - drawn,
		notDrawn,
		*candidates(scenarios) {
			for (const [index, cell] of cells.entries()) {
				const list = byCell.get(cellKey(cell));
				if (list === undefined || !scenarios.includes(cell.scenario)) continue;
				for (let rank = 0; rank < (available[index] ?? 0); rank++) yield list.at(rank);
			}
		},
	};
}

async function* stream(questions: readonly Question[]): AsyncGenerator<Question> {
	yield* questions;
}
