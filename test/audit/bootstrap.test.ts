import { describe, expect, it } from "vitest";
import { bootstrapAccuracy } from "../../src/audit/bootstrap.js";
import { random } from "../../src/pipeline/random.js";

describe("bootstrap", () => {
	const rng = random(3, "toy", "judgements");
	const alone = Array.from({ length: 2000 }, (_, index) => ({ picture: `p${index}`, correct: Number(rng.next() < 0.6) }));

	it("gives the textbook interval where every picture has one judgement", () => {
		const { accuracy, low, high } = bootstrapAccuracy(alone, 1);
		const half = 1.96 * Math.sqrt((accuracy * (1 - accuracy)) / alone.length);
		expect(accuracy - low).toBeCloseTo(half, 2);
		expect(high - accuracy).toBeCloseTo(half, 2);
	});

	it("is wider by the square root of the copies where a picture's judgements are copies", () => {
		const copied = alone.slice(0, 500).flatMap(({ correct }, index) => [0, 1, 2, 3].map(() => ({ picture: `q${index}`, correct })));
		const width = ({ low, high }: { low: number; high: number }) => high - low;
		expect(width(bootstrapAccuracy(copied, 1)) / width(bootstrapAccuracy(alone, 1))).toBeCloseTo(2, 0);
	});

	it("repeats itself with the same seed", () => {
		expect(bootstrapAccuracy(alone, 7)).toEqual(bootstrapAccuracy(alone, 7));
	});

	it("refuses to judge nothing", () => {
		expect(() => bootstrapAccuracy([], 1)).toThrow(RangeError);
	});
});
