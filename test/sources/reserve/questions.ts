import type { Question } from "../../../src/records/index.js";
import { type DrawnSets, drawSets, setNames, type Wanted } from "../../../src/sources/reserve/draw-sets.js";
import { createPictureNumbers } from "../../../src/sources/reserve/picture-number.js";
import { type QuestionTable, questionRank, tabulateQuestions } from "../../../src/sources/reserve/question-table.js";

export function makeQuestion(id: number, change: Partial<Question> = {}): Question {
	return { id: `q${id}`, source: "made", image: `/pictures/${id}.jpg`, text: "What is it?", task: "color", answer: "red", ...change };
}

export async function* stream(questions: readonly Question[]): AsyncGenerator<Question> {
	yield* questions;
}

export async function tabulate(questions: readonly Question[], seed = 0): Promise<QuestionTable> {
	return tabulateQuestions(stream(questions), seed, createPictureNumbers(seed, ["/pictures"]));
}

export const nothing = { benchmark: new Set<number>(), "probe-train": new Set<number>(), "probe-test": new Set<number>() };

/** The ids that each set has, by task in alphabetical order. */
export async function drawIds(questions: readonly Question[], wanted: Partial<Wanted>, seed = 0): Promise<Record<keyof DrawnSets, Question[][]>> {
	const table = await tabulate(questions, seed);
	const byRank = new Map(questions.map((question) => [questionRank(seed, question), question]));
	const drawn = drawSets(table, { benchmark: 0, "probe-train": 0, "probe-test": 0, ...wanted }, nothing);
	const named = setNames.map((set) => [
		set,
		drawn[set].map((rows) =>
			rows.map((row) => {
				const question = byRank.get(table.ranks[row] ?? -1);
				if (question === undefined) throw new Error(`row ${row} is no question`);
				return question;
			}),
		),
	]);
	return Object.fromEntries(named);
}
