import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFeatureSpace, toBinaryRow } from "../../src/audit/features.js";
import { fitLogisticRegression, scoreRow } from "../../src/audit/logistic-regression.js";
import { random } from "../../src/pipeline/random.js";

const space = createFeatureSpace();

describe("logistic regression", () => {
	it("separates what can be separated", () => {
		const rng = random(1, "toy", "separable");
		const labels = Array.from({ length: 400 }, () => rng.below(2));
		const rows = labels.map((label) => toBinaryRow(["always", `noise=${rng.below(20)}`, ...(label === 1 ? ["sign"] : [])], space));
		const model = fitLogisticRegression(rows, labels);
		expect(rows.every((row, index) => scoreRow(model, row) > 0 === (labels[index] === 1))).toBe(true);
	});

	it("finds the minimum of the loss: weight of a lone feature solves its equation", () => {
		// 300 rows with the feature, 180 of them 1: l2 w = 180 - 300 / (1 + exp(-w)), with l2 = 10.
		const rows = Array.from({ length: 300 }, () => toBinaryRow(["alone"], space));
		const model = fitLogisticRegression(
			rows,
			rows.map((_, index) => (index < 180 ? 1 : 0)),
		);
		const weight = scoreRow(model, toBinaryRow(["alone"], space));
		expect(10 * weight).toBeCloseTo(180 - 300 / (1 + Math.exp(-weight)), 1);
	});

	it("says half of the time the wrong thing about noise", () => {
		const rng = random(2, "toy", "noise");
		const make = () =>
			Array.from({ length: 4000 }, () =>
				toBinaryRow(
					Array.from({ length: 10 }, () => `word=${rng.below(300)}`),
					space,
				),
			);
		const [train, test] = [make(), make()];
		const model = fitLogisticRegression(
			train,
			train.map(() => rng.below(2)),
		);
		const right = test.filter((row) => scoreRow(model, row) > 0 === (rng.below(2) === 1)).length;
		expect(right / test.length).toBeGreaterThan(0.47);
		expect(right / test.length).toBeLessThan(0.53);
	});

	it("gives the same weights whatever the order of the rows", () => {
		const example = fc.record({ label: fc.integer({ min: 0, max: 1 }), words: fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 4 }) });
		fc.assert(
			fc.property(fc.array(example, { minLength: 1, maxLength: 40 }), (examples) => {
				const fit = (ordered: typeof examples) =>
					fitLogisticRegression(
						ordered.map(({ words }) => toBinaryRow(["always", ...words.map((word) => `w=${word}`)], space)),
						ordered.map(({ label }) => label),
					);
				const [there, back] = [fit(examples), fit(examples.toReversed())];
				for (const word of ["always", "w=0", "w=5"]) {
					const row = toBinaryRow([word], space);
					expect(scoreRow(there, row)).toBeCloseTo(scoreRow(back, row), 2);
				}
			}),
			{ seed: 1, numRuns: 25 },
		);
	});
});
