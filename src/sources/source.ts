import type { Question } from "../records/index.js";

/** A line of a source that cannot be used; it goes to the rejects with its number and its text. */
export interface BadLine {
	readonly file: string;
	readonly line: number;
	readonly reason: string;
	readonly detail: string;
	/** The beginning of the line as it stands. */
	readonly text: string;
}

/** Where visual questions come from. Every pass gives the same questions in the same order. */
export interface Source {
	/** @param onBadLine told of each line that is left out; told again in every pass */
	read(onBadLine: (bad: BadLine) => void): AsyncIterable<Question>;
	/** The folder that pictures must lie in. */
	readonly imageRoot: string;
	/** sha256 of the source's files by name: what a run was made from. */
	digests(): Promise<Record<string, string>>;
}
