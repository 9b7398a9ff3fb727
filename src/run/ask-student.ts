import { yesNoForm } from "../candidates/count-answers.js";
import { judgeAnswer } from "../candidates/first-answer-truth.js";
import type { Config } from "../config/index.js";
import { normalizeAnswer } from "../language/index.js";
import type { Prompt } from "../pipeline/load-prompt.js";
import { random } from "../pipeline/random.js";
import type { Candidate, ImageRef } from "../records/index.js";
import { tidyAnswer } from "../sources/first-answers.js";
import { readOption } from "../stages/converse.js";
import { replyProblem, stripThinking, type Teacher } from "../teacher/index.js";

/** What the student answered to a bare question. */
export interface StudentAnswer {
	/** In words; absent: what it said is no answer. */
	readonly answer?: string;
	readonly truth: "right" | "wrong" | "unparsable";
	/** As it came; absent where none came. */
	readonly reply?: string;
}

/** An open-ended wrong answer has to stand in a dialogue as a claim does. @unit words */
const maxWrongWords = 3;
/** What says that there is no answer, or two. */
const hedge = /\b(?:i|not|cannot|can['’]?t|don['’]?t|isn['’]?t|sorry|unsure|unclear|unknown|uncertain|maybe|perhaps|or|n\/a)\b/i;

/**
 * Asks the student a candidate's bare question: its first turn, as the dialogue will put it.
 * @throws CandorError (exit 4) for an outage
 */
export async function askStudent(
	candidate: Candidate,
	image: ImageRef,
	tools: {
		readonly student: Teacher;
		readonly settings: NonNullable<Config["student"]>;
		readonly prompt: Prompt;
		readonly seed: number;
		readonly signal: AbortSignal;
	},
): Promise<StudentAnswer> {
	const { settings } = tools;
	const answer = await tools.student.ask(
		{
			model: settings.model,
			messages: [
				{ role: "system", content: [{ type: "text", text: tools.prompt.render("system", {}) }] },
				{
					role: "user",
					content: [
						{ type: "image", image },
						{ type: "text", text: candidate.turns[0]?.text ?? "" },
					],
				},
			],
			sampling: {
				temperature: settings.temperature,
				maxOutputTokens: settings.maxOutputTokens,
				seed: random(tools.seed, "first-answer", "attempt 1").below(2_147_483_647),
			},
			attempt: 1,
			about: { pipeline: "first-answers", stage: "first-answer", candidate },
			priority: 0,
		},
		tools.signal,
	);
	if (answer.type === "failure") return { truth: "unparsable" };
	const reply = answer.text;
	if (replyProblem(answer) !== undefined) return { truth: "unparsable", reply };
	const words = candidate.labels === undefined ? readWords(reply, candidate) : readOption(reply, candidate.options, candidate.labels);
	if (words === undefined) return { truth: "unparsable", reply };
	return { answer: words, truth: judgeAnswer(words, candidate.question), reply };
}

/** An open-ended answer in a few words, without an article; a longer one only where it is the gold in other words. */
function readWords(reply: string, { question, options }: Candidate): string | undefined {
	const words = tidyAnswer(stripThinking(reply))?.replace(/^(?:an?|the)\s+(?=\S)/i, "");
	if (words === undefined) return undefined;
	// Yes or no, or the question's own choices: nothing else can stand as an answer.
	if (question.choices !== undefined || yesNoForm(question) !== undefined) return readOption(words, options, undefined);
	// "red or blue" is no answer, though one of the two is right; a gold may have such a word in it.
	if (hedge.test(words) && normalizeAnswer(words) !== normalizeAnswer(question.answer)) return undefined;
	if (judgeAnswer(words, question) === "right") return words;
	// Capitals of names and abbreviations stay.
	return words.split(/\s+/).length > maxWrongWords ? undefined : words.replace(/^[A-Z](?=[a-z]+(?:\s|$))/, (letter) => letter.toLowerCase());
}
