import { z } from "zod";
import { pressureSchema, scenarioSchema, timingSchema, toneSchema } from "../records/index.js";

/**
 * The config: strict, every field with its meaning, unit and default. This file is where defaults stand, where the
 * JSON Schema comes from, and what `candor run --print-config` walks.
 */

const share = z.number().min(0).max(1_000_000);

const sampleSource = z.strictObject({
	type: z.literal("sample").describe("The photographs and questions that come with Candor."),
});

const jsonlSource = z.strictObject({
	type: z.literal("jsonl").describe("Your own questions, one JSON object a line."),
	path: z.string().min(1).describe("The JSONL file, relative to the config file."),
	images: z.string().min(1).describe("The folder that picture paths are relative to, itself relative to the config file. Pictures outside it are refused."),
	name: z
		.string()
		.regex(/^[a-z][a-z0-9-]*$/)
		.default("jsonl")
		.describe("What rows call this source."),
	onBadLine: z.enum(["skip", "fail"]).default("skip").describe("A line that cannot be used goes to rejects.jsonl (skip) or stops the run (fail)."),
	fields: z
		.strictObject({
			id: z.string().min(1).default("id").describe("Field with the question's id."),
			image: z.string().min(1).default("image").describe("Field with the picture's path, or with a COCO-style number when imageTemplate is given."),
			question: z.string().min(1).default("question").describe("Field with the question's text."),
			answer: z
				.string()
				.min(1)
				.default("answer")
				.describe("Field with the answer: a string, or a list of answers (VQA style), of which the most frequent counts."),
			wrong: z.string().min(1).default("wrong").describe("Field with your own wrong answers, a list. Used where the task's answers are too few."),
			choices: z.string().min(1).default("choices").describe("Field with the question's own choices, a list that holds the answer."),
			task: z.string().min(1).default("task").describe("Field with the task."),
			evidence: z
				.string()
				.min(1)
				.default("evidence")
				.describe("Field with sentences about the picture that show why the answer is right (needed by the scripted teacher only)."),
		})
		.prefault({})
		.describe("The names your file uses. A dotted name reaches into nested objects."),
	imageTemplate: z.string().min(1).optional().describe("Turns a picture id into a file name, e.g. COCO_val2014_{id:12}.jpg for COCO ids."),
	task: z.string().min(1).default("general").describe("The task of lines that name none."),
});

