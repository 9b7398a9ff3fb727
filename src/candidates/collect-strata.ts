import { numberPicture } from "../pipeline/order-pictures.js";
import { hashGroup } from "../pipeline/random.js";
import type { Question } from "../records/index.js";
import type { CandidateOptions } from "./candidate-options.js";
import { yesNoForm } from "./count-answers.js";
import { type Truth, truthOf } from "./first-answer-truth.js";
import type { QuestionShelf } from "./question-shelf.js";

/** A question that may become a candidate, as a few numbers: its texts are on the shelf. */
export interface Entry {
	readonly group: string;
	readonly dialogue: number;
	/** Where the shelf keeps the question. */
	readonly handle: number;
	/** The same for questions about one picture: what is asked together is found by it. */
	readonly image: number;
}

/** One kind of question within a task; its candidates go round the situations in a fixed sequence. */
export interface Stratum {
	readonly task: string;
	readonly answer?: "yes" | "no";
	readonly truth: Truth;
	/** Two choices only: there is no second wrong answer. */
	readonly narrow: boolean;
	/** By hash, the smallest first. */
	entries: Entry[];
	/** The last entry that was kept when others were dropped. What comes after it is not known. */
	end?: Entry;
}

export interface Strata {
	readonly strata: readonly Stratum[];
	/** Questions that were looked at and cannot be used, by reason. */
	readonly notDrawn: Readonly<Record<string, number>>;
}

/** Says why a question cannot be posed in a dialogue; nothing where it can. */
export type Refusal = (question: Question, group: string) => string | undefined;

/** Sorts a source's questions by kind, and keeps the first usable ones of each by hash. */
export async function collectStrata(
	questions: AsyncIterable<Question>,
	options: CandidateOptions,
	limit: number,
	shelf: QuestionShelf,
	refuse: Refusal,
): Promise<Strata> {
	const strata = new Map<string, Stratum>();
	const notDrawn: Record<string, number> = {};
	const count = (reason: string) => {
		notDrawn[reason] = (notDrawn[reason] ?? 0) + 1;
	};
	for await (const question of questions) {
		const truth = truthOf(question, options);
		if (typeof truth === "object") {
			count(truth.reason);
			continue;
		}
		const stratum = stratumOf(question, truth, strata);
		let handle: number | undefined;
		for (let dialogue = 0; dialogue < options.dialoguesPerQuestion; dialogue++) {
			const group = hashGroup(options.seed, question.source, question.id, dialogue);
			if (stratum.end !== undefined && compareEntries({ group, dialogue }, stratum.end) > 0) continue;
			const refusal = refuse(question, group);
			if (refusal !== undefined) {
				count(refusal);
				continue;
			}
			handle ??= shelf.put(question);
			stratum.entries.push({ group, dialogue, handle, image: numberPicture(question.image) });
		}
		// Bottom-k by hash: order-free, and the sample of a smaller limit is the beginning of a larger one's.
		if (stratum.entries.length > 2 * limit + 64) truncate(stratum, limit);
	}
	for (const stratum of strata.values()) truncate(stratum, limit);
	return { strata: [...strata.values()], notDrawn };
}

function stratumOf(question: Question, truth: Truth, strata: Map<string, Stratum>): Stratum {
	const answer = yesNoForm(question);
	const narrow = answer !== undefined || question.choices?.length === 2;
	const key = `${narrow}|${answer}|${truth}|${question.task}`;
	let stratum = strata.get(key);
	if (stratum === undefined) {
		stratum = { task: question.task, ...(answer === undefined ? {} : { answer }), truth, narrow, entries: [] };
		strata.set(key, stratum);
	}
	return stratum;
}

/** First dialogues before second ones, so that a small run uses as many different questions as it can. */
export function compareEntries(a: Pick<Entry, "group" | "dialogue">, b: Pick<Entry, "group" | "dialogue">): number {
	return a.dialogue - b.dialogue || (a.group < b.group ? -1 : a.group > b.group ? 1 : 0);
}

function truncate(stratum: Stratum, limit: number): void {
	stratum.entries.sort(compareEntries);
	if (stratum.entries.length <= limit) return;
	stratum.entries.length = limit;
	const end = stratum.entries.at(-1);
	if (end !== undefined) stratum.end = end;
}
