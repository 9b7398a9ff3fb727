import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createImageEncoder, createOpenAIClient, type OpenAIClientOptions, type Teacher, TransportError } from "../../src/teacher/index.js";
import { type FakeTeacher, type FakeTeacherOptions, type Fault, startFakeTeacher } from "../support/fake-teacher.js";
import { blackPixel, makeImageRef, makeRequest } from "../support/make-request.js";
import { withFolder } from "../support/open-stack.js";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
	for (const thing of open.splice(0)) await thing.close();
});
const { signal } = new AbortController();

async function start(fake: Partial<FakeTeacherOptions> = {}, change: Partial<OpenAIClientOptions> = {}): Promise<{ fake: FakeTeacher; client: Teacher }> {
	const server = await startFakeTeacher({ answer: () => "red", keepsRequests: true, ...fake });
	const client = createOpenAIClient({
		baseUrl: server.baseUrl,
		timeoutMs: 2000,
		concurrency: 4,
		structuredOutput: "json-schema",
		images: createImageEncoder("/nowhere", 0),
		...change,
	});
	open.push(client, server);
	return { fake: server, client };
}

async function errorOf(client: Teacher): Promise<TransportError> {
	const error: unknown = await client.ask(makeRequest("a"), signal).catch((thrown: unknown) => thrown);
	if (!(error instanceof TransportError)) throw error;
	return error;
}

test("a request is sent as the server expects it", () =>
	withFolder(async (folder) => {
		const image = makeImageRef();
		mkdirSync(dirname(join(folder, image.path)), { recursive: true });
		writeFileSync(join(folder, image.path), Buffer.from(blackPixel, "base64"));
		const { fake, client } = await start({}, { images: createImageEncoder(folder, 10_000), apiKey: "sk-secret-key" });
		const request = makeRequest("What?", { image, schema: { name: "answer", json: { type: "object" } }, salt: "never sent" });
		const reply = await client.ask({ ...request, sampling: { ...request.sampling, topP: 0.9 } }, signal);
		expect(reply).toEqual({ type: "reply", text: "red", finishReason: "stop", usage: { inputTokens: 100, outputTokens: 20 }, latencyMs: expect.any(Number) });
		const [sent] = fake.stats().requests;
		expect(sent?.body).toEqual({
			model: "fake-vlm",
			messages: [
				{ role: "system", content: "Be brief." },
				{
					role: "user",
					content: [
						{ type: "image_url", image_url: { url: `data:image/png;base64,${blackPixel}` } },
						{ type: "text", text: "What?" },
					],
				},
			],
			temperature: 0.7,
			top_p: 0.9,
			max_tokens: 64,
			seed: 1,
			response_format: { type: "json_schema", json_schema: { name: "answer", schema: { type: "object" }, strict: true } },
		});
		expect(sent?.headers.authorization).toBe("Bearer sk-secret-key");
	}));

test("structured output is said as configured, and without a key none is sent", async () => {
	const schema = { name: "answer", json: { type: "object" } };
	const bodyOf = async (structuredOutput: OpenAIClientOptions["structuredOutput"]) => {
		const { fake, client } = await start({}, { structuredOutput });
		await client.ask(makeRequest("a", { schema }), signal);
		expect(fake.stats().requests[0]?.headers.authorization).toBeUndefined();
		return fake.stats().requests[0]?.body;
	};
	expect(await bodyOf("json-object")).toMatchObject({ response_format: { type: "json_object" } });
	expect(await bodyOf("none")).not.toHaveProperty("response_format");
});

test.each([
	["stop", "stop"],
	["eos", "stop"],
	["length", "length"],
	["content_filter", "content-filter"],
	["tool_calls", "other"],
	[null, "stop"],
])("finish_reason %s is %s", async (finishReason, expected) => {
	const { client } = await start({ answer: () => ({ content: "red", finishReason }) });
	expect(await client.ask(makeRequest("a"), signal)).toMatchObject({ text: "red", finishReason: expected });
});

