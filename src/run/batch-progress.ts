/** How far a round of batches is. */
export interface BatchProgress {
	readonly round: number;
	/** In all batches that the provider has. */
	readonly requests: number;
	/** Of these, answered or failed so far. */
	readonly done: number;
	/** @unit bytes */
	readonly bytes: number;
	/** Batches by the state that the provider names, and `waiting` for those that it does not take yet. */
	readonly states: Readonly<Record<string, number>>;
	/** Of the round so far. @unit milliseconds */
	readonly elapsedMs: number;
}
