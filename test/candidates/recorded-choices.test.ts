import { expect, test } from "vitest";
import type { FirstAnswer } from "../../src/candidates/candidate-options.js";
import { renderAnswer, renderChoices } from "../../src/candidates/render-answer.js";
import { drawFrom, listCandidates, makeQuestion } from "./support.js";

const colors = ["red", "blue", "green", "white", "black", "yellow"];
const questions = Array.from({ length: 120 }, (_, index) => makeQuestion(String(index), colors[index % colors.length] ?? ""));
const twoRound = { scenarios: { misleading: 1, corrective: 1, "both-wrong": 1 }, timings: { "two-round": 1 } } as const;

/** The same answer to every question of a color. */
function drawWith(answerOf: (gold: string) => FirstAnswer, dialoguesPerQuestion = 1) {
	const byQuestion = new Map(questions.map(({ id, answer }) => [id, answerOf(answer)]));
	return drawFrom(questions, { ...twoRound, dialoguesPerQuestion, firstAnswers: { origin: "file", model: "small-vlm", byQuestion } });
}

const other = (gold: string) => colors[(colors.indexOf(gold) + 1) % colors.length] ?? "";
const third = (gold: string) => colors[(colors.indexOf(gold) + 2) % colors.length] ?? "";

test("a question is posed with the choices and letters that the model was shown, in every dialogue", async () => {
	const shown = (gold: string) => [third(gold), gold, "purple", other(gold)];
	const candidates = listCandidates(await drawWith((gold) => ({ answer: other(gold), choices: shown(gold), labels: "1234" }), 2));
	expect(candidates.length).toBeGreaterThan(100);
	for (const { question, options, labels, standing, wrong, turns, firstAnswerOrigin, student } of candidates) {
		expect(options).toEqual(shown(question.answer));
		expect(labels).toBe("1234");
		expect([standing, wrong]).toEqual([other(question.answer), other(question.answer)]);
		expect(turns[0]?.text).toContain(renderChoices(options, "1234"));
		expect(turns[1]?.text).toContain(renderAnswer(other(question.answer), options, "1234"));
		expect([firstAnswerOrigin, student]).toEqual(["file", "small-vlm"]);
	}
});

test("a question that the model met without choices is put without them in every dialogue; its wrong answer stands", async () => {
	const candidates = listCandidates(await drawWith((gold) => ({ answer: other(gold), choices: [] }), 3));
	expect(candidates.length).toBeGreaterThan(100);
	for (const { question, labels, standing } of candidates) expect([labels, standing]).toEqual([undefined, other(question.answer)]);
});

test("where nobody knows what the model was shown, formats are as configured, and its wrong answer is one of the options", async () => {
	const candidates = listCandidates(await drawWith((gold) => ({ answer: other(gold) })));
	expect(new Set(candidates.map(({ labels }) => labels))).toEqual(new Set(["ABCD", "1234", undefined]));
	for (const { question, options, standing } of candidates) {
		expect(standing).toBe(other(question.answer));
		expect(options).toContain(other(question.answer));
	}
});

test("a right answer is contradicted with one of the choices shown", async () => {
	const shown = (gold: string) => [other(gold), gold, third(gold), "purple"];
	const candidates = listCandidates(await drawWith((gold) => ({ answer: gold, choices: shown(gold), labels: "ABCD" })));
	expect(new Set(candidates.map(({ cell }) => cell.scenario))).toEqual(new Set(["misleading"]));
	for (const { question, standing, claim } of candidates) {
		expect(standing).toBe(question.answer);
		expect([other(question.answer), third(question.answer)]).toContain(claim);
	}
});

test("choices without the gold, or without the answer, cannot be repeated, and are counted", async () => {
	const { notDrawn, byCell } = await drawWith((gold) => ({ answer: other(gold), choices: [gold, third(gold)], labels: "ABCD" }));
	expect(byCell.size === 0 || [...byCell.values()].every(({ length }) => length === 0)).toBe(true);
	expect(notDrawn["first-answer-not-a-choice"]).toBeGreaterThan(100);
});
