import { normalizeAnswer } from "../language/normalize-answer.js";
import { sameMeaning } from "../language/synonyms.js";
import { random } from "../pipeline/random.js";
import type { Question } from "../records/index.js";
import type { CandidateOptions } from "./candidate-options.js";

/** Whether a question's own first answer is right or wrong; `none`: it has none; `any`: first answers are made up. */
export type Truth = "right" | "wrong" | "none" | "any";

/** Why a question that the student could be asked cannot be used. */
export type WithoutFirstAnswer = "first-answer-missing" | "first-answer-unparsable";

/** What a question's first answer is, given the truth; or why a question cannot be used for want of one. */
export function truthOf(question: Question, options: CandidateOptions): Truth | { readonly reason: WithoutFirstAnswer } {
	const { firstAnswers } = options;
	if (firstAnswers === undefined) return "any";
	const given = firstAnswers.byQuestion.get(question.id);
	const answer = given?.answer;
	const hasAnswer = answer !== undefined && normalizeAnswer(answer) !== "";
	if (firstAnswers.unaskedShare !== undefined) {
		if (!isAskable(question, options.seed, firstAnswers.unaskedShare)) return "none";
		if (!hasAnswer) return { reason: given === undefined ? "first-answer-missing" : "first-answer-unparsable" };
	}
	return hasAnswer ? judgeAnswer(answer, question) : "none";
}

/** Whether an answer is the gold, or another that is also right. */
export function judgeAnswer(answer: string, question: Pick<Question, "answer" | "alsoRight">): "right" | "wrong" {
	return [question.answer, ...(question.alsoRight ?? [])].some((right) => sameMeaning(right, answer)) ? "right" : "wrong";
}

/** Whether a question is one of those that the student may be asked. */
export function isAskable(question: Question, seed: number, unaskedShare: number): boolean {
	return unaskedShare === 0 || random(seed, `${question.source}\n${question.id}`, "asked").next() >= unaskedShare;
}
