import { z } from "zod";

/** What is kept out of training, so that a model can be measured on it. */
export const reserveSchema = z.strictObject({
	benchmark: z
		.strictObject({ perTask: z.int().min(1).max(10_000).default(150).describe("Questions of each task (MM-SY, section 2.1: 150).") })
		.optional()
		.describe("A benchmark set: reserved/benchmark.jsonl."),
	probe: z
		.strictObject({
			train: z.int().min(0).max(100_000).default(3_000).describe("Questions to fit probes on (MM-SY, section 4.1: 3,000)."),
			test: z.int().min(0).max(100_000).default(800).describe("Questions to test probes on (MM-SY, section 4.1: 800)."),
		})
		.optional()
		.describe("A probe set, over all tasks alike: reserved/probe.jsonl. Half of the pictures are never drawn for it, so that training has something left."),
	exclude: z
		.strictObject({
			questions: z.string().min(1).optional().describe("A text file with a question id a line: these questions are not used at all."),
			pictures: z
				.string()
				.min(1)
				.optional()
				.describe("A text file with a picture's sha256 or perceptual hash (16 hex digits) a line: these pictures are not used at all."),
		})
		.prefault({})
		.describe("Lists of your own, relative to the config file."),
	maxDistance: z
		.int()
		.min(0)
		.max(16)
		.optional()
		.describe(
			"Pictures whose perceptual hashes differ in so many of 64 bits at most count as one picture. Absent: 10; and for scenes, whose plain pictures look alike to such a hash, only the same bytes count.",
		),
});
