import { type AnswerPool, createAnswerPool } from "./answer-pool.js";
import type { AnswerClass, PoolCount } from "./count-answers.js";

/**
 * Pairs golds with wrong answers so that, within a pool, gold g pushed against with w is as frequent as gold w pushed against
 * with g. Then neither the claim nor the standing answer tells who is right.
 */
export interface PairTable {
	/** For each class: how likely each wrong answer is. */
	readonly weights: ReadonlyMap<string, Chances>;
	/** The answers that may be drawn. */
	readonly pool: AnswerPool;
}

/** How likely each answer is, some not at all. What is missing to 1 is the chance that the question is left out. */
export interface Chances {
	readonly keys: readonly string[];
	readonly values: Float64Array;
}

export function chanceOf(chances: Chances | undefined, key: string): number {
	return chances?.values[chances.keys.indexOf(key)] ?? 0;
}

/** Under so many questions in a pool, leaving questions out would cost more than the unevenness that chance leaves anyway. */
const exactFrom = 500;
const rounds = 200;

/**
 * @param maxAnswerShare no gold makes up more than this share of the pool: the surplus is left out
 */
export function pairAnswers(count: PoolCount, maxAnswerShare: number): PairTable {
	const pool = createAnswerPool(count);
	const { flows, byClass } = startFlows(count, pool, capMasses(pool.frequencies, maxAnswerShare));
	restoreMasses(flows);
	const size = pool.keys.length;
	const totals = new Float64Array(size * size);
	for (let round = 0; round < rounds; round++) {
		sumPairs(flows, size, totals);
		evenPairs(flows, size, totals);
		restoreMasses(flows);
	}
	sumPairs(flows, size, totals);
	const chances = toChances(flows, size, totals, count.questions >= exactFrom);
	return { weights: new Map([...byClass].map(([key, flow]) => [key, chances[flow] as Chances])), pool };
}

/** What flows from one gold's questions to each wrong answer. Questions that may be given any answer of the pool are one flow. */
interface Flow {
	/** Where the gold stands in the pool. */
	readonly gold: number;
	readonly keys: readonly string[];
	/** Where each key stands in the pool; -1: not in it. */
	readonly partners: Int32Array;
	readonly amounts: Float64Array;
	/** Questions that there are, and that it should be in all. */
	count: number;
	mass: number;
}

/** How many questions of each gold to keep, so that none is above its share of what is kept: the most frequent are cut to one size. */
function capMasses(frequencies: Float64Array, maxShare: number): Float64Array {
	const sorted = frequencies.toSorted((a, b) => b - a);
	// Of few answers one has to have more: two share in halves.
	const share = Math.max(maxShare, 1 / sorted.length);
	let rest = sorted.reduce((sum, mass) => sum + mass, 0);
	let cap = Number.POSITIVE_INFINITY;
	for (const [cut, mass] of sorted.entries()) {
		// With `cut` golds cut to the cap, the total is the rest and as many caps.
		cap = (share * rest) / (1 - cut * share);
		if (mass <= cap + 1e-9) break;
		rest -= mass;
	}
	return frequencies.map((mass) => Math.min(mass, cap));
}

function startFlows(count: PoolCount, pool: AnswerPool, masses: Float64Array): { flows: Flow[]; byClass: Map<string, number> } {
	const flows: Flow[] = [];
	const byClass = new Map<string, number>();
	const all = Int32Array.from(pool.keys, (_, index) => index);
	/** By gold: the flow of the classes that may be given any answer. */
	const open = new Map<number, number>();
	for (const [key, answerClass] of count.classes) {
		const gold = pool.indexOf(answerClass.gold);
		if (gold < 0) continue;
		const keys = partnersOf(answerClass, pool);
		let index = keys === pool.keys ? open.get(gold) : undefined;
		if (index === undefined) {
			const partners = keys === pool.keys ? all : Int32Array.from(keys, pool.indexOf);
			const amounts = startAmounts(pool, masses, gold, keys, partners);
			if (!amounts.some((amount) => amount > 0)) continue;
			index = flows.push({ gold, keys, partners, amounts, count: 0, mass: 0 }) - 1;
			if (keys === pool.keys) open.set(gold, index);
		}
		const flow = flows[index] as Flow;
		flow.count += answerClass.count;
		flow.mass = (flow.count * at(masses, gold)) / at(pool.frequencies, gold);
		byClass.set(key, index);
	}
	return { flows, byClass };
}

