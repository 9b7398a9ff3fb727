import fc from "fast-check";
import llama from "llama-tokenizer-js";
import { describe, expect, test } from "vitest";
import { estimateImageTokens, imageFamilies } from "../../src/teacher/image-tokens.js";
import { estimateInputTokens, estimateTextTokens } from "../../src/teacher/index.js";
import { makeImageRef, makeRequest } from "../support/make-request.js";

const likely = (model: string, width: number, height: number) => estimateImageTokens({ width, height }, model).likely;

describe("pictures, as the makers' own examples have it", () => {
	test("OpenAI's tiles", () => {
		expect(likely("gpt-4o", 1024, 1024)).toBe(765);
		expect(likely("gpt-4o-2024-08-06", 2048, 4096)).toBe(1105);
		expect(likely("openai/gpt-4o", 512, 512)).toBe(255);
		expect(likely("gpt-4o-mini", 512, 512)).toBe(8500);
		// 773 were billed with the eight tokens around it.
		expect(likely("gpt-4.1", 1800, 2400)).toBe(765);
		expect(likely("o3", 1024, 1024)).toBe(675);
		expect(likely("gpt-5", 1024, 1024)).toBe(630);
	});

	test("OpenAI's patches", () => {
		expect(likely("gpt-4.1-mini", 1024, 1024)).toBe(Math.ceil(1024 * 1.62));
		expect(likely("gpt-4.1-mini-2025-04-14", 1800, 2400)).toBe(Math.ceil(1452 * 1.62));
		expect(likely("gpt-4.1-nano", 512, 512)).toBe(Math.ceil(256 * 2.46));
		expect(likely("o4-mini", 3000, 3000)).toBeLessThanOrEqual(Math.ceil(1536 * 1.72));
	});

	test("Qwen's merged patches", () => {
		expect(likely("Qwen/Qwen2.5-VL-7B-Instruct", 640, 480)).toBe(23 * 17);
		expect(likely("qwen2.5vl:7b", 224, 224)).toBe(64);
		expect(likely("Qwen/Qwen2-VL-7B", 8000, 8000)).toBeLessThanOrEqual(16_384);
		expect(likely("Qwen/Qwen3-VL-8B-Instruct", 1024, 1024)).toBe(1024);
		expect(likely("Qwen/Qwen3-VL-8B-Instruct", 64, 64)).toBe(64);
	});

	test("LLaVA, InternVL, Gemini, Claude", () => {
		expect(likely("llava-hf/llava-1.5-7b-hf", 3000, 20)).toBe(576);
		expect(likely("llava-hf/llava-v1.6-mistral-7b-hf", 1000, 1000)).toBe(576 + 48 * 48 + 48);
		expect(likely("OpenGVLab/InternVL2_5-8B", 448, 448)).toBe(256);
		expect(likely("OpenGVLab/InternVL3-8B", 800, 600)).toBe(13 * 256);
		expect(likely("gemini-2.5-flash", 300, 300)).toBe(258);
		expect(likely("gemini-2.0-flash", 960, 540)).toBe(6 * 258);
		expect(likely("gemini-3-pro-preview", 960, 540)).toBe(1120);
		expect(likely("claude-sonnet-4-5", 1000, 1000)).toBeGreaterThanOrEqual(1334);
		expect(likely("claude-opus-4-5", 4000, 4000)).toBeLessThanOrEqual(1600);
	});

	test("a name or a number in the config decides, whatever the model is called", () => {
		const size = { width: 1024, height: 1024 };
		expect(estimateImageTokens(size, "my-finetune", "gpt-4o").likely).toBe(765);
		expect(estimateImageTokens(size, "gpt-4o", 144)).toEqual({ likely: 144, atMost: 144 });
	});

	test("every family gives whole numbers, and the most is the most", () => {
		const side = fc.integer({ min: 32, max: 10_000 });
		fc.assert(
			fc.property(fc.constantFrom(...imageFamilies), side, side, (family, width, height) => {
				const { likely: expected, atMost } = estimateImageTokens({ width, height }, "any", family);
				expect(Number.isInteger(expected) && Number.isInteger(atMost)).toBe(true);
				expect(expected).toBeGreaterThan(0);
				expect(atMost).toBeGreaterThanOrEqual(expected);
				expect(atMost).toBeLessThan(70_000);
			}),
		);
	});
});

describe("text", () => {
	test("a text never has more tokens than we say, in a vocabulary with bytes to fall back on", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
				expect(llama.encode(text.toWellFormed(), false, false).length).toBeLessThanOrEqual(estimateTextTokens(text.toWellFormed()).atMost);
			}),
		);
	});

	test("a request is its messages, its pictures and what stands around them", () => {
		const bare = estimateInputTokens(makeRequest("What color is it?"));
		const withPicture = estimateInputTokens(makeRequest("What color is it?", { image: { ...makeImageRef(), width: 448, height: 448 } }), 100);
		expect(withPicture.likely - bare.likely).toBe(100);
		const withSchema = estimateInputTokens(makeRequest("What color is it?", { schema: { name: "s", json: { type: "object" } } }));
		expect(withSchema.likely).toBe(bare.likely);
		expect(withSchema.atMost).toBeGreaterThan(bare.atMost);
		expect(bare.atMost).toBeGreaterThan(bare.likely);
	});
});
