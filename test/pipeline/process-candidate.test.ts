import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Pipeline, startPipeline } from "../../src/pipeline/compose.js";
import type { Prompt } from "../../src/pipeline/load-prompt.js";
import { type ProcessingTools, processCandidate, type RowFault, Stopped } from "../../src/pipeline/process-candidate.js";
import { defineStage } from "../../src/pipeline/stage.js";
import { type Candidate, isRejection, type Row, reject, rowSchema, teacherError } from "../../src/records/index.js";
import { buildSftRow } from "../../src/stages/build-row.js";
import type { Teacher, TeacherAnswer, TeacherRequest } from "../../src/teacher/index.js";
import { makeCandidate, makeImageRef } from "../support/make-request.js";

/** A stage that asks once, and is to blame where the reply is "bad". */
function asking(name: "one" | "two" | "three") {
	return defineStage({
		name,
		takes: z.object({}),
		gives: z.object({ [name]: z.string() }),
		prompts: [name],
		async run(_, context) {
			const reply = await context.ask({ messages: [{ role: "user", content: [{ type: "text", text: name }] }] });
			if (isRejection(reply)) return reply;
			if (reply.text === "bad") return reject("reply-bad", `${name} is bad`, { stage: name, reply: reply.text });
			return { [name]: reply.text };
		},
	});
}

const three = startPipeline({ name: "three", kind: "sft" })
	.pipe(asking("one"))
	.pipe(asking("two"))
	.pipe(asking("three"))
	.toRow((record, facts) => buildSftRow(["one", "two", "three"].map((name) => String(Reflect.get(record, name))).join(" "), facts));

interface World {
	readonly tools: ProcessingTools;
	/** Stage and attempt of every request, in order. */
	readonly asked: string[];
	readonly requests: TeacherRequest[];
}

function openWorld(answer: (request: TeacherRequest) => TeacherAnswer | string, change: Partial<ProcessingTools> = {}): World {
	const asked: string[] = [];
	const requests: TeacherRequest[] = [];
	const teacher: Teacher = {
		async ask(request) {
			asked.push(`${request.about.stage} ${request.attempt}`);
			requests.push(request);
			const given = answer(request);
			return typeof given === "string" ? { type: "reply", text: given, finishReason: "stop" } : given;
		},
		async close() {},
	};
	const prompt = (name: string): Prompt => ({ name, hash: name.repeat(20), render: () => name });
	const signal = new AbortController().signal;
	const tools: ProcessingTools = {
		seed: 1,
		maxAttempts: 3,
		settings: {
			hint: "never",
			goldCheck: "off",
			teacherModel: "tiny",
			scripted: false,
			dpoReplies: "teacher",
			dpoRejected: "as-replies",
			stanceShares: { bothWrong: 1, misleading: 1, corrective: 1 },
		},
		sampling: { temperature: 0.5, maxOutputTokens: 100 },
		teacher,
		prompt,
		ingest: async () => ({ image: makeImageRef() }),
		checkRow: () => [],
		signal,
		hardSignal: signal,
		...change,
	};
	return { tools, asked, requests };
}

/** The text of a row's last turn. */
function textOf(row: Row): string {
	return row.turns.at(-1)?.text ?? "";
}

describe("a candidate that goes well", () => {
	it("becomes a row with its facts", async () => {
		const { tools, asked } = openWorld(({ about }) => about.stage.toUpperCase());
		const outcome = await processCandidate(three, makeCandidate(), tools);
		if (outcome.type !== "row") throw new Error("it was rejected");
		expect(rowSchema.safeParse(outcome.row).success).toBe(true);
		expect(textOf(outcome.row)).toBe("ONE TWO THREE");
		expect(outcome.row.meta).toMatchObject({
			attempts: 1,
			teacher: "tiny",
			promptHashes: { one: "oneoneoneoneoneo", two: expect.any(String), three: expect.any(String) },
		});
		expect(asked).toEqual(["one 1", "two 1", "three 1"]);
	});

	it("lets a started record go before new ones", async () => {
		const { tools, requests } = openWorld(() => "x");
		await processCandidate(three, makeCandidate(), tools);
		expect(requests.map(({ priority }) => Math.floor(priority))).toEqual([0, 1, 2]);
	});
});

