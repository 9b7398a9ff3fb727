import fc from "fast-check";
import { expect, it } from "vitest";
import { createSequence } from "../../src/pipeline/spread-evenly.js";

const share = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 50 }), fc.double({ min: 0.01, max: 20, noNaN: true }));
const shareList = fc.array(share, { minLength: 1, maxLength: 24 }).filter((shares) => shares.some((value) => value > 0));

it("gives every prefix its shares to within a row or so, and never an index without a share", () => {
	fc.assert(
		fc.property(shareList, (shares) => {
			const total = shares.reduce((sum, value) => sum + value, 0);
			const counts = shares.map(() => 0);
			const next = createSequence(shares);
			const lags = { ahead: 0, behind: 0 };
			for (let given = 1; given <= 300; given++) {
				const index = next();
				counts[index] = (counts[index] ?? 0) + 1;
				for (const [at, value] of shares.entries()) {
					const lag = (value / total) * given - (counts[at] ?? 0);
					lags.ahead = Math.max(lags.ahead, -lag);
					lags.behind = Math.max(lags.behind, lag);
				}
			}
			expect(lags.ahead).toBeLessThan(1 + 1e-6);
			expect(lags.behind).toBeLessThan(maxLag(shares));
			for (const [at, value] of shares.entries()) if (value === 0) expect(counts[at]).toBe(0);
		}),
		{ numRuns: 60 },
	);
});

/** Of a sequence that always serves who lags most, the harmonic bound; one row or less for up to four shares. */
function maxLag(shares: readonly number[]): number {
	const alive = shares.filter((value) => value > 0).length;
	return Math.max(1, Array.from({ length: alive }, (_, index) => 1 / (index + 1)).reduce((sum, value) => sum + value, 0) - 1) + 1e-6;
}

it("gives the defaults to within one row", () => {
	const shares = [20, 20, 10, 10, 10, 10, 10, 10];
	const counts = shares.map(() => 0);
	const next = createSequence(shares);
	for (let given = 1; given <= 1000; given++) {
		const index = next();
		counts[index] = (counts[index] ?? 0) + 1;
		for (const [at, value] of shares.entries()) expect(Math.abs((value / 100) * given - (counts[at] ?? 0))).toBeLessThanOrEqual(1);
	}
});

it("is the same sequence each time", () => {
	fc.assert(
		fc.property(shareList, (shares) => {
			const [a, b] = [createSequence(shares), createSequence(shares)];
			for (let given = 0; given < 50; given++) expect(a()).toBe(b());
		}),
	);
});

it.each([[[]], [[0]], [[0, 0, 0]], [[Number.NaN]]])("refuses shares without anything in them: %j", (shares) => {
	expect(() => createSequence(shares)).toThrow(RangeError);
});
