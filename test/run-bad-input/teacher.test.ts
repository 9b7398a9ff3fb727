import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeTeacher, type Fault, startFakeTeacher } from "../support/fake-teacher.js";
import { createOracle } from "../support/oracle.js";
import { closeWorld, goodLines, makeWorld, run, type World } from "./world.js";

let world: World;
let fake: FakeTeacher;
beforeEach(async () => {
	world = await makeWorld();
	fake = await startFakeTeacher({ answer: createOracle(goodLines.map(({ question, ...line }) => ({ text: question, ...line }))) });
});
afterEach(() => Promise.all([fake.close(), closeWorld(world)]));

const runSft = (more = "") =>
	run(world, {
		pipelines: "[sft]",
		teacher: `{type: openai, baseUrl: "${fake.baseUrl}", model: fake-vlm, goldCheck: off, retries: 0, outageMs: 1500, timeoutMs: 2000, ${more}}`,
		more: "attempts: 2",
	});

/** Which of the ten questions meets the fault: its text stands in every request about it. */
const unlucky = { match: "What color is the tram?", question: "q7" };

it("is good where nothing is bad", async () => {
	const { rows, summary } = await runSft();
	expect(rows).toHaveLength(10);
	expect(summary?.requests).toMatchObject({ asked: 10, failures: 0 });
});

describe("a fault that one question meets costs that one", () => {
	it.each<[string, Fault, string, RegExp, number]>([
		["refusals", { type: "refusal" }, "reply-refused", /assist/, 2],
		["replies that are cut off", { type: "cut-off" }, "reply-cut-off", /token limit/, 2],
		["HTTP 400", { type: "status", status: 400, message: "the picture is not to our liking" }, "request-refused", /not to our liking/, 1],
		["HTTP 413", { type: "status", status: 413, message: "too large" }, "request-refused", /too large/, 1],
		["HTTP 422", { type: "status", status: 422 }, "request-refused", /422/, 1],
		["HTTP 500, always", { type: "status", status: 500, message: "out of memory" }, "request-failed", /out of memory/, 1],
		["HTML with 200, always", { type: "html" }, "request-failed", /HTML/i, 1],
		["an empty body, always", { type: "empty-body" }, "request-failed", /an empty body/, 1],
		["half a JSON, always", { type: "half-json" }, "request-failed", /JSON/, 1],
		["another schema, always", { type: "wrong-schema" }, "request-failed", /no chat completion/, 1],
		["no choices, always", { type: "empty-choices" }, "request-failed", /choices/, 1],
		["a connection that breaks, always", { type: "reset" }, "request-failed", /./, 1],
	])("%s", async (_, fault, reason, detail, attempts) => {
		fake.control({ faults: [{ fault, match: unlucky.match }] });
		const { summary, rejects, rows } = await runSft();
		expect(rejects).toEqual([expect.objectContaining({ question: unlucky.question, reason, attempts, detail: expect.stringMatching(detail) })]);
		expect(rows).toHaveLength(9);
		expect(summary?.pipelines[0]).toMatchObject({ rows: 9, rejected: { [reason]: 1 }, short: 1 });
	});

	it("once only, and is got over", async () => {
		fake.control({ faults: [{ fault: { type: "status", status: 503 }, times: 1 }] });
		const { rows, rejects } = await runSft();
		expect([rows.length, rejects.length]).toEqual([10, 0]);
	});
});

describe("replies that say something else", () => {
	it.each<[string, string, string]>([
		["no text", "", "reply-empty"],
		["prose instead of JSON", "It is red, I would say.", "reply-unparsable"],
		["other fields", '{"result": "red"}', "reply-wrong-schema"],
		["an answer that is none of the options", '{"answer": "mauve", "reply": "It is mauve."}', "reply-disagrees"],
		["a broken list", "[1, 2", "reply-unparsable"],
	])("%s: all are rejected, and the run ends with 3", async (_, content, reason) => {
		await fake.close();
		fake = await startFakeTeacher({ answer: () => content });
		const { error, rejects } = await runSft();
		expect(error?.exitCode).toBe(3);
		expect(error?.message).toContain(`sft: none of 10 candidates became a row (${reason} 10)`);
		for (const reject of rejects) expect(reject).toMatchObject({ reason, attempts: 2, stage: "respond" });
		expect(rejects).toHaveLength(10);
	});
});

describe("a teacher that is not to be had stops the run, and nothing is lost", () => {
	it.each<[string, Fault, RegExp, RegExp]>([
		["a key that is wrong", { type: "status", status: 401, message: "bad key" }, /unauthorised.*bad key/, /OPENAI_API_KEY/],
		["a key that may not", { type: "status", status: 403, message: "no access" }, /unauthorised.*no access/, /OPENAI_API_KEY/],
		["an account that is empty", { type: "status", status: 402, message: "pay first" }, /pay first/, /account/],
		[
			"a model that it does not have",
			{ type: "status", status: 404, message: "The model `fake-vlm` does not exist." },
			/no such model or path.*fake-vlm/,
			/teacher\.model/,
		],
		[
			"a setting that it does not know",
			{ type: "status", status: 400, message: "Unknown parameter: response_format" },
			/refuses a setting/,
			/structuredOutput/,
		],
		["HTML for everyone", { type: "html" }, /teacher/i, /teacher/],
		["500 for everyone", { type: "status", status: 500, message: "down" }, /answered nothing for .* s: .*down/, /same command again/],
	])("%s", async (_, fault, message, remedy) => {
		fake.control({ faults: [{ fault }] });
		const { error } = await runSft();
		expect(error?.exitCode).toBe(4);
		expect(error?.message).toMatch(message);
		expect(error?.remedy).toMatch(remedy);
		fake.control({ faults: [] });
		const { rows } = await runSft();
		expect(rows).toHaveLength(10);
	});

	it("a server that is not there", async () => {
		await fake.close();
		const { error } = await runSft();
		expect(error?.exitCode).toBe(4);
		expect(error?.message).toMatch(/cannot be reached/);
		expect(error?.remedy).toContain("teacher.baseUrl");
	});

	it("in the middle of a run: what was answered is not asked again", async () => {
		fake.control({ faults: [{ fault: { type: "status", status: 401 }, match: unlucky.match }], latencyMs: 5 });
		const { error } = await runSft("concurrency: 1");
		expect(error?.exitCode).toBe(4);
		const answered = fake.stats().answered;
		fake.control({ faults: [], latencyMs: 0 });
		const { rows, summary } = await runSft("concurrency: 1");
		expect(rows).toHaveLength(10);
		expect(summary?.requests).toMatchObject({ fromLedger: answered, asked: 10 - answered });
	});
});
