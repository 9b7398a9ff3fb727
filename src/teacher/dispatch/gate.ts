import type { TeacherAnswer, TeacherRequest, Usage } from "../teacher.js";
import type { TransportError } from "../transport-error.js";
import { type AdaptiveConcurrency, createAdaptiveConcurrency } from "./adapt-concurrency.js";
import { createClosure } from "./closure.js";
import { createLearnedRate, type LearnedRate } from "./learn-rate.js";
import { parseRateLimits, type Quantity } from "./rate-limit-headers.js";
import { createTokenBucket, type TokenBucket } from "./token-bucket.js";

/** What a request will take, before it is sent. @unit tokens */
export interface Estimate {
	readonly inputTokens: number;
	readonly outputTokens: number;
}

/** What an endpoint may be asked for at most. */
export interface Limits {
	readonly requestsPerMinute?: number | undefined;
	readonly inputTokensPerMinute?: number | undefined;
	readonly outputTokensPerMinute?: number | undefined;
}

/** What a client tells of each response, before it reads the body. */
export interface ResponseFacts {
	readonly status: number;
	readonly headers: { get(name: string): string | null };
}

export interface GateOptions {
	/** Requests in flight at most. */
	readonly concurrency: number;
	readonly limits?: Limits;
	/** A longer Retry-After is not waited for. @unit milliseconds */
	readonly maxRetryAfterMs: number;
	readonly estimate: (request: TeacherRequest) => Estimate;
	/** From 0 to 1. */
	readonly random: () => number;
	/** Of the clock that all other times are on. @unit milliseconds */
	readonly nowMs: number;
}

/** A request that was let through, until it has ended. */
export interface Pass {
	readonly sequence: number;
	readonly sentAtMs: number;
	/** As was reckoned with: what usage tells corrects it. */
	readonly units: Readonly<Record<Quantity, number>>;
}

/** How a request ended; neither an answer nor a problem: it was given up. */
export interface End {
	readonly answer?: TeacherAnswer;
	readonly problem?: TransportError;
}

/** When an endpoint may be sent a request. All times are on one clock, given by whoever asks. @unit milliseconds */
export interface Gate {
	/** Now, a time, or Infinity: only the end of a request opens it. */
	opensAtMs(nowMs: number): number;
	enter(request: TeacherRequest, nowMs: number): Pass;
	leave(pass: Pass, end: End, nowMs: number): void;
	observe(facts: ResponseFacts, nowMs: number): void;
	readonly inFlight: number;
	/** Requests in flight at most, at the moment. */
	readonly limit: number;
	/** Answers that said: too many. */
	readonly refusals: number;
}

/** What was reckoned with and what came of it: the next estimates are multiplied by the ratio. */
const ratioWeight = 0.05;
/** A burst that configured limits allow, as the time in which it fills. @unit milliseconds */
const burstMs = 1000;

const overloadStatuses = new Set([503, 529]);

