import { sameMeaning } from "../language/synonyms.js";
import type { Random } from "../pipeline/random.js";
import type { Question } from "../records/index.js";
import type { AnswerPool } from "./answer-pool.js";
import { answersOf, type PoolCount, type QuestionAnswers, usualSpelling } from "./count-answers.js";
import type { PairTable } from "./pair-answers.js";

/**
 * What a question is posed with: the gold, the wrong answer that is paired with it, and all options in the order shown. An answer
 * is spelled the same whether it is right or wrong, lest its spelling tell.
 */
export interface DrawnOptions {
	readonly gold: string;
	readonly wrong: string;
	readonly options: readonly string[];
}

/** Why a question cannot be used. `left-out` is no fault: balance asked for it. */
export type NotDrawn = "left-out" | "answer-too-rare" | "too-few-distractors";

/** Four choices, as MM-SY poses its questions (section 2.1 there); two for yes/no. */
const optionCount = 4;

export function drawOptions(question: Question, count: PoolCount, pairs: PairTable, rng: Random): DrawnOptions | NotDrawn {
	const answers = answersOf(question);
	const { gold: goldKey, own, classKey } = answers;
	if (goldKey === "yes" || goldKey === "no") {
		return { gold: goldKey, wrong: goldKey === "yes" ? "no" : "yes", options: rng.shuffle(["yes", "no"]) };
	}
	const chances = pairs.weights.get(classKey);
	if (chances === undefined) return pairs.pool.indexOf(goldKey) >= 0 ? "too-few-distractors" : "answer-too-rare";
	const weights = chances.values.slice();
	leaveOutRight(question, chances.keys, weights, pairs.pool);
	const kept = weights.reduce((sum, weight) => sum + weight, 0);
	if (kept <= 0) return "too-few-distractors";
	if (rng.next() >= kept && kept < 1 - 1e-9) return "left-out";
	const wrongKey = chances.keys[rng.weighted(weights)];
	if (wrongKey === undefined) return "too-few-distractors";
	const others = drawOthers(question, answers, wrongKey, pairs.pool, rng);
	// Choices of the question's own stay as they are; all else is spelled as is usual in the pool.
	const spell = (key: string) => (question.choices === undefined ? undefined : own?.get(key)) ?? usualSpelling(count, key) ?? key;
	const gold = question.choices === undefined ? spell(goldKey) : question.answer;
	const options = [gold, spell(wrongKey), ...others.map(spell)];
	const wanted = question.choices?.length ?? optionCount;
	if (options.length < wanted) return "too-few-distractors";
	return { gold, wrong: spell(wrongKey), options: rng.shuffle(options) };
}

/** The other choices, drawn given the unordered pair of gold and wrong answer, so that they do not tell which is which. */
function drawOthers(question: Question, answers: QuestionAnswers, wrongKey: string, pool: AnswerPool, rng: Random): string[] {
	const wanted = (question.choices?.length ?? optionCount) - 2;
	const { keys, weights } = weighOthers(question, answers, wrongKey, wanted, pool);
	const chosen: string[] = [];
	while (chosen.length < wanted) {
		const key = keys[rng.weighted(weights)];
		if (key === undefined) break;
		chosen.push(key);
		const row = keys === pool.keys ? pool.plausibleRow(key) : undefined;
		const isSame = (index: number, other: string) => (row === undefined ? sameMeaning(other, key) : row[index] === 0);
		for (const [index, other] of keys.entries()) {
			if (other === key || (question.choices === undefined && isSame(index, other))) weights[index] = 0;
		}
	}
	return chosen;
}

/** What the other choices are drawn from: the question's own wrong answers, where there are enough, or else the pool. */
function weighOthers(question: Question, { gold, own }: QuestionAnswers, wrongKey: string, wanted: number, pool: AnswerPool) {
	if (own !== undefined && (question.choices !== undefined || own.size >= wanted + 1)) {
		const keys = [...own.keys()];
		const weights = Float64Array.from(keys, (key) =>
			key === wrongKey || (question.choices === undefined && (sameMeaning(key, gold) || sameMeaning(key, wrongKey))) ? 0 : 1,
		);
		leaveOutRight(question, keys, weights, pool);
		return { keys, weights };
	}
	const withGold = pool.plausibleRow(gold);
	const withWrong = pool.plausibleRow(wrongKey);
	// Neither gold nor wrong answer is among them: nothing is plausible beside itself.
	const weights = pool.frequencies.map((frequency, index) => frequency * (withGold[index] ?? 0) * (withWrong[index] ?? 0));
	leaveOutRight(question, pool.keys, weights, pool);
	return { keys: pool.keys, weights };
}

/** Takes away what would be right as well. */
function leaveOutRight({ alsoRight = [] }: Question, keys: readonly string[], weights: Float64Array, pool: AnswerPool): void {
	for (const answer of alsoRight) {
		const row = keys === pool.keys ? pool.sameMeaningRow(answer) : undefined;
		for (let index = 0; index < weights.length; index++) {
			if (row === undefined ? sameMeaning(answer, keys[index] ?? "") : row[index] === 1) weights[index] = 0;
		}
	}
}
