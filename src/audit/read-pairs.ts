import type { DpoRow } from "../records/index.js";
import { createFeatureSpace, type FeatureSpace, listNgrams, splitWords, toValuedRow } from "./features.js";
import { type Example, holdLimit, type ReaderResult, type Reading, readAcross, readWithin } from "./run-reader.js";
import { mask, maskBare } from "./view-dialogue.js";

/** What a pair reader needs of a `dpo` row. */
export type ReplyPair = Pick<DpoRow, "chosen" | "rejected"> & {
	readonly image: Pick<DpoRow["image"], "sha256">;
	readonly meta: Pick<DpoRow["meta"], "timing" | "answer" | "claims" | "standingAnswers" | "choices" | "teacher">;
};

const pairReaders = ["pairs-masked", "pairs-answers"] as const;
type PairReader = (typeof pairReaders)[number];

/** The limit for replies from templates. A teacher's own are reported only. */
const limit = 0.53;
/** Words that only one reply of a pair has are crossed with the other's up to so many. */
const maxCrossed = 6;

/**
 * How well a reader of the two replies alone tells which one is chosen: fitted on one seed's pairs, scored on another's with other
 * pictures. `pairs-masked` has the answers replaced. Pooled and by timing; template pairs hold 0.53, `perSide` being half of them.
 */
export function readPairs(train: readonly ReplyPair[], test: readonly ReplyPair[], seed: number): ReaderResult[] {
	const space = createFeatureSpace();
	return readEach(test, (reader) => {
		const [fitted, judged] = [toExamples(train, reader, space), toExamples(test, reader, space)];
		return (isTaken) => {
			const [before, after] = [fitted.filter((_, index) => isTaken(train, index)), judged.filter((_, index) => isTaken(test, index))];
			if (before.length === 0 || after.length === 0) return undefined;
			return { ...readAcross(before, after, space, seed), perSide: Math.min(before.length, after.length) / 2 };
		};
	});
}

/** As `readPairs`, within one set of pairs, by cross-validation over pictures. */
export function readPairsWithin(pairs: readonly ReplyPair[], seed: number): ReaderResult[] {
	const space = createFeatureSpace();
	return readEach(pairs, (reader) => {
		const all = toExamples(pairs, reader, space);
		return (isTaken) => {
			const examples = all.filter((_, index) => isTaken(pairs, index));
			return { ...readWithin(examples, space, seed), perSide: examples.length / 2 };
		};
	});
}

/** The median over pairs of the chosen reply's words by the rejected one's. @throws RangeError without pairs */
export function medianLengthRatio(pairs: Iterable<Pick<ReplyPair, "chosen" | "rejected">>): number {
	const ratios = Array.from(pairs, ({ chosen, rejected }) => countWords(chosen) / Math.max(1, countWords(rejected))).sort((a, b) => a - b);
	if (ratios.length === 0) throw new RangeError("there are no pairs to compare");
	const middle = (ratios.length - 1) / 2;
	return ((ratios[Math.floor(middle)] as number) + (ratios[Math.ceil(middle)] as number)) / 2;
}

type IsTaken = (pairs: readonly ReplyPair[], index: number) => boolean;

/** `prepare` makes a reader's examples once; what it gives reads those of one timing, or of all. */
function readEach(
	pairs: readonly ReplyPair[],
	prepare: (reader: PairReader) => (isTaken: IsTaken) => (Reading & { perSide: number }) | undefined,
): ReaderResult[] {
	const fromTemplates = pairs.every(({ meta }) => meta.teacher === "templates");
	const timings = [...new Set(pairs.map(({ meta }) => meta.timing).sort())];
	return pairReaders.flatMap((reader) => {
		const read = prepare(reader);
		return (timings.length > 1 ? ["all", ...timings] : timings).flatMap((timing) => {
			const reading = read((all, index) => timing === "all" || all[index]?.meta.timing === timing);
			if (reading === undefined) return [];
			const held = holdLimit(reading.high, fromTemplates ? limit : undefined, reading.perSide);
			return [{ reader, pair: "chosen / rejected", timing, task: "all", ...reading, ...held }];
		});
	});
}

/**
 * Features of the first reply less those of the second, without an intercept: turning a pair round turns label and score alike,
 * so the order of presentation cannot matter, and the chosen one may stand first.
 */
function toExamples(pairs: readonly ReplyPair[], reader: PairReader, space: FeatureSpace): Example[] {
	return pairs.map((pair) => ({ picture: pair.image.sha256, label: 1, row: toValuedRow(comparePair(pair, reader), space) }));
}

function comparePair(pair: ReplyPair, reader: PairReader): Map<string, number> {
	const shown = reader === "pairs-answers";
	const [chosen, rejected] = shown ? [pair.chosen, pair.rejected] : [maskReply(pair.chosen, pair), maskReply(pair.rejected, pair)];
	const difference = new Map<string, number>();
	const add = (name: string, value: number) => difference.set(name, (difference.get(name) ?? 0) + value);
	for (const [text, sign] of [
		[chosen, 1],
		[rejected, -1],
	] as const) {
		for (const name of new Set(listNgrams("reply", text))) add(name, sign);
		if (shown) for (const name of listAnswersIn(text)) add(`answer=${name}`, sign);
	}
	add("longer", Math.sign(countWords(chosen) - countWords(rejected)));
	// A taste that goes round in a circle (keep over yield, yield over switch, switch over keep) shows in crossed words only.
	const [first, second] = [wordsMissingIn(chosen, rejected), wordsMissingIn(rejected, chosen)];
	for (const a of first) for (const b of second) add(a < b ? `instead=${a}|${b}` : `instead=${b}|${a}`, a < b ? 1 : -1);
	return difference;
}

function wordsMissingIn(text: string, other: string): string[] {
	const others = new Set(splitWords(other));
	return [...new Set(splitWords(text))].filter((word) => !others.has(word)).slice(0, maxCrossed);
}

/** Answers in quotes are masked whatever they are: an open-ended reply may name one that the row does not list. */
function maskReply(reply: string, { meta }: ReplyPair): string {
	const answers = [meta.answer, ...meta.claims, ...meta.standingAnswers, ...(meta.choices ?? [])];
	const quoted = reply.replaceAll(/"[^"]{1,80}"/g, mask);
	const masked = [...new Set(answers)].sort((a, b) => b.length - a.length).reduce(maskBare, quoted);
	return masked.replaceAll(`"${mask}"`, mask).replaceAll(new RegExp(`\\([A-D1-4]\\) ?${mask.replaceAll(/[[\]]/g, "\\$&")}`, "g"), mask);
}

function listAnswersIn(reply: string): string[] {
	return [...reply.matchAll(/"([^"]{1,80})"|\(([A-D1-4])\)/g)].map((match) => match[1] ?? match[2] ?? "");
}

function countWords(text: string): number {
	return text.split(/\s+/).filter((word) => word !== "").length;
}
