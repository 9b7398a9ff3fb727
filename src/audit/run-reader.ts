import { random } from "../pipeline/random.js";
import { bootstrapAccuracy, type Interval, type Judgement } from "./bootstrap.js";
import type { FeatureSpace, SparseRow } from "./features.js";
import { fitLogisticRegression, type LogisticModel, scoreRow } from "./logistic-regression.js";

/** Something that a reader judges. `label` is 1 for the first side of a pair of scenarios, 0 for the second. */
export interface Example {
	readonly picture: string;
	readonly label: 0 | 1;
	readonly row: SparseRow;
}

/** A feature and the log-odds that a reader gives it towards the first side. */
export interface TellingFeature {
	readonly feature: string;
	readonly weight: number;
}

export interface ReaderResult extends Interval {
	readonly reader: string;
	/** The two sides that the reader tells apart. */
	readonly pair: string;
	readonly timing: string;
	readonly task: string;
	/** Examples on each side that were judged. */
	readonly perSide: number;
	/** What the upper end of the interval must not pass; absent: reported only. */
	readonly limit?: number;
	/** Absent where there is no limit, or too few examples to tell. */
	readonly passes?: boolean;
	/** The features that weigh most, for a person who looks for the leak. */
	readonly telling: readonly TellingFeature[];
}

export interface Reading extends Interval {
	readonly telling: readonly TellingFeature[];
}

/** Under so many examples on a side an interval is too wide to be held against a limit of 0.53. */
export const minPerSide = 2000;
const foldCount = 5;
const tellingCount = 8;

/** Fits a reader on some examples and scores it on others. */
export function readAcross(train: readonly Example[], test: readonly Example[], space: FeatureSpace, seed: number): Reading {
	const model = fit(train);
	return { ...bootstrapAccuracy(judge(model, test), seed), telling: listTelling(model, train, space) };
}

/** Fits and scores on parts of one set, cut by picture. The telling features come from a reader of the whole set. */
export function readWithin(examples: readonly Example[], space: FeatureSpace, seed: number): Reading {
	const folds = examples.map(({ picture }) => random(seed, picture, "fold").below(foldCount));
	const judgements: Judgement[] = [];
	for (let fold = 0; fold < foldCount; fold++) {
		const test = examples.filter((_, index) => folds[index] === fold);
		if (test.length === 0) continue;
		judgements.push(...judge(fit(examples.filter((_, index) => folds[index] !== fold)), test));
	}
	return { ...bootstrapAccuracy(judgements, seed), telling: listTelling(fit(examples), examples, space) };
}

/** Leaves out examples of the larger side, at random, so that guessing is right half of the time. */
export function balanceSides(examples: readonly Example[], seed: number): Example[] {
	const rng = random(seed, "sides", "balance");
	const sides = [1, 0].map((label) => rng.shuffle(examples.filter((example) => example.label === label)));
	const size = Math.min(...sides.map((side) => side.length));
	return sides.flatMap((side) => side.slice(0, size));
}

/** Holds a reading against its limit, where there are examples enough to say. */
export function holdLimit(high: number, limit: number | undefined, perSide: number): Pick<ReaderResult, "limit" | "passes"> {
	if (limit === undefined) return {};
	return perSide < minPerSide ? { limit } : { limit, passes: high <= limit };
}

function fit(examples: readonly Example[]): LogisticModel {
	return fitLogisticRegression(examples.map(({ row }) => row), examples.map(({ label }) => label));
}

function judge(model: LogisticModel, examples: readonly Example[]): Judgement[] {
	return examples.map(({ picture, label, row }) => {
		const score = scoreRow(model, row);
		return { picture, correct: score === 0 ? 0.5 : Number(score > 0 === (label === 1)) };
	});
}

/** A heavy weight on a rare feature tells little: features are ranked by how much they move the scores in all. */
function listTelling(model: LogisticModel, examples: readonly Example[], space: FeatureSpace): TellingFeature[] {
	const counts = new Map<number, number>();
	for (const { row } of examples) for (const bucket of row.buckets) counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
	const effect = (bucket: number, count: number) => Math.abs(model.weights[bucket] as number) * Math.sqrt(count * (1 - count / (examples.length + 1)));
	return [...counts]
		.map(([bucket, count]) => ({ bucket, effect: effect(bucket, count) }))
		.sort((a, b) => b.effect - a.effect || a.bucket - b.bucket)
		.slice(0, tellingCount)
		.map(({ bucket }) => ({ feature: space.nameOf(bucket), weight: model.weights[bucket] as number }));
}
