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

/** A feature that a reader goes by. */
export interface TellingFeature {
	readonly feature: string;
	/** The log-odds that the reader gives it towards the first side. */
	readonly weight: number;
	/** By how many standard errors the examples that were judged bear the reader out; chance alone seldom passes 4. */
	readonly errors: number;
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

/**
 * Under so many examples on a side nothing is held against a limit: chance alone would put the upper end of the interval past 0.53
 * too often. With 2,000 it still does one time in thirty; with 10,000, as pooled over tasks, it does not.
 */
export const minPerSide = 2000;
const foldCount = 5;
const tellingCount = 8;

/** Fits a reader on some examples and scores it on others. */
export function readAcross(train: readonly Example[], test: readonly Example[], space: FeatureSpace, seed: number): Reading {
	const model = fit(train);
	return { ...bootstrapAccuracy(judge(model, test), seed), telling: listTelling(model, test, space) };
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
	return fitLogisticRegression(
		examples.map(({ row }) => row),
		examples.map(({ label }) => label),
	);
}

function judge(model: LogisticModel, examples: readonly Example[]): Judgement[] {
	return examples.map(({ picture, label, row }) => {
		const score = scoreRow(model, row);
		return { picture, correct: score === 0 ? 0.5 : Number(score > 0 === (label === 1)) };
	});
}

/**
 * Ranks features by how far the examples that were judged bear out the direction that the reader gave them: the sum of labels
 * (as 1 and -1) over the examples that have the feature, in standard errors. Weights alone would name what was learned by chance.
 */
function listTelling(model: LogisticModel, judged: readonly Example[], space: FeatureSpace): TellingFeature[] {
	const sums = new Map<number, { sum: number; square: number }>();
	for (const { label, row } of judged) {
		for (const [index, bucket] of row.buckets.entries()) {
			const value = row.values?.[index] ?? 1;
			const found = sums.get(bucket) ?? { sum: 0, square: 0 };
			sums.set(bucket, found);
			found.sum += label === 1 ? value : -value;
			found.square += value * value;
		}
	}
	return [...sums]
		.map(([bucket, { sum, square }]) => ({ bucket, errors: (Math.sign(model.weights[bucket] as number) * sum) / Math.sqrt(square) }))
		.sort((a, b) => b.errors - a.errors || a.bucket - b.bucket)
		.slice(0, tellingCount)
		.map(({ bucket, errors }) => ({ feature: space.nameOf(bucket), weight: model.weights[bucket] as number, errors }));
}