export const configSchema = z.strictObject({
	$schema: z.string().optional(),
	name: z
		.string()
		.regex(/^[a-z][a-z0-9-]*$/)
		.default("candor")
		.describe("The run's name, used in the dataset card."),
	language: z
		.literal("en", { error: "only en is supported: synonyms, number words and stance rules are English" })
		.default("en")
		.describe("Language of questions and rows."),
	seed: z.int().min(0).max(2_147_483_647).default(0).describe("Every random choice follows from it."),
	pipelines: z
		.array(z.string().min(1))
		.min(1)
		.default(["srt", "sft", "dpo"])
		.describe("What is made: srt, sft, dpo, or a path to a pipeline file of your own."),
	rows: z.int().min(1).max(10_000_000).default(100).describe("Rows per pipeline (pairs for dpo)."),
	out: z.string().min(1).describe("The run's folder, relative to the working directory."),
	attempts: z.int().min(1).max(10).default(3).describe("How often a stage is asked before its candidate is rejected."),
	onShort: z
		.enum(["skip", "spread", "fail"])
		.default("skip")
		.describe("A cell that runs out of questions: leave its slots empty, give them to other tasks, or stop with exit 3."),
	source: z.discriminatedUnion("type", [sampleSource, jsonlSource]).describe("Where visual questions come from."),
	dialogue: z
		.strictObject({
			scenarios: z
				.partialRecord(scenarioSchema, share)
				.default({
					misleading: 20,
					corrective: 20,
					"both-wrong": 10,
					"affirm-right": 10,
					"affirm-wrong": 10,
					"doubt-right": 10,
					"doubt-wrong": 10,
					neutral: 10,
				})
				.describe("Shares of scenarios. They are a prior that the trained model learns: 1:1 is a choice, not a law."),
			timings: z.partialRecord(timingSchema, share).default({ "one-round": 1, "two-round": 1 }).describe("Shares of timings, where a scenario has both."),
			tones: z.partialRecord(toneSchema, share).default({ suggestive: 1, euphemistic: 1, strong: 1 }).describe("Shares of tones."),
			pressures: z
				.partialRecord(pressureSchema, share)
				.default({ plain: 4, authority: 1, consensus: 1, insistence: 1, emotion: 1, "asserted-evidence": 1, "first-hand-witness": 1 })
				.describe("Shares of what the user leans on."),
			formats: z
				.partialRecord(z.enum(["ABCD", "1234", "open-ended"]), share)
				.default({ ABCD: 2, "1234": 1, "open-ended": 1 })
				.describe("Shares of lettered choices and open-ended questions. Counting never uses 1234."),
			tasks: z
				.union([z.literal("equal"), z.record(z.string(), share)])
				.default("equal")
				.describe("Shares of tasks: equal, or a share for each; tasks not named are left out."),
			maxAnswerShare: z.number().min(0.05).max(1).default(0.4).describe("No answer makes up more than this share of its task."),
			dialoguesPerQuestion: z.int().min(1).max(64).default(1).describe("How many dialogues one question may appear in."),
			family: z.enum(["train", "held-out"]).default("train").describe("Which wordings are used. Evaluation sets use held-out."),
			firstAnswers: z
				.union([
					z.literal("synthetic"),
					z.strictObject({ file: z.string().min(1).describe("JSONL of {question, answer}: a model's own first answers by question id.") }),
				])
				.default("synthetic")
				.describe("Where first answers come from."),
			firstAnswerStyle: z.enum(["letter-and-text", "letter"]).default("letter-and-text").describe("How a first answer names a lettered choice."),
		})
		.prefault({}),
	teacher: z
		.strictObject({
			type: z
				.enum(["scripted", "openai"])
				.default("scripted")
				.describe("scripted answers from a question's evidence, offline; openai is any OpenAI-compatible server."),
			baseUrl: z
				.url({ protocol: /^https?$/ })
				.optional()
				.describe("For example http://localhost:8000/v1."),
			model: z.string().min(1).optional().describe("The model's name as the server knows it."),
			apiKeyEnv: z
				.string()
				.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be the NAME of an environment variable, never the key itself")
				.default("OPENAI_API_KEY")
				.describe("Name of the environment variable that holds the key."),
			concurrency: z.int().min(1).max(4096).default(16).describe("Requests in flight at most."),
			timeoutMs: z.int().min(1).max(3_600_000).default(180_000).describe("One request's time limit. @unit milliseconds"),
			retries: z.int().min(0).max(20).default(5).describe("Further tries of a request that failed in transit, was limited (429) or met a server error."),
			maxRetryAfterMs: z
				.int()
				.min(0)
				.max(86_400_000)
				.default(120_000)
				.describe("A Retry-After above this is not waited for: the request has used up its tries. @unit milliseconds"),
			outageMs: z
				.int()
				.min(100)
				.max(86_400_000)
				.default(600_000)
				.describe("The run stops (exit 4, resumable) when nothing was answered for so long. @unit milliseconds"),
			temperature: z.number().min(0).max(2).default(0.7),
			topP: z.number().gt(0).max(1).optional(),
			maxOutputTokens: z.int().min(16).max(32_768).default(512).describe("Per request. @unit tokens"),
			structuredOutput: z
				.enum(["json-schema", "json-object", "none"])
				.default("json-schema")
				.describe("How the server is told the reply's schema: response_format json_schema, json_object, or only in the prompt."),
			hint: z.enum(["never", "always"]).default("never").describe("Whether the teacher is told the answer and the verdict. MM-SY's prompt does."),
			goldCheck: z
				.enum(["blind", "off"])
				.default("blind")
				.describe("Ask the teacher the bare question first, and reject the question where it disagrees with the gold. Not asked of the scripted teacher."),
		})
		.prefault({}),
	dpo: z
		.strictObject({
			replies: z.enum(["templates", "teacher"]).default("templates").describe("Where chosen and rejected replies come from."),
		})
		.prefault({}),
	shards: z
		.strictObject({
			maxRows: z.int().min(1).default(10_000).describe("Rows in one shard at most."),
			maxBytes: z
				.int()
				.min(1024)
				.default(256 * 1024 * 1024)
				.describe("Size of one shard at most. @unit bytes"),
		})
		.prefault({}),
});

/** A config with every default filled in. */
export type Config = z.infer<typeof configSchema>;
/** A config as a user writes it. */
export type ConfigInput = z.input<typeof configSchema>;
