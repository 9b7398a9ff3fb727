import { expect, test } from "vitest";
import { parseCompletion } from "../../src/teacher/parse-completion.js";

function completion(message: object, rest: object = {}): string {
	return JSON.stringify({ choices: [{ message: { role: "assistant", ...message }, finish_reason: "stop" }], ...rest });
}

test.each([
	["a field of its own", { content: "red", reasoning_content: "blue? no" }, { text: "red", reasoning: "blue? no" }],
	["a field of another name", { content: "red", reasoning: "blue? no" }, { text: "red", reasoning: "blue? no" }],
	["both names, as some send for a while", { content: "red", reasoning_content: "blue?", reasoning: "blue?" }, { text: "red", reasoning: "blue?" }],
	["tags", { content: "<think>\nblue? no\n</think>\n\nred" }, { text: "red", reasoning: "blue? no" }],
	["a closing tag alone", { content: "blue? no</think>red" }, { text: "red", reasoning: "blue? no" }],
	["no end", { content: "<think>blue? no" }, { text: "", reasoning: "blue? no" }],
	["a field and tags", { content: "<think>no</think>red", reasoning_content: "blue?" }, { text: "red", reasoning: "blue?\n\nno" }],
	["a field that is no text", { content: "red", reasoning: { effort: "low" } }, { text: "red" }],
	["nothing in it", { content: "red", reasoning_content: null, reasoning: "" }, { text: "red" }],
])("thoughts in %s are kept apart", (_, message, expected) => {
	expect(parseCompletion(completion(message))).toEqual({ type: "reply", finishReason: "stop", ...expected });
});

test("thoughts are kept up to a length, and end in a whole character", () => {
	const reply = parseCompletion(completion({ content: "red", reasoning_content: "a".repeat(32_767) + "🚌".repeat(50) }));
	expect(reply.reasoning).toBe("a".repeat(32_767));
});

test("a key that is echoed in thoughts is taken out", () => {
	expect(parseCompletion(completion({ content: "red", reasoning: "sk-1234567890 is it" }), "sk-1234567890").reasoning).toBe("[key] is it");
});

test.each([
	[
		"OpenAI",
		{ prompt_tokens: 9, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 4 }, completion_tokens_details: { reasoning_tokens: 2 } },
		[9, 5, 4, 2],
	],
	["nothing in the details", { prompt_tokens: 9, completion_tokens: 5, prompt_tokens_details: null, completion_tokens_details: {} }, [9, 5]],
	[
		"OpenAI's other words",
		{ input_tokens: 9, output_tokens: 5, input_tokens_details: { cached_tokens: 4 }, output_tokens_details: { reasoning_tokens: 2 } },
		[9, 5, 4, 2],
	],
	["DeepSeek", { prompt_tokens: 9, completion_tokens: 5, prompt_cache_hit_tokens: 4, prompt_cache_miss_tokens: 5 }, [9, 5, 4]],
	["Moonshot", { prompt_tokens: 9, completion_tokens: 5, cached_tokens: 4 }, [9, 5, 4]],
	["SGLang", { prompt_tokens: 9, completion_tokens: 5, reasoning_tokens: 2 }, [9, 5, undefined, 2]],
	["a total", { prompt_tokens: 9, total_tokens: 14 }, [9, 5]],
	["details that are none", { prompt_tokens: 9, completion_tokens: 5, prompt_tokens_details: { cached_tokens: "4" } }, [9, 5]],
])("usage as %s counts it is read", (_, usage, [inputTokens, outputTokens, cachedTokens, reasoningTokens]) => {
	const expected = JSON.parse(JSON.stringify({ inputTokens, outputTokens, cachedTokens, reasoningTokens }));
	expect(parseCompletion(completion({ content: "red" }, { usage })).usage).toEqual(expected);
});

test.each([[undefined], [null], [{}], ["many"], [{ prompt_tokens: "9" }]])("usage of %j is none", (usage) => {
	const reply = parseCompletion(completion({ content: "red" }, { usage }));
	expect(reply).toEqual({ type: "reply", text: "red", finishReason: "stop" });
});
