import { createSequence } from "../../pipeline/spread-evenly.js";
import { noCode, type QuestionTable, yesCode } from "./question-table.js";

/** No other answer than yes or no makes up more of a set, as in training. */
const maxAnswerShare = 0.4;

/**
 * The questions of one task in the order in which sets take them: by rank, but so that in every beginning yes comes as often as no,
 * and no other answer makes up more than 40 %, as far as the source allows; what would break that comes last. At most one question
 * of each picture. A set of 100 is the beginning of the set of 150.
 * @param rows by rank; those that may be taken
 */
export function* orderQuestions(rows: readonly number[], table: QuestionTable): Generator<number> {
	const { answers, pictures } = table;
	const yes: number[] = [];
	const no: number[] = [];
	const others: number[] = [];
	for (const row of rows) (answers[row] === yesCode ? yes : answers[row] === noCode ? no : others).push(row);
	const seen = new Set<number>();
	const isFresh = (row: number) => !seen.has(pictures[row] ?? 0);
	const queues: Queue[] = [createQueue(yes, isFresh), createQueue(no, isFresh), createCappedQueue(others, table, isFresh)];
	let size = 0;
	const each = Math.min(yes.length, no.length);
	if (each + others.length > 0) {
		const next = createSequence([each, each, others.length]);
		const open = new Set([...(each > 0 ? [0, 1] : []), ...(others.length > 0 ? [2] : [])]);
		while (open.size > 0) {
			const form = next();
			if (!open.has(form)) continue;
			const row = queues[form]?.(size);
			if (row === undefined) {
				// Without the one the other would be alone.
				for (const closed of form === 2 ? [2] : [0, 1]) open.delete(closed);
				continue;
			}
			seen.add(pictures[row] ?? 0);
			size++;
			yield row;
		}
	}
	for (const queue of queues) {
		for (let row = queue(size); row !== undefined; row = queue(size)) {
			seen.add(pictures[row] ?? 0);
			size++;
			yield row;
		}
	}
}

/** Takes from a list what is still fresh when its turn comes; nothing once it is used up. */
type Queue = (size: number) => number | undefined;

function createQueue(rows: readonly number[], isFresh: (row: number) => boolean): () => number | undefined {
	let at = 0;
	return () => {
		while (at < rows.length) {
			const row = rows[at++];
			if (row !== undefined && isFresh(row)) return row;
		}
		return undefined;
	};
}

/** Like a queue, but an answer that has its share waits until the set has grown, or until nothing else is left. */
function createCappedQueue(rows: readonly number[], { answers, ranks }: QuestionTable, isFresh: (row: number) => boolean): Queue {
	const taken = new Map<number, number>();
	const waiting = new Map<number, { readonly rows: number[]; at: number }>();
	const next = createQueue(rows, isFresh);
	const countOf = (row: number) => taken.get(answers[row] ?? 0) ?? 0;
	const isBefore = (a: number, b: number) => (countOf(a) - countOf(b) || (ranks[a] ?? 0) - (ranks[b] ?? 0)) < 0;
	const take = (row: number) => {
		taken.set(answers[row] ?? 0, countOf(row) + 1);
		return row;
	};
	const wait = (row: number) => {
		const answer = answers[row] ?? 0;
		const list = waiting.get(answer) ?? { rows: [], at: 0 };
		list.rows.push(row);
		waiting.set(answer, list);
	};
	/** Of the answers that wait, and few do at once: the least frequent one that is not above `most`. */
	const takeWaiting = (most: number): number | undefined => {
		let best: { row: number; list: { at: number } } | undefined;
		for (const list of waiting.values()) {
			while (list.at < list.rows.length && !isFresh(list.rows[list.at] ?? 0)) list.at++;
			const row = list.rows[list.at];
			if (row !== undefined && countOf(row) < most && (best === undefined || isBefore(row, best.row))) best = { row, list };
		}
		if (best === undefined) return undefined;
		best.list.at++;
		return take(best.row);
	};
	return (size) => {
		const most = Math.max(1, Math.floor(maxAnswerShare * (size + 1)));
		const waited = takeWaiting(most);
		if (waited !== undefined) return waited;
		for (let row = next(); row !== undefined; row = next()) {
			if (countOf(row) < most) return take(row);
			wait(row);
		}
		return takeWaiting(Number.POSITIVE_INFINITY);
	};
}
