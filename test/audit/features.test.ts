import { describe, expect, it } from "vitest";
import { createFeatureSpace, listNgrams, splitWords, toBinaryRow, toValuedRow } from "../../src/audit/features.js";

describe("features", () => {
	it("splits text into words, numbers and marks", () => {
		expect(splitWords("I don't see 1,200 – (B) Red!")).toEqual(["i", "don't", "see", "1,200", "–", "(", "b", ")", "red", "!"]);
	});

	it("names words and neighbors", () => {
		expect(listNgrams("user", "No way.")).toEqual(["user:no", "user:way", "user:.", "user:^ no", "user:no way", "user:way .", "user:. $"]);
	});

	it("counts a feature once in a binary row, sorted", () => {
		const space = createFeatureSpace();
		const { buckets } = toBinaryRow(["b", "a", "b", "c"], space);
		expect([...buckets]).toEqual([...new Set(buckets)].sort((x, y) => x - y));
		expect(buckets.length).toBe(3);
		expect([...buckets].map(space.nameOf).sort()).toEqual(["a", "b", "c"]);
	});

	it("drops values that cancel out", () => {
		const space = createFeatureSpace();
		const row = toValuedRow(
			new Map([
				["kept", -2],
				["gone", 0],
			]),
			space,
		);
		expect([...row.buckets].map(space.nameOf)).toEqual(["kept"]);
		expect([...(row.values ?? [])]).toEqual([-2]);
	});
});
