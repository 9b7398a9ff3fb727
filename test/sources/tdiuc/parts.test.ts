import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { objectAskedFor } from "../../../src/sources/tdiuc/by-picture.js";
import { createColumn, createTexts } from "../../../src/sources/tdiuc/columns.js";
import { createIdIndex } from "../../../src/sources/tdiuc/id-index.js";

describe("createIdIndex", () => {
	it("finds what a Map finds", () => {
		const id = fc.oneof(
			fc.nat(50),
			fc.maxSafeNat(),
			fc.nat(50).map((low) => low * 0x1_0000_0000),
		);
		fc.assert(
			fc.property(fc.uniqueArray(id, { maxLength: 300 }), fc.array(id), (ids, others) => {
				const index = createIdIndex((row) => ids[row] ?? -1, 4);
				for (const row of ids.keys()) index.add(row);
				const map = new Map(ids.map((known, row) => [known, row]));
				for (const wanted of [...ids, ...others]) expect(index.find(wanted)).toBe(map.get(wanted));
			}),
		);
	});
});

describe("createTexts", () => {
	it("gives back every text", () => {
		const text = fc.oneof(
			fc.string({ unit: "grapheme" }),
			fc.nat(20_000).map((length) => "\u6a4b".repeat(length)),
		);
		fc.assert(
			fc.property(fc.array(text, { maxLength: 60 }), (list) => {
				const texts = createTexts();
				const names = list.map((one) => texts.push(one));
				expect(names.map((name) => texts.at(name))).toEqual(list);
			}),
			{ numRuns: 50 },
		);
	});
});

it("a column keeps its values while it grows", () => {
	const column = createColumn((length) => new Float64Array(length));
	for (let value = 0; value < 5_000; value++) column.push(value * 1e12);
	column.set(3, -1);
	expect([column.length, column.at(2), column.at(3), column.at(4_999)]).toEqual([5_000, 2e12, -1, 4_999e12]);
});

describe("objectAskedFor", () => {
	it.each([
		["Is there a traffic light in the picture?", "traffic light"],
		["Are there any zebras?", "zebras"],
		["Can you see an umbrella?", "umbrella"],
		["Is a dog visible here?", "dog"],
		["Does the image contain a bench?", "bench"],
		["Is there a cat on the mat?", "cat"],
		["Is there?", undefined],
		["Are all of these people wearing hats today?", undefined],
		["What is it?", undefined],
	])("%s: %s", (text, object) => expect(objectAskedFor(text)).toBe(object));
});