/** One endpoint's: how many at a time, how many a minute, and when it asked us to come back. */
export function createGate(options: GateOptions): Gate {
	const concurrency: AdaptiveConcurrency = createAdaptiveConcurrency(options.concurrency);
	const closure = createClosure(options.maxRetryAfterMs, options.random);
	const configured = createBuckets(options.limits ?? {}, options.nowMs);
	const learned = new Map<Quantity, LearnedRate>([["requests", createLearnedRate(options.nowMs)]]);
	const flying: Record<Quantity, number> = { requests: 0, tokens: 0, inputTokens: 0, outputTokens: 0 };
	const ratio = { inputTokens: 1, outputTokens: 1 };
	let sequence = 0;
	let refusals = 0;
	let typicalMs = 0;
	/** The last request that was sent before the concurrency or a rate was cut: refusals up to there are one burst. */
	let cutThrough = 0;

	function learnedRate(quantity: Quantity): LearnedRate {
		const known = learned.get(quantity);
		if (known !== undefined) return known;
		const created = createLearnedRate(options.nowMs);
		learned.set(quantity, created);
		return created;
	}

	function unitsOf(request: TeacherRequest): Pass["units"] {
		const estimate = options.estimate(request);
		const inputTokens = estimate.inputTokens * ratio.inputTokens;
		const outputTokens = estimate.outputTokens * ratio.outputTokens;
		return { requests: 1, tokens: inputTokens + outputTokens, inputTokens, outputTokens };
	}

	function correct(units: Pass["units"], usage: Usage): void {
		for (const quantity of ["inputTokens", "outputTokens"] as const) {
			configured.get(quantity)?.giveBack(units[quantity] - usage[quantity]);
			const estimated = units[quantity] / ratio[quantity];
			if (estimated > 0) ratio[quantity] += ratioWeight * (usage[quantity] / estimated - ratio[quantity]);
		}
	}

	function recordRefusal(pass: Pass, problem: TransportError, nowMs: number): void {
		refusals += 1;
		for (const [quantity, rate] of learned) rate.uncount(pass.units[quantity]);
		if (problem.retryAfterMs !== undefined) closure.close(pass.sequence, problem.retryAfterMs, nowMs);
		else closure.recordOther(pass.sequence);
		if (pass.sequence <= cutThrough) return;
		cutThrough = sequence;
		const [quantity, rate] = [...learned].reduce((a, b) => ((b[1].scarcity(nowMs) ?? -1) > (a[1].scarcity(nowMs) ?? -1) ? b : a));
		rate.observeRefusal(pass.units[quantity], nowMs);
		// Without a word about time or stock it may as well be the number at a time.
		if (problem.retryAfterMs === undefined && rate.scarcity(nowMs) === undefined) concurrency.recordOverload();
	}

	return {
		opensAtMs(nowMs) {
			if (flying.requests >= concurrency.limit) return Number.POSITIVE_INFINITY;
			let opensAtMs = closure.opensAtMs(nowMs);
			for (const bucket of configured.values()) opensAtMs = Math.max(opensAtMs, bucket.opensAtMs(nowMs));
			for (const rate of learned.values()) opensAtMs = Math.max(opensAtMs, rate.opensAtMs(nowMs));
			return opensAtMs;
		},
		enter(request, nowMs) {
			sequence += 1;
			const units = unitsOf(request);
			closure.enter(sequence);
			for (const [quantity, bucket] of configured) bucket.take(units[quantity], nowMs);
			for (const [quantity, rate] of learned) rate.take(units[quantity], nowMs);
			addTo(flying, units, 1);
			return { sequence, sentAtMs: nowMs, units };
		},
		leave(pass, { answer, problem }, nowMs) {
			addTo(flying, pass.units, -1);
			if (answer?.type === "reply") {
				const latencyMs = nowMs - pass.sentAtMs;
				typicalMs += (latencyMs - typicalMs) / Math.min(pass.sequence, 50);
				closure.recordReply(pass.sequence);
				concurrency.recordReply(answer);
				if (answer.usage !== undefined) correct(pass.units, answer.usage);
				return;
			}
			for (const quantity of ["inputTokens", "outputTokens"] as const) configured.get(quantity)?.giveBack(pass.units[quantity]);
			if (problem?.status === 429) {
				recordRefusal(pass, problem, nowMs);
				return;
			}
			if (problem?.status !== undefined && overloadStatuses.has(problem.status)) {
				if (problem.retryAfterMs !== undefined) closure.close(pass.sequence, problem.retryAfterMs, nowMs);
				if (pass.sequence > cutThrough) {
					cutThrough = sequence;
					concurrency.recordOverload();
				}
			}
			closure.recordOther(pass.sequence);
		},
		observe({ status, headers }, nowMs) {
			for (const allowance of parseRateLimits(headers, nowMs)) {
				learnedRate(allowance.quantity).observeRemaining({ ...allowance, wasLetIn: status !== 429 }, flying[allowance.quantity], typicalMs, nowMs);
			}
		},
		get inFlight() {
			return flying.requests;
		},
		get limit() {
			return concurrency.limit;
		},
		get refusals() {
			return refusals;
		},
	};
}

function createBuckets(limits: Limits, nowMs: number): Map<Quantity, TokenBucket> {
	const perMinute = [
		["requests", limits.requestsPerMinute],
		["inputTokens", limits.inputTokensPerMinute],
		["outputTokens", limits.outputTokensPerMinute],
	] as const;
	return new Map(
		perMinute.flatMap(([quantity, limit]) => (limit === undefined ? [] : [[quantity, createTokenBucket(limit / 60_000, burstMs, nowMs)] as const])),
	);
}

function addTo(sums: Record<Quantity, number>, units: Pass["units"], sign: 1 | -1): void {
	sums.requests += sign * units.requests;
	sums.tokens += sign * units.tokens;
	sums.inputTokens += sign * units.inputTokens;
	sums.outputTokens += sign * units.outputTokens;
}
