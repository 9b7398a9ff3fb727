/** A stock that fills at a steady rate and is drawn from. Takes the time from whoever asks, on one clock that never goes back. */
export interface TokenBucket {
	/** How fast it fills; may be changed at any time. @unit units per millisecond */
	perMs: number;
	/** When the next draw may happen: now, or when the stock is no longer below nothing. @unit milliseconds */
	opensAtMs(nowMs: number): number;
	/** Draws, into debt where it must: a request that is larger than the stock goes alone, and those after it wait the longer. */
	take(units: number, nowMs: number): void;
	/** Puts back what was drawn and not used; a negative number draws what was used beyond. */
	giveBack(units: number): void;
}

/**
 * Starts full.
 * @param burstMs what the stock holds at most, as the time it takes to fill
 */
export function createTokenBucket(perMs: number, burstMs: number, nowMs: number): TokenBucket {
	let level = perMs * burstMs;
	let filledAtMs = nowMs;
	const bucket: TokenBucket = {
		perMs,
		opensAtMs(atMs) {
			fill(atMs);
			return level >= 0 ? atMs : atMs - level / bucket.perMs;
		},
		take(units, atMs) {
			fill(atMs);
			level -= units;
		},
		giveBack(units) {
			level = Math.min(bucket.perMs * burstMs, level + units);
		},
	};
	return bucket;

	function fill(atMs: number): void {
		level = Math.min(bucket.perMs * burstMs, level + bucket.perMs * Math.max(0, atMs - filledAtMs));
		filledAtMs = Math.max(filledAtMs, atMs);
	}
}
