import { expect, test } from "vitest";
import { costOf } from "../../src/teacher/index.js";

const price = { inputUsdPerMillionTokens: 2.5, outputUsdPerMillionTokens: 10, batchShare: 0.5 };

test("a request costs its input and output; thoughts are output already", () => {
	expect(costOf({ inputTokens: 1_000_000, outputTokens: 100_000, reasoningTokens: 90_000 }, price)).toBeCloseTo(3.5, 9);
});

test("what the server had in its cache costs as the price says, else as all input", () => {
	const usage = { inputTokens: 1000, outputTokens: 0, cachedTokens: 800 };
	expect(costOf(usage, { ...price, cachedInputUsdPerMillionTokens: 1.25 })).toBeCloseTo((200 * 2.5 + 800 * 1.25) / 1e6, 12);
	expect(costOf(usage, price)).toBeCloseTo(0.0025, 12);
	expect(costOf({ ...usage, cachedTokens: 5000 }, { ...price, cachedInputUsdPerMillionTokens: 0 })).toBe(0);
});

test("a batch costs its share", () => {
	expect(costOf({ inputTokens: 1000, outputTokens: 1000 }, price, { batch: true })).toBeCloseTo(0.00625, 12);
});
