import fc from "fast-check";
import { expect, it } from "vitest";
import { createNumberSet } from "../../src/sources/number-set.js";

it("knows what was added, and nothing else", () => {
	// Multiples of the capacity meet at one place, which random numbers seldom do.
	const numbers = fc.oneof(
		fc.nat(50),
		fc.nat(3000),
		fc.nat(40).map((n) => n * 1024),
		fc.maxSafeInteger().map(Math.abs),
	);
	fc.assert(
		fc.property(fc.array(numbers, { maxLength: 3000, size: "max" }), (list) => {
			const [ours, theirs] = [createNumberSet(), new Set<number>()];
			for (const number of list) {
				expect(ours.add(number)).toBe(theirs.has(number));
				theirs.add(number);
			}
		}),
		{ numRuns: 30 },
	);
});
