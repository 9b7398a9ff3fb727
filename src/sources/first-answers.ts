import { configurationError } from "../records/index.js";
import { isJsonlProblem, readJsonl } from "../shards/index.js";
import { z } from "zod";

const lineSchema = z.object({ question: z.union([z.string(), z.number()]), answer: z.string() });

/**
 * A model's own first answers by question id, from JSONL lines of {question, answer}.
 * @throws CandorError (exit 2) naming the line that does not fit
 */
export async function readFirstAnswers(path: string): Promise<Map<string, string>> {
	const answers = new Map<string, string>();
	for await (const item of readJsonl(path)) {
		const line = isJsonlProblem(item) ? undefined : lineSchema.safeParse(item.value);
		if (line?.success !== true) {
			const detail = isJsonlProblem(item) ? item.problem : "needs the fields question (an id) and answer (text)";
			throw configurationError(`${path}:${item.line}: ${detail}`, 'each line looks like {"question": "42", "answer": "red"}');
		}
		answers.set(String(line.data.question), line.data.answer.trim().replace(/[.!]+$/, ""));
	}
	return answers;
}
