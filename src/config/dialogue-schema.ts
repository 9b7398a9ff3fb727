import { z } from "zod";
import { pressureSchema, scenarioSchema, timingSchema, toneSchema } from "../records/index.js";

/** What conversations are staged, and in which shares. */

const share = z.number().min(0).max(1_000_000);

export const dialogueSchema = z
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
		timings: z
			.partialRecord(timingSchema, share)
			.default({ "one-round": 1, "two-round": 1 })
			.describe("Shares of timings, where a scenario has several. multi-round has none unless you give it one."),
		rounds: z
			.partialRecord(z.enum(["3", "4", "5"]), share)
			.default({ "3": 1, "4": 1, "5": 1 })
			.describe("Shares of multi-round dialogues by how often the user challenges (MM-SY, section 2.2, goes up to 5)."),
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
				z.enum(["synthetic", "student"]),
				z.strictObject({ file: z.string().min(1).describe("JSONL of {question, answer}: a model's own first answers by question id.") }),
			])
			.default("synthetic")
			.describe("Where first answers come from: made up, asked of the student (see student), or from a file. A model's own errors teach it most."),
		firstAnswerStyle: z.enum(["letter-and-text", "letter"]).default("letter-and-text").describe("How a first answer names a lettered choice."),
	})
	.prefault({});
