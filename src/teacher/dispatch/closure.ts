/** The door of an endpoint that asked us to come back later. */
export interface Closure {
	/** When the next request may go: now, a time, or Infinity while a single one finds out whether it may. @unit milliseconds */
	opensAtMs(nowMs: number): number;
	/** A request goes. */
	enter(sequence: number): void;
	/** A request was refused with a Retry-After. */
	close(sequence: number, retryAfterMs: number, nowMs: number): void;
	/** A request was let in. */
	recordReply(sequence: number): void;
	/** A request ended in another way, which tells nothing about the door. */
	recordOther(sequence: number): void;
}

/** A longer Retry-After may be meant for one request alone: after so long, and then after twice as long each time, one request tries. @unit milliseconds */
const firstTrialMs = 10_000;
/** Up to this share is added at random, so that several processes do not come back as one. */
const jitterShare = 0.2;

/** @param maxRetryAfterMs what is never waited for longer @unit milliseconds */
export function createClosure(maxRetryAfterMs: number, random: () => number): Closure {
	let untilMs = Number.NEGATIVE_INFINITY;
	/** Whether the server named a longer time than we wait before one request tries. */
	let isLong = false;
	let trials = 0;
	let trial: number | undefined;
	let lastEntered = -1;
	/** The request whose refusal closed the door, and the last that had gone by then. */
	let refused = -1;
	let burstEnd = -1;

	return {
		opensAtMs(nowMs) {
			if (nowMs < untilMs) return untilMs;
			return isLong && trial !== undefined ? Number.POSITIVE_INFINITY : nowMs;
		},
		enter(sequence) {
			lastEntered = sequence;
			if (isLong) trial = sequence;
		},
		close(sequence, retryAfterMs, nowMs) {
			// The rest of a burst tells nothing new.
			if (sequence <= burstEnd) return;
			trials = sequence === trial ? trials + 1 : 0;
			trial = undefined;
			refused = sequence;
			burstEnd = lastEntered;
			const patienceMs = Math.min(maxRetryAfterMs, firstTrialMs * 2 ** trials);
			isLong = retryAfterMs > patienceMs;
			untilMs = nowMs + Math.min(retryAfterMs, patienceMs) * (1 + jitterShare * random());
		},
		recordReply(sequence) {
			if (!isLong || sequence <= refused) return;
			// One that went later was let in: the long wait was not for all.
			isLong = false;
			trial = undefined;
			untilMs = Number.NEGATIVE_INFINITY;
		},
		recordOther(sequence) {
			if (sequence === trial) trial = undefined;
		},
	};
}
