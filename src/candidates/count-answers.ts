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
	const { gold, own, classKey } = answersOf(question);
	if (gold === "yes" || gold === "no") {
		pool.yesNo[gold]++;
		return;
	}
	pool.golds.set(gold, (pool.golds.get(gold) ?? 0) + 1);
	countSpelling(pool, gold, question.answer);
	for (const [key, text] of own ?? []) countSpelling(pool, key, text);
	let answerClass = pool.classes.get(classKey);
	if (answerClass === undefined) {
		answerClass = { gold, ...(own === undefined ? {} : { own: [...own.keys()].sort() }), fixed: question.choices !== undefined, count: 0 };
		pool.classes.set(classKey, answerClass);
	}
	answerClass.count++;
	let profile = pool.profiles.get(gold);
	if (profile === undefined) {
		profile = new Map();
		pool.profiles.set(gold, profile);
	}
	const opening = openingOf(question.text);
	const known = profile.get(opening);
	if (known !== undefined || profile.size < maxOpenings) profile.set(opening, (known ?? 0) + 1);
}

function countSpelling(pool: PoolCount, key: string, text: string): void {
	let counts = pool.spellings.get(key);
	if (counts === undefined) {
		counts = new Map();
		pool.spellings.set(key, counts);
	}
	counts.set(text, (counts.get(text) ?? 0) + 1);
}

/** The usual spelling of an answer in its pool; nothing where the pool has no such answer. Ties go to small letters. */
export function usualSpelling(pool: PoolCount, key: string): string | undefined {
	let usual: string | undefined;
	let most = 0;
	for (const [text, count] of pool.spellings.get(key) ?? []) {
		if (count < most || (count === most && usual !== undefined && text < usual)) continue;
		usual = text;
		most = count;
	}
	return usual;
}

/** `yes` or `no` for a question that has only these two answers; else nothing. */
export function yesNoForm(question: Question): "yes" | "no" | undefined {
	const gold = normalizeAnswer(question.answer);
	return gold === "yes" || gold === "no" ? gold : undefined;
}

/** A question's answers as they are counted. */
export interface QuestionAnswers {
	/** In normal form. */
	readonly gold: string;
	/** The question's own wrong answers by normal form: its choices without the gold, or its list of wrong answers. */
	readonly own?: ReadonlyMap<string, string>;
	/** Names the class that the question is counted in. */
	readonly classKey: string;
}

export function answersOf(question: Question): QuestionAnswers {
	const gold = normalizeAnswer(question.answer);
	const own = ownWrong(question, gold);
	return own === undefined
		? { gold, classKey: gold }
		: { gold, own, classKey: JSON.stringify([gold, question.choices !== undefined, ...[...own.keys()].sort()]) };
}

function ownWrong({ choices, wrong: listed }: Question, gold: string): Map<string, string> | undefined {
	const wrong = new Map<string, string>();
	for (const text of choices ?? listed ?? []) {
		const key = normalizeAnswer(text);
		if (key !== "" && key !== gold && !wrong.has(key)) wrong.set(key, text);
	}
	return wrong.size === 0 ? undefined : wrong;
}
