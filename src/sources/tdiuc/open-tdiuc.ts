import { basename } from "node:path";
import { setImmediate } from "node:timers/promises";
import { configurationError, type Question } from "../../records/index.js";
import { hashFile } from "../../shards/index.js";
import type { BadLine, Source } from "../source.js";
import { collectVisible, leaveOutRepeats, sortByPicture, type VisibleAnswers } from "./by-picture.js";
import { locateFiles, type Split, type SplitFiles } from "./locate-files.js";
import { readCocoIds, requireVisualGenome } from "./read-coco-ids.js";
import { readSplit } from "./read-split.js";
import { type PoolOf, settleAnswers } from "./settle-answers.js";
import { fileNameOf, type Pictures, picturesRemedy, settlePictures } from "./settle-pictures.js";
import { createStore, faultOf, leftOutReasons, noFault, type Store, splitOf } from "./store.js";
import { taskOf } from "./task-names.js";

export interface TdiucOptions {
	/** The unpacked TDIUC folder. */
	readonly path: string;
	/** Folders with pictures. */
	readonly imageFolders: readonly string[];
	readonly name: string;
	readonly splits: readonly Split[];
	/** Question types, as TDIUC names them. */
	readonly leaveOut: readonly string[];
	readonly minAnswerCount: number;
	/** Visual Genome's image_data.json. */
	readonly visualGenome?: string | undefined;
}

/** What stays in memory while the source is open: read once, and the same in every pass. */
interface Loaded {
	readonly store: Store;
	readonly pictures: Pictures;
	readonly poolOf: PoolOf;
	/** Of the tasks in which more than one answer may be right. */
	readonly visible: ReadonlyMap<string, VisibleAnswers>;
	readonly badLines: readonly BadLine[];
	readonly missing: readonly MissingPicture[];
	readonly leftOut: Readonly<Record<string, number>>;
}

interface MissingPicture {
	readonly image: number;
	readonly firstRow: number;
	questions: number;
}

/** More of the same kind are only counted: a file that is wrong throughout says so in the first ones. */
const maxBadLines = 1_000;
const questionsPerTurn = 4_096;
/** Tasks whose questions leave room for another answer that the picture shows as well. */
const openTasks = ["object-recognition", "positional-reasoning"];

/**
 * The published TDIUC files as a source. The first pass reads them into columns, some 100 bytes a question; further passes read
 * no file. Ids are the files' own after the split (`val-262148000`): two splits may give the same number.
 */
export function openTdiuc(options: TdiucOptions): Source {
	let loaded: Promise<Loaded> | undefined;
	let leftOut: Readonly<Record<string, number>> = {};
	return {
		imageRoots: options.imageFolders,
		async *read(onBadLine) {
			loaded ??= load(options);
			const whole = await loaded;
			leftOut = whole.leftOut;
			for (const bad of whole.badLines) onBadLine(bad);
			for (const missing of whole.missing) onBadLine(describeMissing(whole.store, missing));
			let given = 0;
			for (const question of listQuestions(whole, options.name)) {
				// No file is read any more: without a pause nothing else would get its turn, such as an interrupt.
				if (++given % questionsPerTurn === 0) await setImmediate();
				yield question;
			}
		},
		leftOut: () => leftOut,
		async digests() {
			const files = (await locateFiles(options.path, options.splits)).flatMap(({ questions, annotations }) => [questions, annotations]);
			const all = options.visualGenome === undefined ? files : [...files, options.visualGenome];
			if (options.visualGenome !== undefined) await requireVisualGenome(options.visualGenome);
			return Object.fromEntries(await Promise.all(all.map(async (file) => [basename(file), await hashFile(file)] as const)));
		},
	};
}

