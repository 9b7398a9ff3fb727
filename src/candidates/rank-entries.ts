import { createSequence } from "../pipeline/spread-evenly.js";
import { type Cell, cellKey, scenarioTable } from "../records/index.js";
import type { CandidateOptions } from "./candidate-options.js";
import { compareEntries, type Entry, type Stratum } from "./collect-strata.js";
import { needsThirdAnswer, type Situation } from "./plan-slots.js";

/** A cell with the entries that may fill it, in rank order. */
export interface RankedCell {
	readonly cell: Cell;
	readonly entries: readonly Entry[];
	/** Whether the source holds more for it than was drawn. */
	readonly isCut: boolean;
}

/** What one stratum gives a cell. */
interface Part {
	readonly stratum: Stratum;
	readonly entries: Entry[];
}

/** Sends each stratum's entries round the situations that fit it, and ranks what meets in a cell. */
export function placeEntries(
	strata: readonly Stratum[],
	situations: readonly Situation[],
	options: Pick<CandidateOptions, "firstAnswers">,
): Map<string, RankedCell> {
	const separate = options.firstAnswers?.unaskedShare !== undefined;
	const placed = new Map<string, { cell: Cell; parts: Part[] }>();
	for (const stratum of strata) {
		const shares = situations.map((situation) => (fits(situation, stratum, separate) ? situation.share : 0));
		if (shares.every((share) => share === 0)) continue;
		const next = createSequence(shares);
		const lists = situations.map((): Entry[] => []);
		for (const entry of stratum.entries) lists[next()]?.push(entry);
		for (const [index, { scenario, timing }] of situations.entries()) {
			if ((shares[index] ?? 0) === 0) continue;
			const cell: Cell = { task: stratum.task, scenario, timing, ...(stratum.answer === undefined ? {} : { answer: stratum.answer }) };
			const key = cellKey(cell);
			const known = placed.get(key) ?? { cell, parts: [] };
			known.parts.push({ stratum, entries: lists[index] ?? [] });
			placed.set(key, known);
		}
	}
	return new Map(
		[...placed].map(([key, { cell, parts }]) => [
			key,
			{ cell, entries: rankParts(cell, parts), isCut: parts.some(({ stratum }) => stratum.end !== undefined) },
		]),
	);
}

/**
 * Whether a question of a kind may be used in a situation. Where the standing answer is the model's own first answer, that must be
 * right or wrong as the scenario wants it; in multi-round dialogues it is only the first of several.
 * @param separate questions with first answers are for dialogues that have one, the others for those that have none
 */
function fits({ scenario, timing }: Situation, { truth, narrow }: Stratum, separate: boolean): boolean {
	if (narrow && needsThirdAnswer(scenario)) return false;
	if (truth === "any") return true;
	const { standing } = scenarioTable[scenario];
	if (timing === "one-round" || standing === undefined) return truth === "none" || !separate;
	return timing === "multi-round" ? truth !== "none" : truth === standing;
}

function rankParts(cell: Cell, parts: readonly Part[]): Entry[] {
	const sides = ["right", "wrong"].map((truth) => mergeParts(parts.filter(({ stratum }) => stratum.truth === truth)));
	const others = mergeParts(parts.filter(({ stratum }) => stratum.truth !== "right" && stratum.truth !== "wrong"));
	const [right = [], wrong = []] = sides;
	// Models are mostly right; in multi-round dialogues first answers are to be right and wrong equally often.
	if (cell.timing === "multi-round") return [...interleave(right, wrong), ...others];
	return mergeParts(parts);
}

/**
 * The entries of several strata by hash. Where one was cut, what a larger draw adds to it would come between those that are there:
 * all end at the same place.
 */
function mergeParts(parts: readonly Part[]): Entry[] {
	const [only, another] = parts;
	if (only === undefined) return [];
	if (another === undefined) return only.entries;
	const ends = parts.flatMap(({ stratum }) => (stratum.end === undefined ? [] : [stratum.end])).sort(compareEntries);
	const [end] = ends;
	return parts
		.flatMap(({ entries }) => entries)
		.filter((entry) => end === undefined || compareEntries(entry, end) <= 0)
		.sort(compareEntries);
}

function interleave<T>(a: readonly T[], b: readonly T[]): T[] {
	return Array.from({ length: Math.min(a.length, b.length) }, (_, index) => [a[index] as T, b[index] as T]).flat();
}
