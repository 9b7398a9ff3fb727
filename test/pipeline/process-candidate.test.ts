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
			rejection: { reason: "request-refused", detail: "HTTP 400", stage: "one" },
			attempts: 1,
		});
		expect(asked).toEqual(["one 1"]);
	});

	const unusable: [string, Partial<Extract<TeacherAnswer, { type: "reply" }>>, string, number][] = [
		["cut off", { finishReason: "length" }, "reply-cut-off", 2],
		["filtered", { finishReason: "content-filter" }, "reply-filtered", 1],
		["a refusal", { text: "I'm sorry, but I can't assist with that." }, "reply-refused", 2],
		["empty", { text: " " }, "reply-empty", 2],
	];

	it.each(unusable)("asks again for a reply that is %s as often as that may help", async (_, change, reason, times) => {
		const { tools, asked } = openWorld(() => ({ type: "reply", text: "something", finishReason: "stop", ...change }), { maxAttempts: 5 });
		expect(await processCandidate(three, makeCandidate(), tools)).toMatchObject({ type: "rejection", rejection: { reason, stage: "one" }, attempts: times });
		expect(asked).toEqual(["one 1", "one 2"].slice(0, times));
	});

	it.each(unusable)("never asks more often than there are attempts for one that is %s", async (_, change, reason) => {
		const { tools, asked } = openWorld(() => ({ type: "reply", text: "something", finishReason: "stop", ...change }), { maxAttempts: 1 });
		expect(await processCandidate(three, makeCandidate(), tools)).toMatchObject({ type: "rejection", rejection: { reason }, attempts: 1 });
		expect(asked).toEqual(["one 1"]);
	});

	it("counts by stage and reason: two stages may each be refused once, and one be refused once and empty once", async () => {
		const replies: Record<string, string> = { "one 1": "I can't help with that.", "one 2": " ", "two 3": "I can't help with that." };
		const { tools, asked } = openWorld(({ about, attempt }) => replies[`${about.stage} ${attempt}`] ?? "good", { maxAttempts: 5 });
		expect(await processCandidate(three, makeCandidate(), tools)).toMatchObject({ type: "row" });
		expect(asked).toEqual(["one 1", "one 2", "one 3", "two 3", "two 4", "three 4"]);
	});

	it("gives a stage that was cut off twice the room, and keeps it", async () => {
		const faults: RowFault[][] = [[{ reason: "rule-a", detail: "a", stage: "two" }], []];
		const { tools, requests } = openWorld(
			({ about, attempt }) => ({ type: "reply", text: "x", finishReason: about.stage === "two" && attempt === 1 ? "length" : "stop" }),
			{ checkRow: () => faults.shift() ?? [] },
		);
		expect(await processCandidate(three, makeCandidate(), tools)).toMatchObject({ type: "row" });
		expect(requests.map(({ about, attempt, sampling }) => [about.stage, attempt, sampling.maxOutputTokens])).toEqual([
			["one", 1, 100],
			["two", 1, 100],
			["two", 2, 200],
			["three", 2, 100],
			["two", 3, 200],
			["three", 3, 100],
		]);
	});

	it.each([
		[20_000, 32_768],
		[32_768, 32_768],
		[40_000, 40_000],
	])("of %i tokens twice is %i", async (maxOutputTokens, doubled) => {
		const { tools, requests } = openWorld(() => ({ type: "reply", text: "x", finishReason: "length" }), { sampling: { temperature: 0.5, maxOutputTokens } });
		await processCandidate(three, makeCandidate(), tools);
		expect(requests.map(({ sampling }) => sampling.maxOutputTokens)).toEqual([maxOutputTokens, doubled]);
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

describe("attempts that are granted", () => {
	const grantedTo = () => 1;

	it.each<[string, TeacherAnswer, number]>([
		["a bad reply", { type: "reply", text: "bad", finishReason: "stop" }, 3],
		["a filtered one", { type: "reply", text: "x", finishReason: "content-filter" }, 1],
		["a refusal", { type: "reply", text: "I can't help with that.", finishReason: "stop" }, 2],
		["a request that failed", { type: "failure", reason: "request-failed", detail: "HTTP 500" }, 1],
		["a request that was refused", { type: "failure", reason: "request-refused", detail: "HTTP 400" }, 1],
	])("give a candidate that %s ended one more", async (_, answer, before) => {
		const answerOf = (last: number) => (request: TeacherRequest) => (request.about.stage === "two" && request.attempt <= last ? answer : "good");
		const first = openWorld(answerOf(before));
		expect(await processCandidate(three, makeCandidate(), first.tools)).toMatchObject({ type: "rejection", attempts: before });
		const granted = openWorld(answerOf(before), { grantedTo });
		expect(await processCandidate(three, makeCandidate(), granted.tools)).toMatchObject({ type: "row", row: { meta: { attempts: before + 1 } } });
		// What was asked before is asked in the same words: the ledger has it.
		expect(granted.requests.slice(0, first.requests.length)).toEqual(first.requests);
		const again = openWorld(answerOf(before + 1), { grantedTo });
		expect(await processCandidate(three, makeCandidate(), again.tools)).toMatchObject({ type: "rejection", attempts: before + 1 });
	});

	it("are of no use to a candidate that no stage is to blame for", async () => {
		const { tools, asked } = openWorld(() => "x", { checkRow: () => [{ reason: "rule-a", detail: "a" }], grantedTo });
		expect(await processCandidate(three, makeCandidate(), tools)).toMatchObject({ type: "rejection", attempts: 1 });
		expect(asked).toHaveLength(3);
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