test.each([
	[
		"parts",
		{
			content: [
				{ type: "text", text: "re" },
				{ type: "text", text: "d" },
			],
		},
		{ text: "red", finishReason: "stop" },
	],
	["a refusal", { content: null, refusal: "No." }, { text: "No.", finishReason: "refusal" }],
	["nothing", { content: null, finishReason: null }, { text: "", finishReason: "other" }],
	["thoughts", { content: "<think>blue?</think>\n\nred", extra: { reasoning_content: "hm" } }, { text: "red", finishReason: "stop" }],
	["thoughts without their first tag", { content: "blue?</think>red" }, { text: "red", finishReason: "stop" }],
	["no usage", { content: "red", usage: null }, { text: "red", finishReason: "stop" }],
])("a reply with %s is read", async (_, answer, expected) => {
	const { client } = await start({ answer: () => answer });
	expect(await client.ask(makeRequest("a"), signal)).toMatchObject(expected);
});

test.each<[Fault, Partial<TransportError>]>([
	[{ type: "html" }, { kind: "protocol", message: "the server sent no chat completion but an HTML page (Welcome)" }],
	[{ type: "empty-body" }, { kind: "protocol" }],
	[{ type: "half-json" }, { kind: "protocol" }],
	[{ type: "wrong-schema" }, { kind: "protocol", message: 'the server sent no chat completion but {"result":"fine"}' }],
	[{ type: "empty-choices" }, { kind: "protocol" }],
	[{ type: "reset" }, { kind: "connection" }],
	[{ type: "close-after-headers" }, { kind: "connection" }],
	[{ type: "never" }, { kind: "timeout" }],
	[{ type: "drip", ms: 50 }, { kind: "timeout" }],
	[{ type: "slow-headers", ms: 400 }, { kind: "timeout" }],
	[
		{ type: "status", status: 503, message: "busy", headers: { "retry-after": "3" } },
		{ kind: "status", status: 503, retryAfterMs: 3000, message: "503 busy" },
	],
	[
		{ type: "status", status: 422, body: '{"detail":"too many pictures"}' },
		{ kind: "status", status: 422, message: "422 too many pictures" },
	],
	[
		{ type: "status", status: 502, body: `<html><title>Bad Gateway</title>${"x".repeat(5000)}` },
		{ kind: "status", message: "502 an HTML page (Bad Gateway)" },
	],
	[
		{ type: "status", status: 504, body: "timed out" },
		{ kind: "status", status: 504, message: "504 timed out" },
	],
	[
		{ type: "status", status: 500, body: "x".repeat(5000) },
		{ kind: "status", message: `500 ${"x".repeat(200)}` },
	],
	[
		{ type: "status", status: 500, body: "" },
		{ kind: "status", message: "500 an empty body" },
	],
])("%j is said as it is", async (fault, expected) => {
	const { client } = await start({ faults: [{ fault }] }, { timeoutMs: 250 });
	expect(await errorOf(client)).toMatchObject(expected);
});

test("a slow reply within the limit is a reply", async () => {
	const { client } = await start({ faults: [{ fault: { type: "drip", ms: 1 } }] });
	expect(await client.ask(makeRequest("a"), signal)).toMatchObject({ text: "red" });
});

test("a server that is not there is a connection error that says so", async () => {
	const { fake, client } = await start();
	await fake.close();
	expect(await errorOf(client)).toMatchObject({ kind: "connection", message: expect.stringContaining("ECONNREFUSED") });
});

test("the key is in no error, however the server echoes it", async () => {
	const apiKey = "sk-1234567890-secret";
	const faults: Fault[] = [
		{ type: "status", status: 401, message: `${"x".repeat(190)}${apiKey} is wrong` },
		{ type: "status", status: 500, body: `<html><title>${apiKey}</title>` },
	];
	for (const fault of faults) {
		const { client } = await start({ faults: [{ fault }] }, { apiKey });
		expect((await errorOf(client)).message).not.toContain("sk-1");
	}
	const { client } = await start({ answer: () => `your key is ${apiKey}` }, { apiKey });
	expect(await client.ask(makeRequest("a"), signal)).toMatchObject({ text: "your key is [key]" });
});

test("an abort rejects with its reason, before and while the request runs", async () => {
	const { fake, client } = await start({ faults: [{ fault: { type: "never" } }] });
	const reason = new Error("stop");
	await expect(client.ask(makeRequest("a"), AbortSignal.abort(reason))).rejects.toBe(reason);
	const controller = new AbortController();
	const asked = client.ask(makeRequest("a"), controller.signal);
	asked.catch(() => {});
	await expect.poll(() => fake.stats().total).toBe(1);
	controller.abort(reason);
	await expect(asked).rejects.toBe(reason);
	await expect.poll(() => fake.stats().inFlight).toBe(0);
});
