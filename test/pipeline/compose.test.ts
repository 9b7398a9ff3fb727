import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import dpo from "../../pipelines/dpo.js";
import sft from "../../pipelines/sft.js";
import srt from "../../pipelines/srt.js";
import { checkComposition, type Pipeline, startPipeline } from "../../src/pipeline/compose.js";
import { defineStage } from "../../src/pipeline/stage.js";
import { CandorError, exitCodes } from "../../src/records/index.js";
import { buildSftRow } from "../../src/stages/build-row.js";

const describeIt = defineStage({
	name: "describe",
	takes: z.object({}),
	gives: z.object({ description: z.string() }),
	prompts: [],
	run: async () => ({ description: "a boat" }),
});
const answerIt = defineStage({
	name: "answer",
	takes: z.object({ description: z.string(), length: z.number().optional() }),
	gives: z.object({ reply: z.string() }),
	prompts: [],
	run: async ({ description }) => ({ reply: description }),
});
const countIt = defineStage({
	name: "count",
	takes: z.object({ description: z.number() }),
	gives: z.object({ count: z.number() }),
	prompts: [],
	run: async ({ description }) => ({ count: description }),
});

function problemOf(pipeline: Pipeline): CandorError {
	try {
		checkComposition(pipeline, "/home/me/mine.ts");
	} catch (error) {
		if (error instanceof CandorError) return error;
		throw error;
	}
	throw new Error("the composition was taken for good");
}

describe("the compiler", () => {
	const start = startPipeline({ name: "mine", kind: "sft" });

	it("lets stages follow that take what was given", () => {
		const pipeline = start
			.pipe(describeIt)
			.pipe(answerIt)
			.toRow((record, facts) => {
				expectTypeOf(record.reply).toBeString();
				expectTypeOf(record.description).toBeString();
				return buildSftRow(record.reply, facts);
			});
		expect(() => checkComposition(pipeline, "mine.ts")).not.toThrow();
	});

	it("stops a stage that takes what no earlier one gives, or another type, or a row of what is not there", () => {
		// @ts-expect-error nobody gives a description
		start.pipe(answerIt);
		// @ts-expect-error the description is a text, not a number
		start.pipe(describeIt).pipe(countIt);
		// @ts-expect-error no stage gives a reply
		start.pipe(describeIt).toRow((record, facts) => buildSftRow(record.reply, facts));
		// @ts-expect-error the stage gives a number where it says a text
		defineStage({ name: "x", takes: z.object({}), gives: z.object({ reply: z.string() }), prompts: [], run: async () => ({ reply: 1 }) });
		// @ts-expect-error the stage reads a field that it does not take
		defineStage({ name: "x", takes: z.object({}), gives: z.object({}), prompts: [], run: async ({ reply }) => ({ reply }) });
	});
});

describe("checkComposition", () => {
	it("takes the built-in pipelines", () => {
		for (const pipeline of [srt, sft, dpo]) expect(() => checkComposition(pipeline, "built in")).not.toThrow();
	});

	it("names file, stage and field where a stage takes what nobody gives", () => {
		const { stages } = startPipeline({ name: "mine", kind: "sft" })
			.pipe(describeIt)
			.pipe(answerIt)
			.toRow((record, facts) => buildSftRow(record.reply, facts));
		const pipeline: Pipeline = { ...sft, stages: [...stages].reverse() };
		const error = problemOf(pipeline);
		expect(error.exitCode).toBe(exitCodes.configuration);
		expect(error.message).toBe('/home/me/mine.ts: stage "answer" takes "description", which no stage before it gives (given so far: nothing)');
		expect(error.remedy).toContain("before");
	});

	it("refuses two stages of one name", () => {
		const pipeline = startPipeline({ name: "mine", kind: "sft" })
			.pipe(describeIt)
			.pipe(describeIt)
			.toRow((_, facts) => buildSftRow("x", facts));
		expect(problemOf(pipeline).message).toContain('two stages are called "describe"');
	});

	it.each<[string, object]>([
		["a stage without schemas", { stages: [{ name: "bare", prompts: [], run: async () => ({}) }] }],
		["a stage without run", { stages: [{ ...srt.stages[0], run: undefined }] }],
		["no list of skipped scenarios", { skips: undefined }],
		["no asksTeacher", { asksTeacher: undefined }],
	])("refuses %s with a message, not a crash", (_, change) => {
		const error = problemOf({ ...sft, ...change });
		expect(error.message).toContain("/home/me/mine.ts");
		expect(error.remedy).toContain("startPipeline");
	});
});

describe("a composed stage", () => {
	it("is checked for what it takes and gives while it runs", async () => {
		const wrong = defineStage({ ...describeIt, run: async () => JSON.parse('{"description": 3}') });
		const { stages } = startPipeline({ name: "mine", kind: "sft" })
			.pipe(wrong)
			.toRow((_, facts) => buildSftRow("x", facts));
		const record = JSON.parse("{}");
		await expect(stages[0]?.run(record, JSON.parse("{}"))).rejects.toThrow(z.ZodError);
	});
});