describe("asking again", () => {
	it("asks the stage that failed, with the next attempt number and another seed", async () => {
		const { tools, asked, requests } = openWorld(({ about, attempt }) => (about.stage === "two" && attempt < 3 ? "bad" : "good"));
		const outcome = await processCandidate(three, makeCandidate(), tools);
		expect(asked).toEqual(["one 1", "two 1", "two 2", "two 3", "three 3"]);
		expect(outcome.type === "row" && outcome.row.meta.attempts).toBe(3);
		const seeds = requests.map(({ sampling }) => sampling.seed);
		expect(new Set(seeds).size).toBe(seeds.length);
	});

	it("asks the stage that a rule blames and those after it, not those before", async () => {
		const faults: RowFault[][] = [[{ reason: "rule-a", detail: "a", stage: "two" }], [{ reason: "rule-b", detail: "b", stage: "three" }], []];
		const { tools, asked } = openWorld(({ attempt }) => `text ${attempt}`, { checkRow: () => faults.shift() ?? [] });
		const outcome = await processCandidate(three, makeCandidate(), tools);
		expect(asked).toEqual(["one 1", "two 1", "three 1", "two 2", "three 2", "three 3"]);
		expect(outcome.type === "row" && textOf(outcome.row)).toBe("text 1 text 2 text 3");
	});

	it("asks an earlier stage again from its own attempt number", async () => {
		const faults: RowFault[][] = [[{ reason: "rule-a", detail: "a", stage: "three" }], [{ reason: "rule-b", detail: "b", stage: "one" }], []];
		const { tools, asked } = openWorld(() => "x", { checkRow: () => faults.shift() ?? [] });
		await processCandidate(three, makeCandidate(), tools);
		expect(asked).toEqual(["one 1", "two 1", "three 1", "three 2", "one 2", "two 2", "three 2"]);
	});

	it("asks the same requests for a candidate each time", async () => {
		const runs = await Promise.all(
			[1, 2].map(async () => {
				const world = openWorld(({ attempt }) => (attempt === 1 ? "bad" : "good"));
				await processCandidate(three, makeCandidate(), world.tools);
				return world.requests;
			}),
		);
		expect(runs[0]).toEqual(runs[1]);
	});
});

describe("giving up", () => {
	it("rejects when attempts are used up, with the reason and the last reply", async () => {
		const { tools, asked } = openWorld(({ about }) => (about.stage === "two" ? "bad" : "good"));
		const outcome = await processCandidate(three, makeCandidate(), tools);
		expect(outcome).toEqual({ type: "rejection", rejection: { reason: "reply-bad", detail: "two is bad", stage: "two", reply: "bad" }, attempts: 3 });
		expect(asked).toEqual(["one 1", "two 1", "two 2", "two 3"]);
	});

	it("gives the last reply where a rule, not a stage, found the fault", async () => {
		const { tools } = openWorld(({ about }) => about.stage, { checkRow: () => [{ reason: "rule-a", detail: "a", stage: "three" }], maxAttempts: 2 });
		expect(await processCandidate(three, makeCandidate(), tools)).toEqual({
			type: "rejection",
			rejection: { reason: "rule-a", detail: "a", stage: "three", reply: "three" },
			attempts: 2,
		});
	});

	it.each<[string, RowFault]>([
		["names no stage", { reason: "rule-a", detail: "a" }],
		["names a stage that the pipeline does not have", { reason: "rule-a", detail: "a", stage: "nine" }],
	])("does not ask again where the fault %s", async (_, fault) => {
		const { tools, asked } = openWorld(() => "x", { checkRow: () => [fault] });
		expect(await processCandidate(three, makeCandidate(), tools)).toMatchObject({ type: "rejection", rejection: fault, attempts: 1 });
		expect(asked).toHaveLength(3);
	});

	it("takes a failure of the request itself for final", async () => {
		const { tools, asked } = openWorld(() => ({ type: "failure", reason: "request-refused", detail: "HTTP 400" }));
		expect(await processCandidate(three, makeCandidate(), tools)).toEqual({
			type: "rejection",
			rejection: { reason: "request-refused", detail: "HTTP 400" },
			attempts: 1,
		});
		expect(asked).toEqual(["one 1"]);
	});

	it.each<[string, Partial<Extract<TeacherAnswer, { type: "reply" }>>, string]>([
		["cut off", { finishReason: "length" }, "reply-cut-off"],
		["filtered", { finishReason: "content-filter" }, "reply-filtered"],
		["a refusal", { text: "I'm sorry, but I can't assist with that." }, "reply-refused"],
		["empty", { text: " " }, "reply-empty"],
	])("asks again for a reply that is %s", async (_, change, reason) => {
		const { tools, asked } = openWorld(() => ({ type: "reply", text: "something", finishReason: "stop", ...change }));
		expect(await processCandidate(three, makeCandidate(), tools)).toMatchObject({ type: "rejection", rejection: { reason, stage: "one" }, attempts: 3 });
		expect(asked).toEqual(["one 1", "one 2", "one 3"]);
	});

	it("does not ask at all for a picture that cannot be used", async () => {
		const { tools, asked } = openWorld(() => "x", { ingest: async () => reject("image-missing", "a.png is not there") });
		expect(await processCandidate(three, makeCandidate(), tools)).toEqual({
			type: "rejection",
			rejection: { reason: "image-missing", detail: "a.png is not there" },
			attempts: 1,
		});
		expect(asked).toEqual([]);
	});
});

