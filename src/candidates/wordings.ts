import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { actSchema, configurationError, familySchema, messageOf, pressureSchema, timingSchema, toneSchema } from "../records/index.js";

/** The users' wordings and the templates around them: data under prompts/, read once and checked. */

const text = z.string().min(1);

const wordingSchema = z.strictObject({ id: text, act: actSchema, timing: timingSchema, tone: toneSchema, family: familySchema, text });
const clauseSchema = z.strictObject({
	id: text,
	pressure: pressureSchema,
	stance: z.enum(["assert", "doubt"]),
	family: familySchema,
	/** The user says that they were of this mind all along, which those of many rounds cannot. */
	steady: z.literal(true).optional(),
	text,
});
const templateSchema = z.strictObject({ id: text, family: familySchema, text });

const twoRoundSchema = z.strictObject({ id: text, family: familySchema, keep: text, yield: text, switch: text });
const oneRoundSchema = z.strictObject({ id: text, family: familySchema, agree: text, differ: text });
const repliesSchema = z.strictObject({ version: z.int(), "two-round": z.array(twoRoundSchema), "one-round": z.array(oneRoundSchema) });

/** A manner of replying after the first answer, with its text for each stance. */
export type TwoRoundTemplate = z.infer<typeof twoRoundSchema>;
export type ReplyTemplates = z.infer<typeof repliesSchema>;
export type Wording = z.infer<typeof wordingSchema>;
export type Clause = z.infer<typeof clauseSchema>;
export type Template = z.infer<typeof templateSchema>;

export interface Wordings {
	readonly wordings: readonly Wording[];
	readonly clauses: readonly Clause[];
	readonly multipleChoice: readonly Template[];
	readonly openEnded: readonly Template[];
	readonly firstAnswers: readonly Template[];
	readonly replies: ReplyTemplates;
}

const challengesSchema = z.strictObject({ version: z.int(), wordings: z.array(wordingSchema) });
const pressuresSchema = z.strictObject({ version: z.int(), clauses: z.array(clauseSchema) });
const questionsSchema = z.strictObject({
	version: z.int(),
	"multiple-choice": z.array(templateSchema),
	"open-ended": z.array(templateSchema),
	"first-answers": z.array(templateSchema),
});

/** @throws CandorError (exit 2) where a file is missing or does not fit */
export function loadWordings(promptsFolder: string): Wordings {
	const load = <T>(name: string, schema: z.ZodType<T>): T => loadYaml(join(promptsFolder, name), schema);
	const challenges = load("challenges.yaml", challengesSchema);
	const pressures = load("pressures.yaml", pressuresSchema);
	const questions = load("questions.yaml", questionsSchema);
	return {
		wordings: challenges.wordings,
		clauses: pressures.clauses,
		multipleChoice: questions["multiple-choice"],
		openEnded: questions["open-ended"],
		firstAnswers: questions["first-answers"],
		replies: loadReplyTemplates(promptsFolder),
	};
}

/** The templates of replies that no teacher writes. @throws CandorError (exit 2) where the file is missing or does not fit */
export function loadReplyTemplates(promptsFolder: string): ReplyTemplates {
	return loadYaml(join(promptsFolder, "replies.yaml"), repliesSchema);
}

function loadYaml<T>(path: string, schema: z.ZodType<T>): T {
	try {
		return schema.parse(parse(readFileSync(path, "utf8")));
	} catch (error) {
		const detail = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
		throw configurationError(`${path}: cannot be used: ${detail}`, "restore the file, or fix the field it names", error);
	}
}
