import { expect, test } from "vitest";
import type { FirstAnswer, FirstAnswers } from "../../src/candidates/candidate-options.js";
import { isAskable, judgeAnswer, truthOf } from "../../src/candidates/first-answer-truth.js";
import { defaultOptions, makeQuestion } from "./support.js";

const question = makeQuestion("q", "red", { alsoRight: ["crimson"] });
const options = (answers: readonly [string, FirstAnswer][], change: Partial<FirstAnswers> = {}) => ({
	...defaultOptions,
	firstAnswers: { origin: "file" as const, byQuestion: new Map(answers), ...change },
});

test("an answer is right in any words that mean the gold, if more exactly, or another right answer", () => {
	expect(["red", "Red", "crimson", "dark red", "blue"].map((answer) => judgeAnswer(answer, question))).toEqual(["right", "right", "right", "right", "wrong"]);
});

test("from a file, a question has the truth of its answer, or none; without first answers it has any", () => {
	expect(truthOf(question, defaultOptions)).toBe("any");
	expect(truthOf(question, options([["q", { answer: "red" }]]))).toBe("right");
	expect(truthOf(question, options([["q", { answer: "blue" }]]))).toBe("wrong");
	expect(truthOf(question, options([["q", {}]]))).toBe("none");
	expect(truthOf(question, options([]))).toBe("none");
});

test("of a student, questions that may be asked have an answer or a reason; the others none, whatever it says", () => {
	const asked = { origin: "student" as const, unaskedShare: 0 };
	expect(truthOf(question, options([["q", { answer: "blue" }]], asked))).toBe("wrong");
	expect(truthOf(question, options([["q", {}]], asked))).toEqual({ reason: "first-answer-unparsable" });
	expect(truthOf(question, options([], asked))).toEqual({ reason: "first-answer-missing" });
	expect(truthOf(question, options([["q", { answer: "blue" }]], { ...asked, unaskedShare: 1 }))).toBe("none");
});

test("the share that is kept from the student is that share, and grows by adding", () => {
	const questions = Array.from({ length: 4000 }, (_, index) => makeQuestion(String(index), "red"));
	const [few, many] = [0.2, 0.5].map((share) => new Set(questions.filter((item) => !isAskable(item, 1, share))));
	expect((few?.size ?? 0) / 4000).toBeCloseTo(0.2, 1);
	expect((many?.size ?? 0) / 4000).toBeCloseTo(0.5, 1);
	expect([...(few ?? [])].every((item) => many?.has(item))).toBe(true);
});