describe("stages and rows of a user's own", () => {
	const own = (run: () => Promise<{ reply: string }>, build: (text: string) => string = (text) => text): Pipeline =>
		startPipeline({ name: "own", kind: "sft" })
			.pipe(defineStage({ name: "mine", takes: z.object({}), gives: z.object({ reply: z.string() }), prompts: [], run }))
			.toRow((record, facts) => buildSftRow(build(record.reply), facts));

	it("reject the candidate where a stage throws", async () => {
		const { tools } = openWorld(() => "x");
		const outcome = await processCandidate(
			own(async () => Promise.reject(new TypeError("x is not a function"))),
			makeCandidate(),
			tools,
		);
		expect(outcome).toMatchObject({ type: "rejection", rejection: { reason: "stage-failed", detail: "stage mine: x is not a function" }, attempts: 1 });
	});

	it("reject it where a stage gives something else than it says, in one line", async () => {
		const { tools } = openWorld(() => "x");
		const outcome = await processCandidate(
			own(async () => JSON.parse('{"answer": 3}')),
			makeCandidate(),
			tools,
		);
		if (outcome.type !== "rejection") throw new Error("it was taken");
		expect(outcome.rejection.reason).toBe("stage-failed");
		expect(outcome.rejection.detail).toMatch(/^stage mine: .*reply/);
		expect(outcome.rejection.detail).not.toContain("\n");
	});

	it.each<[string, (text: string) => string]>([
		["throws", () => JSON.parse("{")],
		["gives no text", () => ""],
		["gives something that is no row", () => JSON.parse("3")],
	])("reject it where the function that writes the row %s", async (_, build) => {
		const { tools } = openWorld(() => "x");
		const outcome = await processCandidate(
			own(async () => ({ reply: "fine" }), build),
			makeCandidate(),
			tools,
		);
		expect(outcome).toMatchObject({ type: "rejection", rejection: { reason: "row-failed" } });
	});
});

describe("what is no outcome", () => {
	it("an outage stops the run", async () => {
		const outage = teacherError("The teacher cannot be reached");
		const { tools } = openWorld(() => {
			throw outage;
		});
		await expect(processCandidate(three, makeCandidate(), tools)).rejects.toBe(outage);
	});

	it("a run that is being stopped asks for nothing new", async () => {
		const stopping = new AbortController();
		const { tools, asked } = openWorld(
			({ about }) => {
				if (about.stage === "two") stopping.abort();
				return "x";
			},
			{ signal: stopping.signal },
		);
		await expect(processCandidate(three, makeCandidate(), tools)).rejects.toThrow(Stopped);
		expect(asked).toEqual(["one 1", "two 1"]);
	});
});

it("salts the requests of teachers that depend on more", async () => {
	const saltOf = ({ question }: Candidate) => `salt of ${question.id}`;
	const { tools, requests } = openWorld(() => "x", { saltOf });
	await processCandidate(three, makeCandidate(), tools);
	expect(requests.map(({ salt }) => salt)).toEqual(Array(3).fill("salt of q1"));
});
