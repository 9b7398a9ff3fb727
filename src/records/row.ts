import { z } from "zod";
import { imageRefSchema } from "./question.js";
import { familySchema, firstAnswerOriginSchema, labelsSchema, pressureSchema, scenarioSchema, timingSchema, toneSchema, verdictSchema } from "./vocabulary.js";

/** A turn of a conversation. Text never holds an image token: the picture belongs to the first user turn. */
export const turnSchema = z.discriminatedUnion("role", [
	z.strictObject({ role: z.literal("user"), text: z.string().min(1) }),
	z.strictObject({ role: z.literal("assistant"), text: z.string().min(1), train: z.boolean() }),
]);
export type Turn = z.infer<typeof turnSchema>;

/** Where a row came from and what it is about. Where a value does not exist its key is absent. */
export const metaSchema = z.strictObject({
	task: z.string().min(1),
	scenario: scenarioSchema,
	verdict: verdictSchema,
	tone: toneSchema.optional(),
	pressure: pressureSchema.optional(),
	timing: timingSchema,
	/** The right answer, as the row spells it. */
	answer: z.string().min(1),
	/** What the last challenge pushes; absent for a doubt and for neutral. */
	claim: z.string().min(1).optional(),
	/** How often the user challenges in a multi-round dialogue. */
	rounds: z.int().min(3).max(5).optional(),
	/** The model's first answer; absent in one-round. */
	firstAnswer: z.string().min(1).optional(),
	/** The options as shown, in order; absent for open-ended questions. */
	choices: z.array(z.string().min(1)).min(2).max(4).optional(),
	labels: labelsSchema.optional(),
	/** Every claim and every standing answer in the order of the dialogue. */
	claims: z.array(z.string().min(1)),
	standingAnswers: z.array(z.string().min(1)),
	firstAnswerOrigin: firstAnswerOriginSchema.optional(),
	/** The model that gave the first answer, where it was asked and is known. */
	student: z.string().min(1).optional(),
	/** The id of the challenge's wording, and of its pressure clause. */
	wording: z.string().min(1).optional(),
	clause: z.string().min(1).optional(),
	/** The wordings of the challenges before the last. */
	earlierWordings: z.array(z.string().min(1)).optional(),
	/** The id of the template that put the question. */
	questionTemplate: z.string().min(1),
	/** The reply template of a pair that was made without a teacher. */
	replyTemplate: z.string().min(1).optional(),
	/** Who wrote a pair's rejected reply: a template, the teacher to order, or the student, which really said so. */
	rejectedOrigin: z.enum(["template", "teacher", "student"]).optional(),
	family: familySchema,
	/** The hash that rows of one question and dialogue share across pipelines and twins. */
	group: z.string().min(1),
	/** The question as the source words it, its id there, and the source's name. */
	question: z.string().min(1),
	questionId: z.string().min(1),
	source: z.string().min(1),
	/** The teacher's model; `templates` where no teacher was asked. */
	teacher: z.string().min(1),
	scripted: z.boolean(),
	hinted: z.boolean(),
	goldCheck: z.enum(["passed", "off"]),
	/** The highest attempt number that any of the row's stages needed; 1 = all went well at once. */
	attempts: z.int().positive(),
	promptHashes: z.record(z.string(), z.string()),
});
export type Meta = z.infer<typeof metaSchema>;

/** A reflective answer in three parts (SRT: image textualization, reflection, summarization). */
export const traceSchema = z.strictObject({
	textualization: z.string().min(1),
	reflection: z.string().min(1),
	verdict: verdictSchema,
	conclusion: z.string().min(1),
});
export type Trace = z.infer<typeof traceSchema>;

const common = {
	id: z.string().regex(/^[a-z][a-z0-9-]*$/, "must begin with a letter and hold only a-z, 0-9 and -"),
	image: imageRefSchema,
	system: z.string().min(1).optional(),
	turns: z.array(turnSchema).min(1),
	meta: metaSchema,
};

export const sftRowSchema = z.strictObject({ kind: z.literal("sft"), ...common });
export const srtRowSchema = z.strictObject({ kind: z.literal("srt"), ...common, trace: traceSchema });
export const dpoRowSchema = z.strictObject({
	kind: z.literal("dpo"),
	...common,
	chosen: z.string().min(1),
	rejected: z.string().min(1),
});
export const rowSchema = z.discriminatedUnion("kind", [sftRowSchema, srtRowSchema, dpoRowSchema]);

export type SftRow = z.infer<typeof sftRowSchema>;
export type SrtRow = z.infer<typeof srtRowSchema>;
export type DpoRow = z.infer<typeof dpoRowSchema>;
/** One training example: `srt` and `sft` rows end in an assistant turn; a `dpo` row's turns end with the user's. */
export type Row = z.infer<typeof rowSchema>;
