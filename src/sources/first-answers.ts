import { z } from "zod";
import { configurationError, labelsSchema } from "../records/index.js";
import { isJsonlProblem, readJsonl } from "../shards/index.js";

/** A line of a file of first answers. `choices` and `labels` say what the model was shown: empty: no choices; absent: that is not known. */
const lineSchema = z.object({
	question: z.union([z.string(), z.number()]),
	/** Null: the model was asked, and what it said is no answer. */
	answer: z.string().nullable(),
	choices: z.array(z.string().min(1)).max(4).nullish(),
	labels: labelsSchema.nullish(),
	model: z.string().min(1).nullish(),
});

/** A model's first answer to a question, as a file gives it. */
export interface FirstAnswerOnFile {
	readonly answer?: string;
	readonly choices?: readonly string[];
	readonly labels?: z.infer<typeof labelsSchema>;
}

/** A file of first answers: by question id, and the model that gave them, where it is one and named. */
export interface FirstAnswersOnFile {
	readonly byQuestion: Map<string, FirstAnswerOnFile>;
	readonly model?: string;
}

/** A letter before the words, as in `(B) red` or `B. red`. */
const letterBefore = /^(?:\(?[A-Da-d1-4]\)|[A-D][.:])\s+(?=\S)/;
const letterOnly = /^\(?[A-Da-d]\)?[.:]?$/;
/** First answers are words or short phrases; a sentence is none. @unit words */
const maxWords = 8;

/**
 * A model's own first answers by question id, from JSONL lines of {question, answer}. An answer that is a bare letter, a sentence
 * or nothing cannot stand in a dialogue: it is left out, and the question is used as one without a first answer.
 * @param warn told once how many were left out
 * @throws CandorError (exit 2) naming the line that does not fit
 */
export async function readFirstAnswers(path: string, warn: (message: string) => void): Promise<FirstAnswersOnFile> {
	const byQuestion = new Map<string, FirstAnswerOnFile>();
	const models = new Set<string | undefined>();
	let leftOut = 0;
	for await (const item of readJsonl(path)) {
		const line = isJsonlProblem(item) ? undefined : lineSchema.safeParse(item.value);
		if (line?.success !== true) {
			const detail = isJsonlProblem(item) ? item.problem : "needs the fields question (an id) and answer (text)";
			throw configurationError(`${path}:${item.line}: ${detail}`, 'each line looks like {"question": "42", "answer": "red"}');
		}
		const { question, answer, choices, labels, model } = line.data;
		models.add(model ?? undefined);
		const tidy = answer === null ? undefined : tidyAnswer(answer);
		if (tidy === undefined) {
			if (answer !== null) leftOut++;
			byQuestion.set(String(question), {});
			continue;
		}
		byQuestion.set(String(question), { answer: tidy, ...readShown(choices ?? undefined, labels ?? undefined) });
	}
	if (leftOut > 0) warn(`${path}: ${leftOut} answers are bare letters, sentences or empty, and were left out; give the words of the answer`);
	const [model] = models;
	return { byQuestion, ...(models.size === 1 && model !== undefined ? { model } : {}) };
}

function readShown(choices: readonly string[] | undefined, labels: FirstAnswerOnFile["labels"]): Pick<FirstAnswerOnFile, "choices" | "labels"> {
	if (choices?.length === 0) return { choices };
	return choices === undefined || labels === undefined ? {} : { choices, labels };
}

/** An answer's words without a letter before them or a full stop; nothing for a bare letter, a sentence, or nothing. */
export function tidyAnswer(text: string): string | undefined {
	const trimmed = text.trim();
	if (letterOnly.test(trimmed)) return undefined;
	const words = trimmed
		.replace(letterBefore, "")
		.replace(/[.!]+$/, "")
		.trim();
	return words === "" || words.split(/\s+/).length > maxWords || /[\n<>]/.test(words) ? undefined : words;
}
