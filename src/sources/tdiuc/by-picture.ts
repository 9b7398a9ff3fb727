import { faultOf, noFault, type Store } from "./store.js";

/** Rows of one picture, for every picture, in two arrays of numbers. */
export interface RowsByPicture {
	readonly count: number;
	rowsOf(picture: number): Uint32Array;
}

/** Sorts the rows that can be used by picture. @param pictureOf the picture of a row */
export function sortByPicture({ rows }: Store, count: number, pictureOf: (row: number) => number): RowsByPicture {
	const ends = new Uint32Array(count + 1);
	const usable = (row: number) => rows.fault.at(row) === noFault;
	for (let row = 0; row < rows.id.length; row++) if (usable(row)) bump(ends, pictureOf(row) + 1);
	for (let picture = 0; picture < count; picture++) ends[picture + 1] = (ends[picture + 1] ?? 0) + (ends[picture] ?? 0);
	const next = ends.slice();
	const sorted = new Uint32Array(ends[count] ?? 0);
	for (let row = 0; row < rows.id.length; row++) if (usable(row)) sorted[bump(next, pictureOf(row))] = row;
	return { count, rowsOf: (picture) => sorted.subarray(ends[picture] ?? 0, ends[picture + 1] ?? 0) };
}

/** Adds one, and gives what was there. */
function bump(counts: Uint32Array, index: number): number {
	const before = counts[index] ?? 0;
	counts[index] = before + 1;
	return before;
}

/**
 * Of questions that come again about the same picture only the first stays; none stays where their answers differ, since then
 * which of them is right is anyone's guess.
 */
export function leaveOutRepeats({ rows, texts }: Store, byPicture: RowsByPicture): void {
	for (let picture = 0; picture < byPicture.count; picture++) {
		const ofPicture = byPicture.rowsOf(picture);
		if (ofPicture.length < 2) continue;
		const firsts = new Map<string, number>();
		for (const row of ofPicture) {
			const text = texts.at(rows.text.at(row)).toLowerCase();
			const first = firsts.get(text);
			if (first === undefined) {
				firsts.set(text, row);
				continue;
			}
			const differ = rows.task.at(first) !== rows.task.at(row) || rows.answer.at(first) !== rows.answer.at(row);
			rows.fault.set(row, faultOf(differ ? "answers-differ" : "duplicate-question"));
			if (differ) rows.fault.set(first, faultOf("answers-differ"));
		}
	}
}

/** No picture of the published files comes near it: bounds what a hostile file can ask for. @unit answers */
const maxVisible = 200;

/** Answers that are likely true of a picture, by picture: a number is an answer's in the store. */
export type VisibleAnswers = (picture: number) => readonly number[];

/**
 * What is known to be in the pictures that a task asks about: the task's own answers, and what object presence says yes to.
 * TDIUC names one right answer; these might be right as well.
 */
export function collectVisible({ rows, tasks, answers, texts }: Store, task: string, byPicture: RowsByPicture): VisibleAnswers {
	const ends = new Uint32Array(byPicture.count + 1);
	const visible: number[] = [];
	const asked = tasks.numberOf(task);
	const presence = tasks.numberOf("object-presence");
	const yes = answers.numberOf("yes");
	for (let picture = 0; picture < byPicture.count; picture++) {
		const ofPicture = byPicture.rowsOf(picture);
		const here = new Set<number>();
		if (ofPicture.some((row) => rows.task.at(row) === asked)) {
			for (const row of ofPicture) {
				if (here.size >= maxVisible) break;
				if (rows.task.at(row) === asked) here.add(rows.answer.at(row));
				if (rows.task.at(row) !== presence || rows.answer.at(row) !== yes) continue;
				const object = objectAskedFor(texts.at(rows.text.at(row)));
				if (object !== undefined) here.add(answers.numberOf(object));
			}
		}
		for (const answer of here) visible.push(answer);
		ends[picture + 1] = visible.length;
	}
	const all = Uint32Array.from(visible);
	return (picture) => [...all.subarray(ends[picture] ?? 0, ends[picture + 1] ?? 0)];
}

const presenceOpening =
	/^(?:(?:is|are) there|(?:can|do) you see|does th(?:e|is) (?:picture|image|photo|scene) (?:show|contain|have)|is|are) (?:(?:an?|any|some|the|at least one) )?(?!there\b)/i;
const presenceEnd = / (?:in|on|at|near|next to|by|behind|under|here|anywhere|visible|shown|present|pictured|that|which|who|with)\b.*$/i;
/** A thing has few words; more is a question that was read amiss. @unit words */
const maxObjectWords = 3;

/** What a question of object presence asks for: "Is there a traffic light in the picture?" for a traffic light. */
export function objectAskedFor(text: string): string | undefined {
	const opening = presenceOpening.exec(text);
	if (opening === null) return undefined;
	const object = text
		.slice(opening[0].length)
		.toLowerCase()
		.replace(/[?.!]+$/, "")
		.replace(presenceEnd, "")
		.trim();
	return object === "" || object.split(" ").length > maxObjectWords ? undefined : object;
}
