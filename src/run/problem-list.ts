/** What is wrong with one line of a file of rows, or with a file as a whole (no line). */
export interface RowProblem {
	readonly file: string;
	readonly line?: number;
	readonly id?: string;
	/** A reason code. */
	readonly reason: string;
	readonly detail: string;
}

/** So many problems are told; the rest is counted. */
const kept = 50;

/** Keeps the first problems and counts all. */
export interface ProblemList {
	readonly first: readonly RowProblem[];
	count(): number;
	add(problem: RowProblem): void;
}

export function createProblemList(): ProblemList {
	const first: RowProblem[] = [];
	let count = 0;
	return {
		first,
		count: () => count,
		add(problem) {
			count++;
			if (first.length < kept) first.push(problem);
		},
	};
}
