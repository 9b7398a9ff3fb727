import { configurationError } from "../records/index.js";

/** What is wrong with one line of a file of rows, or with a file as a whole (no line). */
export interface RowProblem {
	readonly file: string;
	readonly line?: number;
	readonly id?: string;
	/** A reason code. */
	readonly reason: string;
	readonly detail: string;
}

export interface ValidationReport {
	readonly files: readonly { readonly file: string; readonly rows: number; readonly bad: number }[];
	/** The first problems, in file order; `bad` above counts all. */
	readonly problems: readonly RowProblem[];
}

/**
 * Checks rows against their schema and the rules. A path is a run's folder, a pipeline's folder or a JSONL file.
 * @throws CandorError (exit 2) for a path that is none of them
 */
export async function validatePaths(_paths: readonly string[]): Promise<ValidationReport> {
	throw configurationError("not built yet");
}
