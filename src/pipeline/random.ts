import { hash } from "node:crypto";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** A stream of seeded random numbers. */
export interface Random {
	/** Uniform in [0, 1). */
	next(): number;
	/** Uniform integer in [0, bound). */
	below(bound: number): number;
	/** One of the values. @throws RangeError for an empty list */
	pick<T>(values: readonly T[]): T;
	/** A new list in random order. */
	shuffle<T>(values: readonly T[]): T[];
	/** An index drawn with the given weights; -1 where they add up to nothing. */
	weighted(weights: ArrayLike<number>): number;
}

/**
 * Every random choice comes from here: a stream that depends on the seed, on the record and on what it is for, and never on
 * order or time. Two purposes of one record are independent streams.
 */
export function random(seed: number, id: string, purpose: string): Random {
	const digest = hash("sha256", `${seed}\n${id}\n${purpose}`, "buffer");
	const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.readInt32LE(offset)));
	const next = () => (generator.next() >>> 0) / 0x1_0000_0000;
	const below = (bound: number) => uniformInt(generator, 0, bound - 1);
	return {
		next,
		below,
		pick<T>(values: readonly T[]): T {
			const value = values[below(values.length)];
			if (value === undefined) throw new RangeError("cannot pick from an empty list");
			return value;
		},
		shuffle<T>(values: readonly T[]): T[] {
			const result = [...values];
			for (let i = result.length - 1; i > 0; i--) {
				const j = below(i + 1);
				[result[i], result[j]] = [result[j] as T, result[i] as T];
			}
			return result;
		},
		weighted(weights) {
			// Pools are drawn from again and again: plain loops, in which nothing is made.
			let total = 0;
			for (let index = 0; index < weights.length; index++) total += weights[index] ?? 0;
			if (!(total > 0)) return -1;
			let left = next() * total;
			let last = -1;
			for (let index = 0; index < weights.length; index++) {
				const weight = weights[index] ?? 0;
				if (!(weight > 0)) continue;
				last = index;
				left -= weight;
				if (left < 0) return index;
			}
			return last;
		},
	};
}

/** The hash that the rows of one question and dialogue share. Begins with a letter, since some readers turn digits into numbers. */
export function hashGroup(seed: number, source: string, questionId: string, dialogue: number): string {
	const digest = hash("sha256", JSON.stringify(["group", seed, source, questionId, dialogue]), "hex");
	// Written anew: a part of a string keeps the whole of it in memory, and there is one of these for each candidate.
	return Buffer.from(`g${digest.slice(0, 19)}`, "latin1").toString("latin1");
}

/** A number that puts records in random order: whole, uniform below 2^48. The same for the same seed, record and purpose. */
export function randomRank(seed: number, id: string, purpose: string): number {
	return hash("sha256", `${seed}\n${id}\n${purpose}`, "buffer").readUIntBE(0, 6);
}
