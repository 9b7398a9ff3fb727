import { expect, test } from "vitest";
import { type AdaptiveConcurrency, createAdaptiveConcurrency } from "../../../src/teacher/dispatch/adapt-concurrency.js";
import { drawLatencies } from "../../support/fake-limits.js";

function answer(concurrency: AdaptiveConcurrency, count: number, latencyMs: () => number, outputTokens = 20): number {
	let lowest = concurrency.limit;
	for (let index = 0; index < count; index += 1) {
		concurrency.recordReply({ latencyMs: latencyMs(), usage: { inputTokens: 100, outputTokens } });
		lowest = Math.min(lowest, concurrency.limit);
	}
	return lowest;
}

test.each([8, 64, 512])("a heavy tail is no rise: the limit stays at %i", (most) => {
	for (let seed = 0; seed < 20; seed += 1) {
		const concurrency = createAdaptiveConcurrency(most);
		expect(answer(concurrency, 20_000, drawLatencies({ medianMs: 200, p99Ms: 5000, seed }))).toBe(most);
	}
});

test("longer replies are no rise", () => {
	const concurrency = createAdaptiveConcurrency(64);
	answer(concurrency, 2000, () => 400, 20);
	expect(answer(concurrency, 5000, () => 4000, 340)).toBe(64);
});

test("latency that rises and stays lowers the limit, but never below a quarter; when it falls, the limit is back", () => {
	const concurrency = createAdaptiveConcurrency(64);
	answer(concurrency, 2000, () => 200);
	const lowest = answer(concurrency, 2000, () => 2000);
	expect(lowest).toBeLessThan(45);
	expect(answer(concurrency, 100_000, () => 200_000)).toBeGreaterThanOrEqual(16);
	answer(concurrency, 5000, () => 200);
	expect(concurrency.limit).toBe(64);
});

test("one slow moment is no rise", () => {
	const concurrency = createAdaptiveConcurrency(64);
	answer(concurrency, 2000, () => 200);
	expect(answer(concurrency, 128, () => 5000)).toBe(64);
	expect(answer(concurrency, 2000, () => 200)).toBe(64);
});

test("it never falls below one", () => {
	const concurrency = createAdaptiveConcurrency(4);
	for (let index = 0; index < 50; index += 1) concurrency.recordOverload();
	expect(concurrency.limit).toBe(1);
	answer(concurrency, 100, () => 10);
	expect(concurrency.limit).toBe(4);
});
