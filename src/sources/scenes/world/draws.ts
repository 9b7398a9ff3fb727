import type { Random } from "../../../pipeline/random.js";

/** The weights of Zipf's law for a list by falling frequency. Rounded: powers differ between machines in their last digits. */
function zipfWeights(count: number, skew: number): number[] {
	return Array.from({ length: count }, (_, rank) => Math.round(1e6 / (rank + 1) ** skew));
}

/** One of a list by falling frequency. */
export function pickSkewed<T>(values: readonly T[], skew: number, rng: Random): T {
	const value = values[rng.weighted(zipfWeights(values.length, skew))];
	if (value === undefined) throw new RangeError("cannot pick from an empty list");
	return value;
}

/** A whole number from `low` to `high`. */
export function between(low: number, high: number, rng: Random): number {
	return low + rng.below(high - low + 1);
}
