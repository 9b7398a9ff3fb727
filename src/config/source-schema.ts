import { z } from "zod";

/** Where questions come from: the settings of each source. */

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
			imageId: z.string().min(1).default("imageId").describe("Field with an id of the picture (a COCO id), where two files may show the same one."),
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

const tdiucSource = z.strictObject({
	type: z.literal("tdiuc").describe("The published TDIUC files (Kafle and Kanan, ICCV 2017), from which MM-SY drew its questions."),
	path: z.string().min(1).describe("The unpacked TDIUC folder, which holds Questions and Annotations; relative to the config file."),
	imageFolders: z
		.array(z.string().min(1))
		.min(1)
		.describe("Folders with the COCO and Visual Genome pictures under their published file names, or with train2014, val2014, VG_100K and VG_100K_2 in them."),
	name: z
		.string()
		.regex(/^[a-z][a-z0-9-]*$/)
		.default("tdiuc")
		.describe("What rows call this source."),
	splits: z
		.array(z.enum(["train", "val"]))
		.min(1)
		.default(["train", "val"])
		.describe("Which of the published files are read. Answers must occur in the train split, where it is read."),
	leaveOut: z
		.array(z.string().min(1))
		.default(["absurd", "sentiment_understanding"])
		.describe("Question types that are left out, as TDIUC names them. MM-SY leaves out these two."),
	minAnswerCount: z.int().min(1).default(3).describe("Answers that the train split gives less often within their type are left out with their questions."),
	visualGenome: z
		.string()
		.min(1)
		.optional()
		.describe("Visual Genome's image_data.json: tells which of its pictures are COCO pictures too, so that both count as one."),
});

const scenesSource = z.strictObject({
	type: z.literal("scenes").describe("Pictures rendered from a seed, with exact ground truth. Any number of them."),
	pictures: z.int().min(1).max(10_000_000).default(1_000).describe("How many pictures are rendered. The first ones stay the same when there are more."),
	seed: z.int().min(0).max(2_147_483_647).default(0).describe("Pictures and questions follow from it. Different seeds share no picture."),
	skew: z.number().min(0).max(3).default(1).describe("How uneven answers are: the exponent of Zipf's law; 0 makes them equally frequent."),
	resolution: z.int().min(64).max(2_048).default(640).describe("The longer side of the pictures. The same scene at every resolution. @unit pixels"),
	degradation: z.enum(["none", "blur", "noise", "jpeg", "dark", "low-contrast"]).default("none").describe("What is done to the pictures of the same scenes."),
});

export const sourceSchema = z.discriminatedUnion("type", [sampleSource, jsonlSource, tdiucSource, scenesSource]).describe("Where visual questions come from.");
