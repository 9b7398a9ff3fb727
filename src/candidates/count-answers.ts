import { normalizeAnswer } from "../language/normalize-answer.js";
import type { Question } from "../records/index.js";
import { openingOf } from "./plausibility.js";

/** Questions of one task that are alike for pairing: the same gold, and the same wrong answers to choose from. */
export interface AnswerClass {
	readonly gold: string;
	/** The question's own wrong answers, where it brings them; absent: any answer of the task may be used. */
	readonly own?: readonly string[];
	/** The question shows its own choices, so that nothing else may be drawn. */
	readonly fixed: boolean;
	count: number;
}

/** What a pool's questions are answered with. Most tasks are one pool; see {@link Question.pool}. */
export interface PoolCount {
	readonly task: string;
	questions: number;
	/** Questions by gold, for questions that are not yes/no. */
	readonly golds: Map<string, number>;
	readonly yesNo: { yes: number; no: number };
	readonly classes: Map<string, AnswerClass>;
	readonly profiles: Map<string, Map<string, number>>;
	/** How each answer is spelled in the pool, and how often, by its normal form. */
	readonly spellings: Map<string, Map<string, number>>;
}

/** Openings kept for each answer: enough to tell kinds apart, and a bound on memory. */
const maxOpenings = 64;

/** The first of the two passes over a source: counts answers by pool. Memory grows with distinct answers, not questions. */
export async function countAnswers(questions: AsyncIterable<Question>): Promise<Map<string, PoolCount>> {
	const pools = new Map<string, PoolCount>();
	for await (const question of questions) {
		const key = poolKeyOf(question);
		let pool = pools.get(key);
		if (pool === undefined) {
			pool = { task: question.task, questions: 0, golds: new Map(), yesNo: { yes: 0, no: 0 }, classes: new Map(), profiles: new Map(), spellings: new Map() };
			pools.set(key, pool);
		}
		countQuestion(pool, question);
	}
	return pools;
}

/** Names the pool that a question's answers are drawn from. */
export function poolKeyOf({ task, pool }: Pick<Question, "task" | "pool">): string {
	return pool === undefined ? task : JSON.stringify([task, pool]);
}

function countQuestion(pool: PoolCount, question: Question): void {
	pool.questions++;
	const form = yesNoForm(question);
	if (form !== undefined) {
		pool.yesNo[form]++;
		return;
	}
	const gold = normalizeAnswer(question.answer);
	pool.golds.set(gold, (pool.golds.get(gold) ?? 0) + 1);
	countSpelling(pool, gold, question.answer);
	const own = ownWrong(question);
	for (const [key, text] of own ?? []) countSpelling(pool, key, text);
	const ownKeys = own === undefined ? undefined : [...own.keys()].sort();
	const key = classKeyOf(question);
	const fixed = question.choices !== undefined;
	const answerClass = pool.classes.get(key) ?? { gold, ...(ownKeys === undefined ? {} : { own: ownKeys }), fixed, count: 0 };
	answerClass.count++;
	pool.classes.set(key, answerClass);
	const profile = pool.profiles.get(gold) ?? new Map<string, number>();
	pool.profiles.set(gold, profile);
	const opening = openingOf(question.text);
	if (profile.has(opening) || profile.size < maxOpenings) profile.set(opening, (profile.get(opening) ?? 0) + 1);
}

function countSpelling(pool: PoolCount, key: string, text: string): void {
	const counts = pool.spellings.get(key) ?? new Map<string, number>();
	pool.spellings.set(key, counts);
	counts.set(text, (counts.get(text) ?? 0) + 1);
}

/** The usual spelling of an answer in its pool; nothing where the pool has no such answer. Ties go to small letters. */
export function usualSpelling(pool: PoolCount, key: string): string | undefined {
	const [usual] = [...(pool.spellings.get(key) ?? [])].sort(([a, countA], [b, countB]) => countB - countA || (a > b ? -1 : 1));
	return usual?.[0];
}

/** The question's own wrong answers by normal form: its choices without the gold, or its list of wrong answers. */
export function ownWrong(question: Question): Map<string, string> | undefined {
	const listed = question.choices ?? question.wrong;
	if (listed === undefined) return undefined;
	const gold = normalizeAnswer(question.answer);
	const wrong = new Map<string, string>();
	for (const text of listed) {
		const key = normalizeAnswer(text);
		if (key !== "" && key !== gold && !wrong.has(key)) wrong.set(key, text);
	}
	return wrong.size === 0 ? undefined : wrong;
}

/** `yes` or `no` for a question that has only these two answers; else nothing. */
export function yesNoForm(question: Question): "yes" | "no" | undefined {
	const gold = normalizeAnswer(question.answer);
	return gold === "yes" || gold === "no" ? gold : undefined;
}

/** Names the class that a question is counted in. */
export function classKeyOf(question: Question): string {
	const gold = normalizeAnswer(question.answer);
	const own = ownWrong(question);
	if (own === undefined) return gold;
	return JSON.stringify([gold, question.choices !== undefined, ...[...own.keys()].sort()]);
}
