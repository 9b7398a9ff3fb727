import { normalizeAnswer } from "../../language/normalize-answer.js";
import { rememberResults } from "../../language/remember-results.js";
import { randomRank } from "../../pipeline/random.js";
import type { Question } from "../../records/index.js";

/** A source's questions as numbers, 24 bytes each: what drawing must know of them, and as much as fits in memory. */
export interface QuestionTable {
	/** Tasks in alphabetical order, each with its questions' rows by rank. */
	readonly tasks: readonly { readonly task: string; readonly rows: Uint32Array }[];
	/** The question's place in random order; also tells it from others. */
	readonly ranks: Float64Array;
	readonly pictures: Float64Array;
	/** Codes of answers: `yesCode`, `noCode`, or another. */
	readonly answers: Uint32Array;
}

export const yesCode = 0;
export const noCode = 1;

/** Rows that the columns have room for at first; they double when full. */
const firstCapacity = 4096;

/** The place of a question in the random order by which sets are drawn. */
export function questionRank(seed: number, question: Question): number {
	return randomRank(seed, JSON.stringify([question.source, question.id]), "reserve");
}

/** Reads a source once. The table does not depend on the source's order but for the codes of answers, which mean nothing. */
export async function tabulateQuestions(
	questions: AsyncIterable<Question>,
	seed: number,
	pictureNumber: (question: Question) => number,
): Promise<QuestionTable> {
	let ranks = new Float64Array(firstCapacity);
	let pictures = new Float64Array(firstCapacity);
	let answers = new Uint32Array(firstCapacity);
	let taskCodes = new Uint32Array(firstCapacity);
	const tasks = new Map<string, { code: number; count: number }>();
	const codes = new Map([
		["yes", yesCode],
		["no", noCode],
	]);
	const normalize = rememberResults(normalizeAnswer);
	let size = 0;
	for await (const question of questions) {
		if (size === ranks.length) {
			ranks = grow(ranks, new Float64Array(2 * size));
			pictures = grow(pictures, new Float64Array(2 * size));
			answers = grow(answers, new Uint32Array(2 * size));
			taskCodes = grow(taskCodes, new Uint32Array(2 * size));
		}
		const answer = normalize(question.answer);
		const code = codes.get(answer) ?? codes.size;
		codes.set(answer, code);
		const task = tasks.get(question.task) ?? { code: tasks.size, count: 0 };
		tasks.set(question.task, task);
		task.count++;
		ranks[size] = questionRank(seed, question);
		pictures[size] = pictureNumber(question);
		answers[size] = code;
		taskCodes[size] = task.code;
		size++;
	}
	const lists = [...tasks.values()].map(({ count }) => ({ rows: new Uint32Array(count), filled: 0 }));
	for (let row = 0; row < size; row++) {
		const list = lists[taskCodes[row] ?? 0];
		if (list !== undefined) list.rows[list.filled++] = row;
	}
	return {
		ranks,
		pictures,
		answers,
		tasks: [...tasks]
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([task, { code }]) => ({ task, rows: (lists[code]?.rows ?? new Uint32Array()).sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0)) })),
	};
}

function grow<Column extends Float64Array | Uint32Array>(from: Column, to: Column): Column {
	to.set(from);
	return to;
}
