import { normalizeAnswer } from "../language/normalize-answer.js";
import { sameMeaning } from "../language/synonyms.js";
import type { Random } from "../pipeline/random.js";
import type { Question } from "../records/index.js";
import { classKeyOf, ownWrong, type PoolCount, usualSpelling, yesNoForm } from "./count-answers.js";
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
	const form = yesNoForm(question);
	if (form !== undefined) {
		return { gold: form, wrong: form === "yes" ? "no" : "yes", options: rng.shuffle(["yes", "no"]) };
	}
	const chances = pairs.weights.get(classKeyOf(question));
	if (chances === undefined) {
		return pairs.pool.has(normalizeAnswer(question.answer)) ? "too-few-distractors" : "answer-too-rare";
	}
	const own = ownWrong(question);
	const names = [...chances.keys()].filter((key) => !isAlsoRight(question, key));
	const weights = names.map((key) => chances.get(key) ?? 0);
	const kept = weights.reduce((sum, weight) => sum + weight, 0);
	if (kept <= 0) return "too-few-distractors";
	if (rng.next() >= kept && kept < 1 - 1e-9) return "left-out";
	const wrongKey = names[rng.weighted(weights)];
	if (wrongKey === undefined) return "too-few-distractors";
	const others = drawOthers(question, wrongKey, own, pairs, rng);
	// Choices of the question's own stay as they are; all else is spelled as is usual in the pool.
	const spell = (key: string) => (question.choices === undefined ? undefined : own?.get(key)) ?? usualSpelling(count, key) ?? key;
	const gold = question.choices === undefined ? spell(normalizeAnswer(question.answer)) : question.answer;
	const options = [gold, spell(wrongKey), ...others.map(spell)];
	const wanted = question.choices?.length ?? optionCount;
	if (options.length < wanted) return "too-few-distractors";
	return { gold, wrong: spell(wrongKey), options: rng.shuffle(options) };
}

/** The other choices, drawn given the unordered pair of gold and wrong answer, so that they do not tell which is which. */
function drawOthers(question: Question, wrongKey: string, own: ReadonlyMap<string, string> | undefined, pairs: PairTable, rng: Random): string[] {
	const gold = normalizeAnswer(question.answer);
	const wanted = (question.choices?.length ?? optionCount) - 2;
	const chosen: string[] = [];
	const fromOwn = own !== undefined && (question.choices !== undefined || own.size >= wanted + 1);
	const keys = (fromOwn ? [...own.keys()] : [...pairs.pool.keys()]).filter((key) => key !== gold && key !== wrongKey && !isAlsoRight(question, key));
	const weights = keys.map((key) => {
		if (question.choices !== undefined) return 1;
		if (fromOwn) return sameMeaning(key, gold) || sameMeaning(key, wrongKey) ? 0 : 1;
		return (pairs.pool.get(key) ?? 0) * pairs.plausible(key, gold) * pairs.plausible(key, wrongKey);
	});
	while (chosen.length < wanted) {
		const key = keys[rng.weighted(weights)];
		if (key === undefined) break;
		chosen.push(key);
		for (const [index, other] of keys.entries()) {
			if (other === key || (question.choices === undefined && (weights[index] ?? 0) > 0 && sameMeaning(other, key))) weights[index] = 0;
		}
	}
	return chosen;
}

function isAlsoRight(question: Question, key: string): boolean {
	return (question.alsoRight ?? []).some((answer) => sameMeaning(answer, key));
}
