import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashGroup, random } from "../../src/pipeline/random.js";

const numbers = (seed: number, id: string, purpose: string, count = 5) => {
	const rng = random(seed, id, purpose);
	return Array.from({ length: count }, () => rng.next());
};

describe("random", () => {
	it("depends on seed, record and purpose alone, not on what else was drawn before", () => {
		fc.assert(
			fc.property(fc.nat(), fc.string(), fc.string(), fc.nat(20), (seed, id, purpose, others) => {
				const first = numbers(seed, id, purpose);
				for (let other = 0; other < others; other++) random(seed, `${id}${other}`, purpose).next();
				expect(numbers(seed, id, purpose)).toEqual(first);
			}),
			{ numRuns: 50 },
		);
	});

	it("gives another stream for another seed, record or purpose", () => {
		const streams = [numbers(1, "a", "x"), numbers(2, "a", "x"), numbers(1, "b", "x"), numbers(1, "a", "y")];
		expect(new Set(streams.map(String)).size).toBe(streams.length);
	});

	it("keeps the streams of two purposes independent", () => {
		let product = 0;
		const count = 4000;
		for (let index = 0; index < count; index++) product += (random(1, `r${index}`, "x").next() - 0.5) * (random(1, `r${index}`, "y").next() - 0.5);
		// The standard deviation of such a mean is 1/12 over the root of the count.
		expect(Math.abs(product / count)).toBeLessThan((4 / 12) * count ** -0.5);
	});

	it("is roughly uniform, from next and from below", () => {
		const rng = random(7, "uniform", "test");
		const bins = 10;
		const draws = 20_000;
		const fromNext = new Array<number>(bins).fill(0);
		const fromBelow = new Array<number>(bins).fill(0);
		for (let draw = 0; draw < draws; draw++) {
			const bin = Math.floor(rng.next() * bins);
			fromNext[bin] = (fromNext[bin] ?? 0) + 1;
			const other = rng.below(bins);
			fromBelow[other] = (fromBelow[other] ?? 0) + 1;
		}
		for (const counts of [fromNext, fromBelow]) {
			const chiSquare = counts.reduce((sum, count) => sum + (count - draws / bins) ** 2 / (draws / bins), 0);
			// 99.9 % of chi-square with 9 degrees of freedom.
			expect(chiSquare).toBeLessThan(27.9);
		}
	});

	it("draws by weight, never what has none, and nothing where no weight is left", () => {
		fc.assert(
			fc.property(fc.nat(), fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { maxLength: 8 }), (seed, weights) => {
				const index = random(seed, "w", "test").weighted(weights);
				if (weights.some((weight) => weight > 0)) expect(weights[index]).toBeGreaterThan(0);
				else expect(index).toBe(-1);
			}),
		);
		const rng = random(1, "w", "test");
		const counts = [0, 0, 0];
		for (let draw = 0; draw < 8000; draw++) {
			const index = rng.weighted([1, 0, 3]);
			counts[index] = (counts[index] ?? 0) + 1;
		}
		expect(counts[0]).toBeGreaterThan(1800);
		expect(counts[0]).toBeLessThan(2200);
	});

	it("shuffles to a permutation and leaves the original alone", () => {
		fc.assert(
			fc.property(fc.nat(), fc.array(fc.nat()), (seed, values) => {
				const before = [...values];
				const shuffled = random(seed, "s", "test").shuffle(values);
				expect(values).toEqual(before);
				expect([...shuffled].sort()).toEqual([...values].sort());
			}),
		);
	});

	it("cannot pick from nothing", () => {
		expect(() => random(1, "p", "test").pick([])).toThrow(RangeError);
	});
});

describe("hashGroup", () => {
	it("begins with a letter, and differs by every part, also where parts run together", () => {
		const hashes = [
			hashGroup(1, "s", "q", 0),
			hashGroup(1, "s", "q", 1),
			hashGroup(2, "s", "q", 0),
			hashGroup(1, "sq", "", 0),
			hashGroup(1, "", "sq", 0),
			hashGroup(1, 's","q', "", 0),
			hashGroup(11, "s", "q", 0),
		];
		expect(new Set(hashes).size).toBe(hashes.length);
		fc.assert(
			fc.property(fc.nat(), fc.string(), fc.string(), fc.nat(), (seed, source, id, dialogue) => {
				expect(hashGroup(seed, source, id, dialogue)).toMatch(/^g[0-9a-f]{19}$/);
			}),
		);
	});
});
