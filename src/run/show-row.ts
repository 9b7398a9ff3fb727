import type { Row, Rejection } from "../records/index.js";
import { configurationError } from "../records/index.js";

/** One request of a row and its answer, as the ledger has them. */
export interface ShownExchange {
	readonly stage: string;
	readonly attempt: number;
	readonly prompt: string;
	readonly answer: string;
}

/** All that is known of a row, or of a candidate that made none. */
export interface ShownRow {
	readonly id: string;
	readonly row?: Row;
	readonly rejection?: Rejection;
	/** `file:line` in the run's folder. */
	readonly where?: string;
	readonly exchanges: readonly ShownExchange[];
}

/**
 * Finds a row by its id, or a candidate by its group.
 * @throws CandorError (exit 2) where the run has none such; names near ids
 */
export async function showRow(_run: string, _id: string): Promise<ShownRow> {
	throw configurationError("not built yet");
}