async function load(options: TdiucOptions): Promise<Loaded> {
	const files = await locateFiles(options.path, options.splits);
	const cocoIds = options.visualGenome === undefined ? new Map<number, number>() : await readCocoIds(options.visualGenome);
	const store = createStore();
	const badLines: BadLine[] = [];
	const leaveOut = new Set(options.leaveOut.map(taskOf));
	for (const split of files) await readSplit(store, split, leaveOut, (bad) => void (badLines.length < maxBadLines && badLines.push(bad)));

	const poolOf = settleAnswers(store, options.minAnswerCount);
	const pictures = await settlePictures(store, options.imageFolders, cocoIds);
	const pictureOf = (row: number) => pictures.pictureOf(store.rows.image.at(row));
	leaveOutRepeats(store, sortByPicture(store, pictures.count, pictureOf));
	const byPicture = sortByPicture(store, pictures.count, pictureOf);
	const visible = new Map(openTasks.map((task) => [task, collectVisible(store, task, byPicture)]));
	const missing = leaveOutMissing(store, pictures, files, options);
	return { store, pictures, poolOf, visible, badLines, missing, leftOut: countLeftOut(store) };
}

/** @throws CandorError (exit 2) where no question is left to lose, and where every picture is missing */
function leaveOutMissing(store: Store, pictures: Pictures, files: readonly SplitFiles[], { imageFolders: images }: TdiucOptions): MissingPicture[] {
	const { rows } = store;
	if (rows.id.length === 0)
		throw configurationError(`${files.map(({ questions }) => questions).join(" and ")}: no question can be used`, "name the published files");
	const missing = new Map<number, MissingPicture>();
	let found = 0;
	for (let row = 0; row < rows.id.length; row++) {
		if (rows.fault.at(row) !== noFault) continue;
		const image = rows.image.at(row);
		if (pictures.pathOf(pictures.pictureOf(image)) !== undefined) {
			found++;
			continue;
		}
		rows.fault.set(row, faultOf("picture-missing"));
		const entry = missing.get(image) ?? { image, firstRow: row, questions: 0 };
		entry.questions++;
		missing.set(image, entry);
	}
	const [first] = missing.values();
	if (found === 0 && first !== undefined) {
		throw configurationError(
			`source.imageFolders: none of the ${missing.size} pictures is in ${images.join(", ")}; looked for ${describeMissing(store, first).file} and the like`,
			picturesRemedy,
		);
	}
	return [...missing.values()];
}

function describeMissing(store: Store, { image, firstRow, questions }: MissingPicture): BadLine {
	return {
		file: fileNameOf(store.imageIds.at(image), splitOf(store, firstRow)),
		reason: "picture-missing",
		detail: `in none of the folders of source.imageFolders; ${questions} ${questions === 1 ? "question falls" : "questions fall"} away`,
	};
}

function countLeftOut({ rows, unread }: Store): Record<string, number> {
	const counts = leftOutReasons.map((reason) => unread.get(reason) ?? 0);
	for (let row = 0; row < rows.id.length; row++) {
		const fault = rows.fault.at(row);
		if (fault !== noFault) counts[fault] = (counts[fault] ?? 0) + 1;
	}
	return Object.fromEntries(leftOutReasons.map((reason, index) => [reason, counts[index] ?? 0] as const).filter(([, count]) => count > 0));
}

function* listQuestions({ store, pictures, poolOf, visible }: Loaded, source: string): Generator<Question> {
	const { rows, texts, tasks, answers } = store;
	for (let row = 0; row < rows.id.length; row++) {
		if (rows.fault.at(row) !== noFault) continue;
		const picture = pictures.pictureOf(rows.image.at(row));
		const image = pictures.pathOf(picture);
		if (image === undefined) continue;
		const task = tasks.at(rows.task.at(row));
		const answer = rows.answer.at(row);
		const pool = poolOf(task, answer);
		const alsoRight = (visible.get(task)?.(picture) ?? []).filter((other) => other !== answer).map(answers.at);
		yield {
			id: `${splitOf(store, row)}-${rows.id.at(row)}`,
			source,
			image,
			imageId: pictures.idOf(picture),
			text: texts.at(rows.text.at(row)),
			task,
			...(pool === undefined ? {} : { pool }),
			answer: answers.at(answer),
			...(alsoRight.length === 0 ? {} : { alsoRight }),
		};
	}
}
