import { rememberResults } from "../language/remember-results.js";
import { sameMeaning } from "../language/synonyms.js";
import type { PoolCount } from "./count-answers.js";
import { plausibility, traitsOf } from "./plausibility.js";

/** The answers that the questions of a pool may be posed with. Rows have a place for each of them, in the order of `keys`. */
export interface AnswerPool {
	/** In normal form, the most frequent first. */
	readonly keys: readonly string[];
	/** How many questions each is the gold of. */
	readonly frequencies: Float64Array;
	/** Where an answer stands among the keys; -1 where it is none of them. */
	indexOf(key: string): number;
	/** How likely two answers are to stand beside each other among the choices; 0 for the same meaning. */
	plausible(a: string, b: string): number;
	/** The same for an answer and each of the pool. */
	plausibleRow(key: string): Float64Array;
	/** 1 for each answer of the pool that means the same as a text. */
	sameMeaningRow(text: string): Uint8Array;
}

/** The most frequent answers of a pool take part; the rest cannot be paired evenly. Bounds the work: pairs grow by its square. */
const poolLimit = 400;
/** Of answers that are not in the pool; a row of numbers has some 3 KiB. */
const rememberedRows = { maxEntries: 256, maxLength: 1_000 };
/** Of texts; a row has some 400 bytes, and questions about one picture name the same texts. */
const rememberedMeanings = { maxEntries: 4_096, maxLength: 1_000 };

export function createAnswerPool(count: PoolCount): AnswerPool {
	const byFrequency = [...count.golds].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1)).slice(0, poolLimit);
	const keys = byFrequency.map(([key]) => key);
	const size = keys.length;
	const indices = new Map(keys.map((key, index) => [key, index]));
	const none = new Map<string, number>();
	const describe = (key: string) => traitsOf(key, count.profiles.get(key) ?? none);
	const traits = keys.map(describe);
	const indexOf = (key: string) => indices.get(key) ?? -1;

	const matrix = new Float64Array(size * size);
	for (const [row, one] of traits.entries()) {
		for (let column = row + 1; column < size; column++) {
			const value = plausibility(one, traits[column] as (typeof traits)[number]);
			matrix[row * size + column] = value;
			matrix[column * size + row] = value;
		}
	}
	const rowOf = (index: number) => matrix.subarray(index * size, (index + 1) * size);
	const rowOfOther = rememberResults((key) => {
		const other = describe(key);
		return Float64Array.from(traits, (one) => plausibility(one, other));
	}, rememberedRows);
	return {
		keys,
		frequencies: Float64Array.from(byFrequency, ([, frequency]) => frequency),
		indexOf,
		plausible(a, b) {
			const [row, column] = [indexOf(a), indexOf(b)];
			return row >= 0 && column >= 0 ? (matrix[row * size + column] ?? 0) : plausibility(describe(a), describe(b));
		},
		plausibleRow(key) {
			const index = indexOf(key);
			return index >= 0 ? rowOf(index) : rowOfOther(key);
		},
		sameMeaningRow: rememberResults((text) => Uint8Array.from(keys, (key) => (sameMeaning(text, key) ? 1 : 0)), rememberedMeanings),
	};
}