/**
 * The wrong answers of a class. A question's own are known to be false for its picture; they are used where enough of them can be
 * paired evenly, or where the pool is too small to draw from.
 */
function partnersOf({ gold, own, fixed }: AnswerClass, pool: AnswerPool): readonly string[] {
	if (own === undefined) return pool.keys;
	const shared = own.filter((wrong) => pool.indexOf(wrong) >= 0 && pool.plausible(gold, wrong) > 0);
	if (!fixed && shared.length < Math.min(3, own.length) && pool.keys.length >= 4) return pool.keys;
	return shared.length > 0 ? shared : own;
}

function startAmounts(pool: AnswerPool, masses: Float64Array, gold: number, keys: readonly string[], partners: Int32Array): Float64Array {
	const goldKey = pool.keys[gold] ?? "";
	const row = pool.plausibleRow(goldKey);
	return Float64Array.from(partners, (partner, index) => (partner < 0 ? pool.plausible(goldKey, keys[index] ?? "") : at(row, partner) * at(masses, partner)));
}

/** Moves the two directions of every pair to their geometric mean. A pair with one direction only is left as it is. */
function evenPairs(flows: readonly Flow[], size: number, totals: Float64Array): void {
	for (const { gold, partners, amounts } of flows) {
		for (let index = 0; index < amounts.length; index++) {
			const amount = at(amounts, index);
			if (amount === 0) continue;
			const partner = at(partners, index);
			const back = partner < 0 ? 0 : at(totals, partner * size + gold);
			// Without a way back the claim would give the truth away; it fades unless the class has nothing else.
			amounts[index] = amount * (back > 0 ? Math.sqrt(back / at(totals, gold * size + partner)) : 0.5);
		}
	}
}

function restoreMasses(flows: readonly Flow[]): void {
	for (const { amounts, mass } of flows) {
		let sum = 0;
		for (let index = 0; index < amounts.length; index++) sum += at(amounts, index);
		if (sum > 0) for (let index = 0; index < amounts.length; index++) amounts[index] = (at(amounts, index) * mass) / sum;
	}
}

/** Adds up what flows from each gold to each answer of the pool, a row for each gold. */
function sumPairs(flows: readonly Flow[], size: number, totals: Float64Array): void {
	totals.fill(0);
	for (const { gold, partners, amounts } of flows) {
		for (let index = 0; index < amounts.length; index++) {
			const partner = at(partners, index);
			if (partner >= 0) totals[gold * size + partner] = at(totals, gold * size + partner) + at(amounts, index);
		}
	}
}

/**
 * Turns flows into chances. In a large pool what still exceeds its way back is left out, so that the pairing is exact; pairs that
 * have no way back at all (a source's own choices) stay, and the readers report what they give away.
 */
function toChances(flows: readonly Flow[], size: number, totals: Float64Array, exact: boolean): Chances[] {
	return flows.map(({ gold, keys, partners, amounts, count }) => ({
		keys,
		values: amounts.map((amount, index) => {
			const partner = at(partners, index);
			const there = partner < 0 ? 0 : at(totals, gold * size + partner);
			const back = partner < 0 ? 0 : at(totals, partner * size + gold);
			const kept = exact && back > 0 && there > back ? back / there : 1;
			const chance = (amount / count) * kept;
			return chance > 1e-9 ? chance : 0;
		}),
	}));
}

/** An element that is there. */
function at(numbers: Float64Array | Int32Array, index: number): number {
	return numbers[index] as number;
}
