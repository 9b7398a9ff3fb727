import { describe, expect, it } from "vitest";
import { readBatchResult } from "../../../src/teacher/index.js";

const options = { model: "fake-vlm", apiKeyEnv: "KEY", apiKey: "sk-a-secret-key" };
const read = (value: unknown) => readBatchResult(value, options)?.result;
const completion = { choices: [{ message: { content: "A red square." }, finish_reason: "stop" }], usage: { prompt_tokens: 7, completion_tokens: 3 } };

describe("readBatchResult", () => {
	it("reads OpenAI's line and vLLM's alike", () => {
		const answer = { type: "reply", text: "A red square.", finishReason: "stop", usage: { inputTokens: 7, outputTokens: 3 } };
		expect(read({ id: "1", custom_id: "k", response: { status_code: 200, request_id: "r", body: completion }, error: null })).toEqual({
			type: "answer",
			answer,
		});
		expect(read({ custom_id: "k", response: { request_id: "r", body: completion } })).toEqual({ type: "answer", answer });
		expect(readBatchResult({ custom_id: "k", response: null }, options)?.key).toBe("k");
	});

	it("takes a refusal of the content for final, and tells its own words, without the key", () => {
		const openai = { custom_id: "k", response: { status_code: 400, body: { error: { message: "no such picture, sk-a-secret-key" } } } };
		expect(read(openai)).toEqual({ type: "answer", answer: { type: "failure", reason: "request-refused", detail: "400 no such picture, [key]" } });
		const vllm = { custom_id: "k", response: { status_code: 400, request_id: "r", body: null }, error: "the prompt is too long" };
		expect(read(vllm)).toEqual({ type: "answer", answer: { type: "failure", reason: "request-refused", detail: "400 the prompt is too long" } });
	});

	it.each([
		{ what: "expired", error: { code: "batch_expired", message: "could not be executed" }, counts: false },
		{ what: "cancelled", error: { code: "batch_cancelled", message: "was cancelled" }, counts: false },
		{ what: "another failure", error: { code: "server_error", message: "oops" }, counts: true },
	])("leaves for another round what is $what", ({ error, counts }) => {
		expect(read({ custom_id: "k", response: null, error })).toEqual({ type: "pending", detail: error.message, counts });
	});

	it.each([429, 500, 503])("leaves status %i for another round", (status) => {
		const value = { custom_id: "k", response: { status_code: status, body: { error: { message: "later" } } } };
		expect(read(value)).toEqual({ type: "pending", detail: `${status} later`, counts: true });
	});

	it("leaves for another round what is no completion", () => {
		expect(read({ custom_id: "k", response: { status_code: 200, body: { result: "fine" } } })).toMatchObject({ type: "pending", counts: true });
	});

	it("stops at a setting that every request would be refused for", () => {
		const value = { custom_id: "k", response: { status_code: 404, body: { error: { message: "The model x does not exist" } } } };
		expect(read(value)).toMatchObject({ type: "settings", error: { exitCode: 4 } });
	});

	it("does not take anything else for a result", () => {
		for (const value of [null, [], "x", { id: 1 }, { custom_id: 3 }]) expect(readBatchResult(value, options)).toBeUndefined();
	});
});
