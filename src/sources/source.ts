import type { Question } from "../records/index.js";

/** A part of a source that cannot be used: a line of a file, or a picture that is not there. It goes to the run's rejects. */
export interface BadLine {
	readonly file: string;
	/** Absent where the whole file is meant. */
	readonly line?: number;
	readonly reason: string;
	readonly detail: string;
	/** The beginning of the line as it stands. */
	readonly text?: string;
}

/** Where visual questions come from. Every pass gives the same questions in the same order. */
export interface Source {
	/** @param onBadLine told of each line that is left out; told again in every pass */
	read(onBadLine: (bad: BadLine) => void): AsyncIterable<Question>;
	/** The folders that pictures must lie in. */
	readonly imageRoots: readonly string[];
	/**
	 * Of a source that makes its pictures: the PNG of a question's `image`, which then is a name and no path. The same bytes each
	 * time.
	 */
	renderImage?(image: string): Promise<Buffer>;
	/** Questions that the settings leave out, by reason; whole once a pass has ended. */
	leftOut?(): Readonly<Record<string, number>>;
	/** sha256 of the source's files by name: what a run was made from. */
	digests(): Promise<Record<string, string>>;
}
