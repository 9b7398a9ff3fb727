import type { BatchProgress } from "./batch-progress.js";

/** What a run tells while it goes on. */

/** The state of the pipeline at work. */
export interface ProgressSnapshot {
	readonly pipeline: string;
	/** Candidates at work in each stage, in the pipeline's order. */
	readonly stages?: readonly { readonly name: string; readonly active: number }[];
	readonly rows: { readonly done: number; readonly wanted: number };
	readonly rejected: number;
	/** Of a harvest of first answers, whose `rows` are the wrong ones: questions asked so far. */
	readonly asked?: number;
	readonly requests: { readonly inFlight: number; readonly done: number; readonly perSecond: number; readonly ledgerHits: number };
	/** @unit milliseconds */
	readonly elapsedMs: number;
	/** While batches are waited for: how far they are. */
	readonly batches?: BatchProgress;
}

/** Where a run's news goes. Neither function may throw or take long. */
export interface RunEvents {
	/** The newest state; may come as often as something changes. */
	progress(snapshot: ProgressSnapshot): void;
	/** One sentence that a person should see at once. */
	warn(message: string): void;
	/** One line about what goes on, where that is worth one: a round of batches begins or ends. */
	tell?(message: string): void;
}
