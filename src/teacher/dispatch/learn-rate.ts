import { createTokenBucket, type TokenBucket } from "./token-bucket.js";

/**
 * The rate at which a server lets one quantity through, found out without being told. Until the first sign of scarcity there is
 * none. From then on requests are paced: where responses say how much is left, so that a small stock stays (an empty one means
 * refusals, a full one waste); otherwise by the refusals alone. Several processes with one limit share it, since each gives way as the stock that
 * all see goes down.
 */
export interface LearnedRate {
	/** When the next request may go. @unit milliseconds */
	opensAtMs(nowMs: number): number;
	take(units: number, nowMs: number): void;
	/** A response said what is left. `flyingUnits`: of requests that may not be counted in that yet. */
	observeRemaining(
		sample: { remaining: number; limit?: number; fullInMs?: number; wasLetIn: boolean },
		flyingUnits: number,
		latencyMs: number,
		nowMs: number,
	): void;
	/** The first refusal of a burst; `units` is what the burst's first refused request would have drawn. */
	observeRefusal(units: number, nowMs: number): void;
	/** A refused request that was counted as sent. */
	uncount(units: number): void;
	/** How near the stock is to nothing, from 0 to 1; undefined where no response tells. */
	scarcity(nowMs: number): number | undefined;
	/** @unit units per millisecond; undefined: not paced */
	readonly perMs: number | undefined;
}

/** What is left counts as scarce below this share of the most that was ever left. */
const scarceShare = 0.25;
/** The stock that is steered for: this share of the most that was ever left, but no more than so long a time's worth. */
const targetShare = 0.15;
const targetMs = 250;
/** Samples are taken together over so long. @unit milliseconds */
const stepMs = 100;
const maxStepMs = 10_000;
/** The gain is the lower the later what we do shows; this leaves room for a dozen processes on one limit. */
const slowness = 8;
const minDelayMs = 250;
/**
 * How fast the stock fills for us, others' use taken off, is measured over so long: what it grew by, and what we drew. Where the rate is far
 * off that, it goes there, if no further than twofold at a time: others may be on their way, too.
 */
const windowLatencies = 3;
const minWindowMs = 1000;
const farOff = 1.3;
const wasteShare = 0.8;
const leap = 2;
/** Once the rate is known, a full stock is used up by no more than so many times that: other programs see it, too. */
const settledFactor = 1.5;
/** What may go at once although it should have gone one after another: timers are late. @unit milliseconds */
const latenessMs = 50;
/** Without news of what is left for so long, refusals are all that is known. @unit milliseconds */
const newsMs = 30_000;
/**
 * Without news, a cut goes this share below the rate that was measured, and the rate is back at it after a hundred requests: slower the
 * nearer it comes, and then ever faster (the curve of CUBIC, RFC 9438).
 */
const cutShare = 0.05;
const growthShare = 0.2;
const requestsToReturn = 100;
const minReturnMs = 5_000;
const maxReturnMs = 150_000;

