import { normalizeAnswer } from "../language/normalize-answer.js";
import { sameMeaning } from "../language/synonyms.js";
import { hashGroup } from "../pipeline/random.js";
import type { Question } from "../records/index.js";
import type { CandidateOptions } from "./candidate-options.js";
import { yesNoForm } from "./count-answers.js";

/** Whether a question's first answer on file is right, wrong, or not there. */
export type Truth = "right" | "wrong" | "none";

export interface Entry {
	readonly group: string;
	readonly dialogue: number;
	readonly question: Question;
}

/** One kind of question within a task; its candidates go round the situations in a fixed sequence. */
export interface Stratum {
	readonly task: string;
	readonly answer?: "yes" | "no";
	readonly truth: Truth | "any";
	/** Two choices only: there is no second wrong answer. */
	readonly narrow: boolean;
	entries: Entry[];
	dropped: boolean;
}

/** Sorts a source's questions by kind, and keeps the first of each by hash. */
export async function collectStrata(questions: AsyncIterable<Question>, options: CandidateOptions, limit: number): Promise<Map<string, Stratum>> {
	const strata = new Map<string, Stratum>();
	for await (const question of questions) {
		const answer = yesNoForm(question);
		const truth = truthOf(question, options);
		const narrow = answer !== undefined || question.choices?.length === 2;
		const key = JSON.stringify([question.task, answer, truth, narrow]);
		let stratum = strata.get(key);
		if (stratum === undefined) {
			stratum = { task: question.task, ...(answer === undefined ? {} : { answer }), truth, narrow, entries: [], dropped: false };
			strata.set(key, stratum);
		}
		for (let dialogue = 0; dialogue < options.dialoguesPerQuestion; dialogue++) {
			stratum.entries.push({ group: hashGroup(options.seed, question.source, question.id, dialogue), dialogue, question });
		}
		// Bottom-k by hash: order-free, and the sample of a smaller limit is the beginning of a larger one's.
		if (stratum.entries.length > 2 * limit + 64) truncate(stratum, limit);
	}
	for (const stratum of strata.values()) truncate(stratum, limit);
	alignEnds(strata);
	return strata;
}

/**
 * Strata that meet in a cell end at the same place where one of them was cut: else what a larger limit adds to one would come
 * between the candidates that are there.
 */
function alignEnds(strata: ReadonlyMap<string, Stratum>): void {
	for (const cut of strata.values()) {
		const end = cut.dropped ? cut.entries.at(-1) : undefined;
		if (end === undefined) continue;
		for (const stratum of strata.values()) {
			if (stratum.task !== cut.task || stratum.answer !== cut.answer) continue;
			const kept = stratum.entries.filter((entry) => compareEntries(entry, end) <= 0);
			if (kept.length < stratum.entries.length) stratum.dropped = true;
			stratum.entries = kept;
		}
	}
}

/** First dialogues before second ones, so that a small run uses as many different questions as it can. */
export function compareEntries(a: Entry, b: Entry): number {
	return a.dialogue - b.dialogue || (a.group < b.group ? -1 : a.group > b.group ? 1 : 0);
}

function truncate(stratum: Stratum, limit: number): void {
	stratum.entries.sort(compareEntries);
	if (stratum.entries.length > limit) {
		stratum.entries.length = limit;
		stratum.dropped = true;
	}
}

function truthOf(question: Question, options: CandidateOptions): Truth | "any" {
	if (options.firstAnswers === undefined) return "any";
	const answer = options.firstAnswers.byQuestion.get(question.id);
	if (answer === undefined || normalizeAnswer(answer) === "") return "none";
	return [question.answer, ...(question.alsoRight ?? [])].some((right) => sameMeaning(right, answer)) ? "right" : "wrong";
}
