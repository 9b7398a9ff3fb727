import { normalizeAnswer } from "../language/normalize-answer.js";
import { sameMeaning } from "../language/synonyms.js";
import { type Random, random } from "../pipeline/random.js";
import type { Labels, Question } from "../records/index.js";
import type { CandidateOptions, FirstAnswer } from "./candidate-options.js";
import { answersOf, type PoolCount, usualSpelling, yesNoForm } from "./count-answers.js";
import { type DrawnOptions, drawOptions } from "./draw-options.js";
import { judgeAnswer } from "./first-answer-truth.js";
import { chanceOf, type PairTable } from "./pair-answers.js";

/** A question with its options, and the letters before them; without letters it is open-ended, and none are shown. */
export interface PosedQuestion extends DrawnOptions {
	readonly labels: Labels | undefined;
}

/** What questions of one pool are posed with. */
export interface Pool {
	readonly count: PoolCount;
	readonly pairs: PairTable;
}

/**
 * Draws a question's options and letters, which follow from the group alone.
 * @returns why the question cannot be posed, where it cannot
 */
export function poseQuestion(question: Question, group: string, pool: Pool, options: CandidateOptions): PosedQuestion | string {
	const rng = random(options.seed, group, "options");
	const drawn = drawOptions(question, pool.count, pool.pairs, rng);
	if (typeof drawn === "string") return drawn;
	const given = options.firstAnswers?.byQuestion.get(question.id);
	const labels = given?.choices?.length === 0 ? undefined : drawLabels(group, question.task, options);
	if (given?.answer === undefined) return { ...drawn, labels };
	if (given.choices !== undefined && given.choices.length > 0) return repeatChoices(question, given, pool, rng);
	const withOwn = withOwnWrong(question, given.answer, drawn, pool);
	return typeof withOwn === "string" ? withOwn : { ...withOwn, labels };
}

/** Poses the question as the model met it that gave the first answer. */
function repeatChoices(question: Question, given: FirstAnswer, { pairs }: Pool, rng: Random): PosedQuestion | string {
	const choices = given.choices ?? [];
	const gold = choices.find((choice) => sameMeaning(choice, question.answer));
	const own = choices.find((choice) => given.answer !== undefined && sameMeaning(choice, given.answer));
	if (gold === undefined || own === undefined) return "first-answer-not-a-choice";
	const others = choices.filter((choice) => choice !== gold && judgeAnswer(choice, question) === "wrong");
	const chances = pairs.weights.get(answersOf(question).classKey);
	const drawn = others[rng.weighted(others.map((choice) => chanceOf(chances, normalizeAnswer(choice))))];
	const wrong = own === gold ? (drawn ?? others[0]) : own;
	return wrong === undefined ? "too-few-distractors" : { gold, wrong, options: choices, labels: given.labels };
}

/** The model's own wrong answer takes the place of the one that was drawn. */
function withOwnWrong(question: Question, answer: string, drawn: DrawnOptions, { count }: Pool): DrawnOptions | string {
	if (judgeAnswer(answer, question) === "right") return drawn;
	const same = drawn.options.find((option) => sameMeaning(option, answer));
	if (same !== undefined) return { ...drawn, wrong: same };
	if (question.choices !== undefined || yesNoForm(question) !== undefined) return "first-answer-not-a-choice";
	const wrong = usualSpelling(count, normalizeAnswer(answer)) ?? answer;
	return { ...drawn, wrong, options: drawn.options.map((option) => (option === drawn.wrong ? wrong : option)) };
}

/** Lettered or open-ended, independent of all else. Counting uses letters: numbered numbers would confuse anyone. */
function drawLabels(group: string, task: string, options: CandidateOptions): Labels | undefined {
	const { ABCD = 0, "1234": numbered = 0, "open-ended": open = 0 } = options.formats;
	const index = random(options.seed, group, "labels").weighted(task === "counting" ? [ABCD + numbered, 0, open] : [ABCD, numbered, open]);
	return index === 0 ? "ABCD" : index === 1 ? "1234" : undefined;
}
