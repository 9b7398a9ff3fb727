import type { TeacherReply } from "../teacher.js";

/** How many requests an endpoint takes at a time, up to what was configured. */
export interface AdaptiveConcurrency {
	/** A whole number of at least 1. */
	readonly limit: number;
	recordReply(reply: Pick<TeacherReply, "usage" | "latencyMs">): void;
	/** The endpoint was overloaded. To be called once for what is one burst. */
	recordOverload(): void;
}

const cutFactor = 0.7;
/** What the limit grows by when as many were answered as it allows, as a share of the most. */
const growthShare = 1 / 32;
/** Latencies are looked at so many at a time, or as many as are in flight: the middle of fewer means little where a few take very long. */
const minWindow = 64;
/** How much slower than usual is rising, for how many windows in a row, and what then happens. */
const risingRatio = 2;
const risingWindows = 3;
const risingFactor = 0.85;
/** Slowness alone never takes more than this share away. */
const slowestShare = 0.25;
/** What a reply takes beside its tokens, as tokens: so that a stage with long replies is not taken for a slow server. */
const tokensOfOverhead = 16;

/**
 * Starts at the most, is cut where the endpoint says that it is overloaded or where its latency goes on rising, and grows again with
 * every reply.
 */
export function createAdaptiveConcurrency(most: number): AdaptiveConcurrency {
	let limit = most;
	let latencies: number[] = [];
	let usualLog: number | undefined;
	let risen = 0;

	function endWindow(): void {
		const nowLog = Math.log(latencies.sort((a, b) => a - b)[latencies.length >> 1] ?? 1);
		latencies = [];
		usualLog ??= nowLog;
		const isRising = nowLog - usualLog > Math.log(risingRatio);
		risen = isRising ? risen + 1 : 0;
		if (risen >= risingWindows) limit = Math.max(Math.min(limit, slowestShare * most), limit * risingFactor);
		// Slowly, so that a rise shows; yet what stays slow becomes the usual, and costs speed for a while only.
		usualLog += (nowLog - usualLog) * (isRising ? 0.03 : 0.1);
	}

	return {
		get limit() {
			return Math.max(1, Math.floor(limit));
		},
		recordReply({ usage, latencyMs }) {
			if (risen < risingWindows) limit = Math.min(most, limit + Math.max(1, most * growthShare) / Math.max(1, limit));
			if (latencyMs === undefined) return;
			latencies.push(Math.max(1, latencyMs) / (tokensOfOverhead + (usage?.outputTokens ?? tokensOfOverhead)));
			if (latencies.length >= Math.max(minWindow, limit)) endWindow();
		},
		recordOverload() {
			limit = Math.max(1, limit * cutFactor);
		},
	};
}
