import type { BatchProgress } from "../../run/batch-progress.js";
import { formatBytes, formatCount, formatDuration } from "./format-units.js";

/** What waits for hours has a line in a log this often, even where nothing has changed. @unit milliseconds */
const quietMs = 600_000;

/** How far a round of batches is, in one line. */
export function formatBatchProgress({ round, requests, done, bytes, states, elapsedMs }: BatchProgress): string {
	return `round ${round}: ${formatCount(done)} of ${formatCount(requests)} requests (${formatBytes(bytes)}) in ${describeStates(states)}, ${formatDuration(elapsedMs)}`;
}

function describeStates(states: BatchProgress["states"]): string {
	const parts = Object.entries(states).map(([state, count]) => `${formatCount(count)} ${state.replaceAll("_", " ")}`);
	return parts.length === 0 ? "no batch" : `batches: ${parts.join(", ")}`;
}

/** Tells whether a state is worth another line in a log: batches take hours, and a line every few seconds would say nothing. */
export function createBatchNews(): { isNews(batches: BatchProgress | undefined): boolean } {
	let shown: { state: string; atMs: number } | undefined;
	return {
		isNews(batches) {
			if (batches === undefined) {
				shown = undefined;
				return true;
			}
			const { elapsedMs: _, ...state } = batches;
			const text = JSON.stringify(state);
			if (shown?.state === text && performance.now() - shown.atMs < quietMs) return false;
			shown = { state: text, atMs: performance.now() };
			return true;
		},
	};
}
