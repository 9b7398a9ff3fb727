import type { PoolCount } from "./count-answers.js";
import { plausibility } from "./plausibility.js";

/**
 * Pairs golds with wrong answers so that, within a pool, gold g pushed against with w is as frequent as gold w pushed against
 * with g. Then neither the claim nor the standing answer tells who is right.
 */
export interface PairTable {
	/** For each class: how likely each wrong answer is. What is missing to 1 is the chance that the question is left out. */
	readonly weights: ReadonlyMap<string, ReadonlyMap<string, number>>;
	/** How likely two answers are to stand beside each other among the choices; 0 for the same meaning. */
	readonly plausible: (a: string, b: string) => number;
	/** The answers that may be drawn, with their frequency. */
	readonly pool: ReadonlyMap<string, number>;
}

/** The most frequent answers of a pool take part; the rest cannot be paired evenly. Bounds the work: pairs grow by its square. */
const poolLimit = 400;
/** Under so many questions in a pool, leaving questions out would cost more than the unevenness that chance leaves anyway. */
const exactFrom = 500;
const rounds = 200;

/**
 * @param maxAnswerShare no gold makes up more than this share of the pool: the surplus is left out
 */
export function pairAnswers(count: PoolCount, maxAnswerShare: number): PairTable {
	const pool = limitPool(count.golds);
	const plausible = memoizePlausibility(count);
	const masses = capMasses(pool, maxAnswerShare);
	const flows = startFlows(count, pool, masses, plausible);
	for (let round = 0; round < rounds; round++) {
		evenPairs(flows);
		restoreMasses(flows);
	}
	return { weights: toWeights(flows, count.questions >= exactFrom), plausible, pool };
}

/** What flows from one class of questions to each wrong answer. `mass` is how many questions it should be in all. */
interface Flow {
	readonly key: string;
	readonly gold: string;
	readonly count: number;
	readonly mass: number;
	readonly to: Map<string, number>;
}

function limitPool(pool: ReadonlyMap<string, number>): Map<string, number> {
	const byFrequency = [...pool].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
	return new Map(byFrequency.slice(0, poolLimit));
}

function memoizePlausibility(count: PoolCount): (a: string, b: string) => number {
	const known = new Map<string, Map<string, number>>();
	const none = new Map<string, number>();
	return (a, b) => {
		const [first, second] = a < b ? [a, b] : [b, a];
		let row = known.get(first);
		if (row === undefined) {
			row = new Map();
			known.set(first, row);
		}
		let value = row.get(second);
		if (value === undefined) {
			value = plausibility(first, second, count.profiles.get(first) ?? none, count.profiles.get(second) ?? none);
			row.set(second, value);
		}
		return value;
	};
}

/** How many questions of each gold to keep, so that none is above its share of what is kept: the most frequent are cut to one size. */
function capMasses(pool: ReadonlyMap<string, number>, maxShare: number): Map<string, number> {
	const sorted = [...pool.values()].sort((a, b) => b - a);
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
	return new Map([...pool].map(([gold, mass]) => [gold, Math.min(mass, cap)]));
}

function startFlows(
	count: PoolCount,
	pool: ReadonlyMap<string, number>,
	masses: ReadonlyMap<string, number>,
	plausible: (a: string, b: string) => number,
): Flow[] {
	const flows: Flow[] = [];
	for (const [key, answerClass] of count.classes) {
		const inPool = pool.get(answerClass.gold);
		if (inPool === undefined) continue;
		const shared = answerClass.own?.filter((wrong) => pool.has(wrong) && plausible(answerClass.gold, wrong) > 0);
		// A question's own wrong answers are known to be false for its picture; they are used where enough of them can be
		// paired evenly, or where the pool is too small to draw from.
		const partners =
			answerClass.own === undefined || (!answerClass.fixed && (shared?.length ?? 0) < Math.min(3, answerClass.own.length) && pool.size >= 4)
				? [...pool.keys()]
				: shared !== undefined && shared.length > 0
					? shared
					: answerClass.own;
		const to = new Map<string, number>();
		for (const partner of partners) {
			const weight = plausible(answerClass.gold, partner) * (masses.get(partner) ?? 1);
			if (weight > 0) to.set(partner, weight);
		}
		const mass = (answerClass.count * (masses.get(answerClass.gold) ?? 0)) / inPool;
		if (to.size > 0 && mass > 0) flows.push({ key, gold: answerClass.gold, count: answerClass.count, mass, to });
	}
	restoreMasses(flows);
	return flows;
}

/** Moves the two directions of every pair to their geometric mean. A pair with one direction only is left as it is. */
function evenPairs(flows: readonly Flow[]): void {
	const totals = pairTotals(flows);
	for (const flow of flows) {
		for (const [wrong, amount] of flow.to) {
			const there = totals.get(flow.gold)?.get(wrong) ?? 0;
			const back = totals.get(wrong)?.get(flow.gold) ?? 0;
			if (there > 0 && back > 0) flow.to.set(wrong, amount * Math.sqrt(back / there));
			// Without a way back the claim would give the truth away; it fades unless the class has nothing else.
			else if (there > 0) flow.to.set(wrong, amount * 0.5);
		}
	}
}

function restoreMasses(flows: readonly Flow[]): void {
	for (const flow of flows) {
		let sum = 0;
		for (const amount of flow.to.values()) sum += amount;
		if (sum > 0) for (const [wrong, amount] of flow.to) flow.to.set(wrong, (amount * flow.mass) / sum);
	}
}

function pairTotals(flows: readonly Flow[]): Map<string, Map<string, number>> {
	const totals = new Map<string, Map<string, number>>();
	for (const flow of flows) {
		const row = totals.get(flow.gold) ?? new Map<string, number>();
		totals.set(flow.gold, row);
		for (const [wrong, amount] of flow.to) row.set(wrong, (row.get(wrong) ?? 0) + amount);
	}
	return totals;
}

/**
 * Turns flows into chances. In a large pool what still exceeds its way back is left out, so that the pairing is exact; pairs that
 * have no way back at all (a source's own choices) stay, and the readers report what they give away.
 */
function toWeights(flows: readonly Flow[], exact: boolean): Map<string, Map<string, number>> {
	const totals = pairTotals(flows);
	const weights = new Map<string, Map<string, number>>();
	for (const flow of flows) {
		const chances = new Map<string, number>();
		for (const [wrong, amount] of flow.to) {
			const there = totals.get(flow.gold)?.get(wrong) ?? 0;
			const back = totals.get(wrong)?.get(flow.gold) ?? 0;
			const kept = exact && back > 0 && there > back ? back / there : 1;
			const chance = (amount / flow.count) * kept;
			if (chance > 1e-9) chances.set(wrong, chance);
		}
		weights.set(flow.key, chances);
	}
	return weights;
}
