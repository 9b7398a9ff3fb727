import { answerWords, synonymsOf } from "../../language/synonyms.js";
import { ambiguousTerms, materialWords, shapeWords } from "./answer-words.js";
import { faultOf, noFault, type Store, splitOf } from "./store.js";

/** An answer's questions in a task: how many count, and which parts of the attributes they ask for. */
interface AnswerCount {
	questions: number;
	material: number;
	shape: number;
}

/** The part of a task whose answers can stand in for one another: shapes, materials and other attributes are apart. */
export type PoolOf = (task: string, answer: number) => string | undefined;

const attributeTask = "attribute";
const asksForMaterial = /\bmade (?:out )?of\b|\bmaterials?\b/i;
const asksForShape = /\bshapes?\b|\bshaped\b/i;

/**
 * Groups the answers that are the same but for their wording, spells them as the most frequent one, and leaves out the rare ones
 * with their questions. Counts the train split, where it was read. Yes and no are never rare.
 */
export function settleAnswers(store: Store, minAnswerCount: number): PoolOf {
	const { rows, tasks, answers } = store;
	const counts = countAnswers(store);
	const settled = new Map([...counts].map(([task, ofTask]) => [task, settleTask(store, ofTask, minAnswerCount)]));
	for (let row = 0; row < rows.id.length; row++) {
		if (rows.fault.at(row) !== noFault) continue;
		const answer = settled.get(rows.task.at(row))?.get(rows.answer.at(row));
		if (answer === undefined) rows.fault.set(row, faultOf("answer-rare"));
		else rows.answer.set(row, answer);
	}
	const attribute = counts.get(tasks.numberOf(attributeTask));
	const pools = attribute === undefined ? new Map() : sortAttributes(store, attribute, settled.get(tasks.numberOf(attributeTask)));
	return (task, answer) => (task === attributeTask && !isYesOrNo(answers.at(answer)) ? pools.get(answer) : undefined);
}

/** Every answer by task, with the questions that count; an answer that only the val split gives has none. */
function countAnswers(store: Store): Map<number, Map<number, AnswerCount>> {
	const { rows, tasks, texts } = store;
	const hasTrain = store.splitStarts.some(({ split }) => split === "train");
	const attribute = tasks.numberOf(attributeTask);
	const counts = new Map<number, Map<number, AnswerCount>>();
	for (let row = 0; row < rows.id.length; row++) {
		if (rows.fault.at(row) !== noFault) continue;
		const task = rows.task.at(row);
		const ofTask = counts.get(task) ?? new Map<number, AnswerCount>();
		counts.set(task, ofTask);
		const count = ofTask.get(rows.answer.at(row)) ?? { questions: 0, material: 0, shape: 0 };
		ofTask.set(rows.answer.at(row), count);
		if (hasTrain && splitOf(store, row) !== "train") continue;
		count.questions++;
		if (task !== attribute) continue;
		const text = texts.at(rows.text.at(row));
		if (asksForMaterial.test(text)) count.material++;
		else if (asksForShape.test(text)) count.shape++;
	}
	return counts;
}

/** By answer: the one that it is counted and spelled as. Rare ones are not there. */
function settleTask({ answers }: Store, counts: ReadonlyMap<number, AnswerCount>, minAnswerCount: number): Map<number, number> {
	const groups = new Map<string, number[]>();
	for (const answer of counts.keys()) {
		const key = meaningOf(answers.at(answer));
		groups.set(key, [...(groups.get(key) ?? []), answer]);
	}
	const countOf = (answer: number) => counts.get(answer)?.questions ?? 0;
	const settled = new Map<number, number>();
	for (const members of groups.values()) {
		const [usual] = [...members].sort((a, b) => countOf(b) - countOf(a) || (answers.at(a) < answers.at(b) ? -1 : 1));
		const total = members.reduce((sum, member) => sum + countOf(member), 0);
		if (usual === undefined || (total < minAnswerCount && !isYesOrNo(answers.at(usual)))) continue;
		for (const member of members) settled.set(member, usual);
	}
	return settled;
}

/**
 * What an answer is grouped by: its groups of synonyms, or its words. Much narrower than what may not stand against each other
 * (`sameMeaning`): "bus stop" never stands against "bus", nor "animal" against "dog", yet neither is the other's right answer.
 */
function meaningOf(answer: string): string {
	const words = answerWords(answer).join(" ");
	return ambiguousTerms.has(words) ? words : [...synonymsOf(answer)].sort().join(" / ") || words;
}

function isYesOrNo(answer: string): boolean {
	return answer === "yes" || answer === "no";
}

/** The pool of each attribute that stayed: by its own words, else by what most of its questions ask for. */
function sortAttributes({ answers }: Store, counts: ReadonlyMap<number, AnswerCount>, settled: ReadonlyMap<number, number> = new Map()): Map<number, string> {
	const members = new Map<number, number[]>();
	for (const [member, usual] of settled) members.set(usual, [...(members.get(usual) ?? []), member]);
	return new Map(
		[...members].map(([usual, group]) => {
			const sum = (part: keyof AnswerCount) => group.reduce((total, member) => total + (counts.get(member)?.[part] ?? 0), 0);
			const words = group.flatMap((member) => answerWords(answers.at(member)));
			const half = sum("questions") / 2;
			if (words.some((word) => materialWords.has(word))) return [usual, "material"];
			if (words.some((word) => shapeWords.has(word))) return [usual, "shape"];
			return [usual, sum("material") > half ? "material" : sum("shape") > half ? "shape" : "other"];
		}),
	);
}
