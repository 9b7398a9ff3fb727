/** An example as a reader sees it: the buckets of its features, in rising order. Without `values` each counts as 1. */
export interface SparseRow {
	readonly buckets: Uint32Array;
	readonly values?: Float32Array;
}

/** Names features by bucket, so that what a reader has found can be told to a person. */
export interface FeatureSpace {
	bucketOf(name: string): number;
	/** The first name that fell into a bucket. */
	nameOf(bucket: number): string;
}

/** Few enough for a dense vector of weights; collisions among the some ten thousand features of a corpus are rare. */
export const bucketCount = 2 ** 18;

export function createFeatureSpace(): FeatureSpace {
	const names = new Array<string | undefined>(bucketCount).fill(undefined);
	return {
		bucketOf(name) {
			const bucket = hashName(name);
			names[bucket] ??= name;
			return bucket;
		},
		nameOf: (bucket) => names[bucket] ?? `bucket ${bucket}`,
	};
}

/** FNV-1a, its upper bits folded into the lower ones. */
function hashName(name: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < name.length; index++) {
		hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
	}
	return ((hash >>> 18) ^ hash) & (bucketCount - 1);
}

/** Lower-case words, numbers and single punctuation marks, in order. */
export function splitWords(text: string): string[] {
	return text.toLowerCase().match(/\p{L}[\p{L}\p{M}']*|\d+(?:[.,]\d+)*|[^\s\p{L}\d]/gu) ?? [];
}

/** Words and pairs of neighbors, each named with the prefix; the text's ends count as neighbors. */
export function listNgrams(prefix: string, text: string): string[] {
	const words = splitWords(text);
	const grams = words.map((word) => `${prefix}:${word}`);
	for (let index = 0; index <= words.length; index++) {
		grams.push(`${prefix}:${words[index - 1] ?? "^"} ${words[index] ?? "$"}`);
	}
	return grams;
}

/** A row of features that are there or not, however often. */
export function toBinaryRow(names: readonly string[], space: FeatureSpace): SparseRow {
	return { buckets: sortUnique(Uint32Array.from(names, space.bucketOf)) };
}

/** A binary row that has the features of both. */
export function mergeRows(a: SparseRow, b: SparseRow): SparseRow {
	const both = new Uint32Array(a.buckets.length + b.buckets.length);
	both.set(a.buckets);
	both.set(b.buckets, a.buckets.length);
	return { buckets: sortUnique(both) };
}

function sortUnique(buckets: Uint32Array): Uint32Array {
	return buckets.sort().filter((bucket, index, sorted) => bucket !== sorted[index - 1]);
}

/** A row of features with values; those that cancel out are left away. */
export function toValuedRow(named: ReadonlyMap<string, number>, space: FeatureSpace): SparseRow {
	const sums = new Map<number, number>();
	for (const [name, value] of named) {
		const bucket = space.bucketOf(name);
		sums.set(bucket, (sums.get(bucket) ?? 0) + value);
	}
	const kept = [...sums].filter(([, value]) => value !== 0).sort(([a], [b]) => a - b);
	return { buckets: Uint32Array.from(kept, ([bucket]) => bucket), values: Float32Array.from(kept, ([, value]) => value) };
}
