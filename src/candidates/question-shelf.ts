import type { Question } from "../records/index.js";

/** Keeps questions until they are wanted, so that a drawn candidate costs a few numbers in memory and no texts. */
export interface QuestionShelf {
	/** Keeps a question; the number finds it again. */
	put(question: Question): number;
	get(handle: number): Question;
	close(): void;
}

/** In memory, for sources that are there already. */
export function createMemoryShelf(): QuestionShelf {
	const questions: Question[] = [];
	return {
		put: (question) => questions.push(question) - 1,
		get(handle) {
			const question = questions[handle];
			if (question === undefined) throw new RangeError(`there is no question ${handle}`);
			return question;
		},
		close() {},
	};
}
