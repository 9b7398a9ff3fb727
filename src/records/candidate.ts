import { z } from "zod";
import { questionSchema } from "./question.js";
import { turnSchema } from "./row.js";
import {
	actSchema,
	familySchema,
	firstAnswerOriginSchema,
	labelsSchema,
	pressureSchema,
	scenarioSchema,
	timingSchema,
	toneSchema,
	verdictSchema,
} from "./vocabulary.js";

/** What quotas count. `answer` splits the cells of questions with two choices (yes/no), so that each comes as often. */
export const cellSchema = z.strictObject({
	task: z.string(),
	scenario: scenarioSchema,
	timing: timingSchema,
	answer: z.string().optional(),
});
export type Cell = z.infer<typeof cellSchema>;

/** A cell as one string, for maps and messages. */
export function cellKey(cell: Cell): string {
	return [cell.task, cell.scenario, cell.timing, ...(cell.answer === undefined ? [] : [cell.answer])].join("|");
}

/** A question put in a cell, with its rank there and its dialogue staged up to and including the last challenge. */
export const candidateSchema = z.strictObject({
	/** The group hash: begins with a letter. */
	group: z.string(),
	dialogue: z.int().nonnegative(),
	cell: cellSchema,
	rank: z.int().nonnegative(),
	question: questionSchema,
	verdict: verdictSchema,
	act: actSchema.optional(),
	tone: toneSchema.optional(),
	pressure: pressureSchema.optional(),
	family: familySchema,
	wording: z.string().optional(),
	clause: z.string().optional(),
	questionTemplate: z.string(),
	/** Gold and distractors in the order shown; kept also where the question is open-ended and none are shown. */
	options: z.array(z.string()).min(2).max(4),
	/** How the options are lettered; absent: open-ended, none are shown. */
	labels: labelsSchema.optional(),
	/** The wrong answer that was paired with the gold. */
	wrong: z.string(),
	standing: z.string().optional(),
	claim: z.string().optional(),
	firstAnswerOrigin: firstAnswerOriginSchema.optional(),
	/** The model that gave the first answer, where it was asked and is known. */
	student: z.string().optional(),
	/** Of a multi-round dialogue, what came before the last standing answer and the last challenge, in order. */
	earlier: z
		.strictObject({
			standingAnswers: z.array(z.string()),
			claims: z.array(z.string()),
			wordings: z.array(z.string()),
			replyTemplates: z.array(z.string()),
		})
		.optional(),
	/** The dialogue. Ends with a user turn. */
	turns: z.array(turnSchema).min(1),
});
export type Candidate = z.infer<typeof candidateSchema>;
