import { z } from "zod";
import { budgetSchema } from "./budget-schema.js";
import { dialogueSchema } from "./dialogue-schema.js";
import { reserveSchema } from "./reserve-schema.js";
import { sourceSchema } from "./source-schema.js";
import { studentSchema, teacherSchema } from "./teacher-schema.js";

/**
 * The config: strict, every field with its meaning, unit and default. This file is where defaults stand, where the
 * JSON Schema comes from, and what `candor run --print-config` walks.
 */

const rowCount = z.int().min(1).max(10_000_000);

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
	rows: z
		.union([rowCount, z.record(z.string().min(1), rowCount)])
		.default(100)
		.describe("Rows per pipeline (pairs for dpo): a number, or a number for each pipeline by name."),
	out: z.string().min(1).describe("The run's folder, relative to the working directory."),
	attempts: z.int().min(1).max(10).default(3).describe("How often a stage is asked before its candidate is rejected."),
	onShort: z
		.enum(["skip", "spread", "fail"])
		.default("skip")
		.describe("A cell that runs out of questions: leave its slots empty, give them to other tasks, or stop with exit 3."),
	source: sourceSchema,
	reserve: reserveSchema.optional().describe("Questions and pictures that are kept out of training. Drawn before anything else."),
	dialogue: dialogueSchema,
	teacher: teacherSchema,
	student: studentSchema.optional().describe("The model that will be trained; needed where its own answers are wanted."),
	budget: budgetSchema.optional().describe("What the run may use up at most; absent: without limit. Counted over all starts of the run."),
	dpo: z
		.strictObject({
			replies: z.enum(["templates", "teacher"]).default("templates").describe("Where chosen and rejected replies come from."),
			rejected: z
				.enum(["as-replies", "student"])
				.default("as-replies")
				.describe(
					"student: the rejected reply is what the student really says when it is challenged; where that is right, the teacher makes a wrong one to order.",
				),
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
