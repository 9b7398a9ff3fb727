import { z } from "zod";
import { configurationError } from "../records/index.js";
import { isJsonlProblem, readJsonl } from "../shards/index.js";

const lineSchema = z.object({ question: z.union([z.string(), z.number()]), answer: z.string() });

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
export async function readFirstAnswers(path: string, warn: (message: string) => void): Promise<Map<string, string>> {
	const answers = new Map<string, string>();
	let leftOut = 0;
	for await (const item of readJsonl(path)) {
		const line = isJsonlProblem(item) ? undefined : lineSchema.safeParse(item.value);
		if (line?.success !== true) {
			const detail = isJsonlProblem(item) ? item.problem : "needs the fields question (an id) and answer (text)";
			throw configurationError(`${path}:${item.line}: ${detail}`, 'each line looks like {"question": "42", "answer": "red"}');
		}
		const answer = tidyAnswer(line.data.answer);
		if (answer === undefined) leftOut++;
		else answers.set(String(line.data.question), answer);
	}
	if (leftOut > 0) warn(`${path}: ${leftOut} answers are bare letters, sentences or empty, and were left out; give the words of the answer`);
	return answers;
}

function tidyAnswer(text: string): string | undefined {
	const trimmed = text.trim();
	if (letterOnly.test(trimmed)) return undefined;
	const words = trimmed
		.replace(letterBefore, "")
		.replace(/[.!]+$/, "")
		.trim();
	return words === "" || words.split(/\s+/).length > maxWords || /[\n<>]/.test(words) ? undefined : words;
}
