/** What is known of the endpoint from all requests together: it tells a request's own failure from an outage. */
export interface Health {
	/** Replies so far in this run. */
	readonly successCount: number;
	/** When the last reply came, on the clock of `performance.now()`. @unit milliseconds */
	readonly lastSuccessAtMs: number | undefined;
	/** Whether the endpoint ever sent anything in this run, be it an error. */
	readonly everReached: boolean;
	/** Notes a reply and the time its request took. @unit milliseconds */
	recordSuccess(latencyMs: number): void;
	/** Notes that the endpoint is there, although it sent an error. */
	recordReached(): void;
	/** Whether a request that was sent after the given time has been answered. Those sent before may be the last of a server that is going down. */
	answeredSince(timeMs: number): boolean;
	/** Calls the listener at every reply, until the function returned is called. */
	onSuccess(listener: () => void): () => void;
}

/** Starts with nothing known. One per run, shared by all its requests. */
export function createHealth(): Health {
	const listeners = new Set<() => void>();
	let successCount = 0;
	let lastSuccessAtMs: number | undefined;
	let latestSentAtMs = Number.NEGATIVE_INFINITY;
	let everReached = false;
	return {
		get successCount() {
			return successCount;
		},
		get lastSuccessAtMs() {
			return lastSuccessAtMs;
		},
		get everReached() {
			return everReached;
		},
		recordSuccess(latencyMs) {
			successCount += 1;
			everReached = true;
			lastSuccessAtMs = performance.now();
			latestSentAtMs = Math.max(latestSentAtMs, lastSuccessAtMs - latencyMs);
			for (const listener of [...listeners]) listener();
		},
		recordReached() {
			everReached = true;
		},
		answeredSince: (timeMs) => latestSentAtMs >= timeMs,
		onSuccess(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
