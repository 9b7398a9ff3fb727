/** How an endpoint stands: taken into account, set aside for a while, or set aside for good. */
export interface Standing {
	/** Whether it may be sent what the gate lets through. */
	readonly isUp: boolean;
	readonly isOutForGood: boolean;
	/** When it may be tried with one request; Infinity while one tries. Of an endpoint that is set aside for a while. @unit milliseconds */
	readonly trialAtMs: number;
	/** A request goes to it; each has a number of its own. */
	enter(sequence: number): void;
	/** It answered, be it with a refusal of its own: it is there. */
	recordLife(): void;
	/** It could not be reached, broke off, took too long or failed inside. */
	recordFailure(sequence: number, nowMs: number): void;
	/** A request ended in a way that tells nothing. */
	recordOther(sequence: number): void;
	/** It does not let us in, or knows nothing of what we ask for. */
	setAsideForGood(): void;
}

/** So many failures without a reply between: an endpoint that answers some requests is still of use. */
const failuresToSetAside = 3;
const firstPauseMs = 500;
const maxPauseMs = 30_000;

export function createStanding(random: () => number): Standing {
	let failures = 0;
	let pauses = 0;
	/** Undefined: it is up. */
	let trialAtMs: number | undefined;
	let trial: number | undefined;
	let isOutForGood = false;
	return {
		get isUp() {
			return trialAtMs === undefined && !isOutForGood;
		},
		get isOutForGood() {
			return isOutForGood;
		},
		get trialAtMs() {
			return isOutForGood || trial !== undefined ? Number.POSITIVE_INFINITY : (trialAtMs ?? Number.NEGATIVE_INFINITY);
		},
		enter(sequence) {
			if (trialAtMs !== undefined) trial = sequence;
		},
		recordLife() {
			failures = 0;
			pauses = 0;
			trialAtMs = undefined;
			trial = undefined;
		},
		recordFailure(sequence, nowMs) {
			failures += 1;
			// Of an endpoint that is set aside, only the request that tries it tells something new.
			if (failures < failuresToSetAside || (trialAtMs !== undefined && sequence !== trial)) return;
			trialAtMs = nowMs + Math.min(maxPauseMs, firstPauseMs * 2 ** pauses) * (1 + random());
			pauses += 1;
			trial = undefined;
		},
		recordOther(sequence) {
			if (sequence === trial) trial = undefined;
		},
		setAsideForGood() {
			isOutForGood = true;
		},
	};
}
