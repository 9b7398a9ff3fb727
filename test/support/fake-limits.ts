import { createRandom } from "./create-random.js";

/** A limit that the fake teacher keeps: a stock of requests that fills steadily. */
export interface FakeLimit {
	readonly perMinute: number;
	/** What the stock holds at most; it starts full. */
	readonly capacity: number;
	/** Refusals carry Retry-After, in whole seconds. @default true */
	readonly tellsRetryAfter?: boolean;
	/** Every response says what is left, as OpenAI does. @default true */
	readonly tellsRemaining?: boolean;
}

export interface FakeLimiter {
	/** A request comes: whether it is let in, and what the response's headers say of the limit. */
	arrive(nowMs: number): { readonly isLetIn: boolean; readonly headers: Readonly<Record<string, string>> };
}

export function createLimiter({ perMinute, capacity, tellsRetryAfter = true, tellsRemaining = true }: FakeLimit, startMs: number): FakeLimiter {
	const perMs = perMinute / 60_000;
	let level = capacity;
	let filledAtMs = startMs;
	return {
		arrive(nowMs) {
			level = Math.min(capacity, level + (nowMs - filledAtMs) * perMs);
			filledAtMs = nowMs;
			const isLetIn = level >= 1;
			if (isLetIn) level -= 1;
			const remaining = { "x-ratelimit-limit-requests": String(capacity), "x-ratelimit-remaining-requests": String(Math.floor(level)) };
			const retryAfter = { "retry-after": String(Math.ceil((1 - level) / perMs / 1000)) };
			return { isLetIn, headers: { ...(tellsRemaining ? remaining : {}), ...(tellsRetryAfter && !isLetIn ? retryAfter : {}) } };
		},
	};
}

/** Latencies of a lognormal distribution, which has a heavy tail. @unit milliseconds */
export interface FakeLatency {
	readonly medianMs: number;
	readonly p99Ms: number;
	readonly seed: number;
}

/** The latencies of the requests in the order in which they come. @unit milliseconds */
export function drawLatencies({ medianMs, p99Ms, seed }: FakeLatency): () => number {
	const random = createRandom(seed);
	const sigma = Math.log(p99Ms / medianMs) / 2.3263;
	// A normal number from two even ones (Box and Muller).
	return () => medianMs * Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
}