export function createLearnedRate(startMs: number): LearnedRate {
	let bucket: TokenBucket | undefined;
	/** The rate without what corrects the stock. @unit units per millisecond */
	let base = 0;
	let isBound = false;
	/** Whether the stock was ever down at the target: until then the rate may be far too low. */
	let hasSettled = false;
	/** How long requests were held back since the last cut. @unit milliseconds */
	let heldMs = 0;
	let typicalUnits = 1;
	let largest = 0;
	let stock: { remaining: number; atMs: number } | undefined;
	let samples: number[] = [];
	/** Since when it is measured how fast the stock fills, and what our requests drew from it since. */
	let mark: { remaining: number; least: number; atMs: number } | undefined;
	let drawn = 0;
	let updatedAtMs = startMs;
	/** Since the limit was last hit, or since the first request. */
	let cycle: { startMs: number; accepted: number } | undefined;

	/** A program that asked nothing would learn nothing: one request in five seconds, or a small share of what is filled in a minute. */
	const floor = () => Math.min(typicalUnits / 5000, Math.max(largest, typicalUnits) / 1_200_000);

	function begin(perMs: number, nowMs: number): void {
		base = Math.max(perMs, floor());
		bucket = createTokenBucket(base, latenessMs, nowMs);
		updatedAtMs = nowMs;
		samples = [];
	}

	/** Proportional and integral control of the stock, slow enough for the delay after which it shows. */
	function steer(remaining: number, latencyMs: number, nowMs: number): void {
		if (bucket === undefined) return;
		const elapsedMs = Math.min(maxStepMs, nowMs - updatedAtMs);
		const target = Math.min(targetShare * largest, Math.max(3 * typicalUnits, base * targetMs));
		const surplus = remaining - target;
		const slownessMs = slowness * Math.max(minDelayMs, latencyMs);
		if (surplus < 0) {
			hasSettled = true;
			// In proportion, while all grow alike: so that programs with one limit come to equal shares of it.
			base *= Math.max(0.5, 1 + (elapsedMs * surplus) / (target * slowness * slownessMs));
		} else if (isBound) {
			// A rate that holds nobody back has nothing to learn from a stock that is full.
			base += (elapsedMs * surplus) / (4 * slownessMs ** 2);
		}
		measure(remaining, surplus, isBound, latencyMs, nowMs);
		base = Math.max(base, floor());
		const most = hasSettled ? settledFactor * base : Number.POSITIVE_INFINITY;
		bucket.perMs = Math.max(base / 10, floor(), Math.min(most, base + surplus / slownessMs));
		isBound = false;
		updatedAtMs = nowMs;
		samples = [];
	}

	/** Leaps towards the rate that was measured, where it is far off. */
	function measure(remaining: number, surplus: number, wasBound: boolean, latencyMs: number, nowMs: number): void {
		mark ??= { remaining, least: remaining, atMs: nowMs };
		mark.least = Math.min(mark.least, remaining);
		if (nowMs - mark.atMs < Math.max(minWindowMs, windowLatencies * latencyMs)) return;
		const measured = (remaining - mark.remaining + drawn) / (nowMs - mark.atMs);
		if (surplus > 0 && measured > farOff * base) base = Math.min(measured / farOff, leap * base);
		if (surplus < 0 && measured < base / farOff) base = Math.max(measured, base / leap);
		// A stock that is always full does not show what it is not filled with.
		if (mark.least > wasteShare * largest && wasBound) base *= leap;
		mark = { remaining, least: remaining, atMs: nowMs };
		drawn = 0;
	}

	const hasNews = (nowMs: number) => stock !== undefined && nowMs - stock.atMs < newsMs;

	return {
		get perMs() {
			return bucket?.perMs;
		},
		opensAtMs(nowMs) {
			const opensAtMs = bucket?.opensAtMs(nowMs) ?? nowMs;
			if (opensAtMs > nowMs) isBound = true;
			return opensAtMs;
		},
		take(units, nowMs) {
			typicalUnits += (units - typicalUnits) / 50;
			cycle ??= { startMs: nowMs, accepted: 0 };
			cycle.accepted += units;
			if (bucket === undefined) return;
			bucket.take(units, nowMs);
			if (isBound && !hasNews(nowMs)) {
				heldMs += units / bucket.perMs;
				const returnMs = Math.min(maxReturnMs, Math.max(minReturnMs, (requestsToReturn * typicalUnits) / base));
				const late = heldMs / returnMs - 1;
				bucket.perMs = base * (1 + (late < 0 ? cutShare : growthShare) * late ** 3);
				isBound = false;
			}
		},
		observeRemaining({ remaining, limit = 0, fullInMs, wasLetIn }, flyingUnits, latencyMs, nowMs) {
			if (wasLetIn) drawn += typicalUnits;
			largest = Math.max(largest, remaining, limit);
			stock = { remaining, atMs: nowMs };
			samples.push(remaining);
			if (bucket === undefined) {
				if (remaining - flyingUnits >= scarceShare * largest) {
					samples = [];
					return;
				}
				const told = fullInMs !== undefined && fullInMs > 0 && limit > remaining ? (limit - remaining) / fullInMs : undefined;
				begin(told ?? Math.max(remaining, typicalUnits) / 10_000, nowMs);
			} else if (nowMs - updatedAtMs >= stepMs) {
				steer(middleOf(samples), latencyMs, nowMs);
			}
		},
		observeRefusal(units, nowMs) {
			const { startMs: sinceMs, accepted } = cycle ?? { startMs: nowMs, accepted: 0 };
			// Nothing was let through in between: it is still the same refusal.
			if (bucket !== undefined && accepted < units) return;
			// The stock was empty then and is empty now: what went through between is what it was filled with.
			const measured = Math.max(accepted, units) / Math.max(nowMs - sinceMs, 100);
			cycle = { startMs: nowMs, accepted: 0 };
			hasSettled = true;
			heldMs = 0;
			if (bucket === undefined) begin(measured, nowMs);
			else if (hasNews(nowMs)) {
				base *= 0.9;
				bucket.perMs = Math.min(bucket.perMs, base);
			} else {
				base = Math.min(bucket.perMs, Math.max(measured, 0.5 * bucket.perMs));
				bucket.perMs = (1 - cutShare) * base;
			}
		},
		uncount(units) {
			if (cycle !== undefined) cycle.accepted = Math.max(0, cycle.accepted - units);
		},
		scarcity: (nowMs) => (stock === undefined || !hasNews(nowMs) || largest === 0 ? undefined : 1 - stock.remaining / largest),
	};
}

function middleOf(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
