import type { BatchProgress } from "./batch-progress.js";

/** What a run tells while it goes on. */

/** How far a run is. */
export interface ProgressSnapshot {
	/** The run's pipelines in order; none while first answers are asked for. */
	readonly pipelines: readonly PipelineProgress[];
	/** First answers: wrong ones found, of those wanted, and questions asked so far. */
	readonly firstAnswers?: { readonly found: number; readonly wanted: number; readonly asked: number };
	readonly requests: RequestProgress;
	/** Of the replies of this start. */
	readonly tokens: { readonly input: number; readonly output: number };
	/** What was spent so far, earlier starts included, and what may be; absent where no price is known. @unit US dollars */
	readonly cost?: { readonly usd: number; readonly budgetUsd?: number };
	/** @unit milliseconds */
	readonly elapsedMs: number;
	/** While batches are waited for: how far they are. */
	readonly batches?: BatchProgress;
}

export interface PipelineProgress {
	readonly name: string;
	readonly rows: { readonly done: number; readonly wanted: number };
	readonly rejected: number;
}

export interface RequestProgress {
	readonly inFlight: number;
	/** How many may be in flight at present; absent where nothing limits them. */
	readonly limit?: number;
	readonly done: number;
	readonly perSecond: number;
	readonly ledgerHits: number;
	/** Refused for now (429), and asked again later. */
	readonly refused?: number;
	/** Servers that answer, of those configured. */
	readonly endpoints?: { readonly up: number; readonly all: number };
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
