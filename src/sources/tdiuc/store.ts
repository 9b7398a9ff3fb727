import { type Column, createColumn, createTexts, type Texts } from "./columns.js";

/** Why a question of the files is not used; a question has one reason. The number that rows hold is the place in this list. */
export const leftOutReasons = [
	"question-unreadable",
	"duplicate-id",
	"annotation-missing",
	"task-left-out",
	"question-missing",
	"question-too-long",
	"reserved-string",
	"text-damaged",
	"image-ids-differ",
	"answer-missing",
	"answer-too-long",
	"answer-does-not-apply",
	"answer-rare",
	"duplicate-question",
	"answers-differ",
	"picture-missing",
] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

/** What a row's `fault` is when the question can be used. */
export const noFault = 255;
/** What a row's `task` and `answer` are while no annotation was met. */
export const none = 0xffff_ffff;

export function faultOf(reason: LeftOutReason): number {
	return leftOutReasons.indexOf(reason);
}

/** Texts of which there are few, by number. */
export interface Names {
	readonly size: number;
	numberOf(text: string): number;
	at(number: number): string;
}

/**
 * The questions of the published files in columns, in the files' order: some 40 bytes each beside the text, where objects would
 * take hundreds. Rows are numbers; each column holds one thing about them.
 */
export interface Store {
	readonly rows: {
		readonly id: Column;
		/** Number of the image id in `imageIds`. */
		readonly image: Column;
		readonly text: Column;
		readonly task: Column;
		readonly answer: Column;
		readonly fault: Column;
	};
	readonly texts: Texts;
	readonly tasks: Names;
	readonly answers: Names;
	/** The image ids of the files, each once. */
	readonly imageIds: Column;
	imageNumberOf(imageId: number): number;
	/** The first row of each split that was begun, in order. */
	readonly splitStarts: { readonly split: "train" | "val"; readonly row: number }[];
	/** Questions that never became a row, by reason. */
	readonly unread: Map<LeftOutReason, number>;
}

export function createStore(): Store {
	const imageIds = createColumn((length) => new Float64Array(length));
	const imageNumbers = new Map<number, number>();
	const numbers = () => createColumn((length) => new Uint32Array(length));
	return {
		rows: {
			id: createColumn((length) => new Float64Array(length)),
			image: numbers(),
			text: numbers(),
			task: numbers(),
			answer: numbers(),
			fault: createColumn((length) => new Uint8Array(length)),
		},
		texts: createTexts(),
		tasks: createNames(),
		answers: createNames(),
		imageIds,
		imageNumberOf(imageId) {
			const known = imageNumbers.get(imageId);
			if (known !== undefined) return known;
			imageNumbers.set(imageId, imageIds.length);
			imageIds.push(imageId);
			return imageIds.length - 1;
		},
		splitStarts: [],
		unread: new Map(),
	};
}

function createNames(): Names {
	const byText = new Map<string, number>();
	const texts: string[] = [];
	return {
		get size() {
			return texts.length;
		},
		numberOf(text) {
			const known = byText.get(text);
			if (known !== undefined) return known;
			const own = detach(text);
			byText.set(own, texts.length);
			texts.push(own);
			return texts.length - 1;
		},
		at: (number) => texts[number] ?? "",
	};
}

/** The text as a string of its own: a part of a longer string keeps all of that in memory, here a piece of the file. */
export function detach(text: string): string {
	return Buffer.from(text).toString();
}

/** Rows of a split are those from its start to the next one's. */
export function splitOf(store: Store, row: number): "train" | "val" {
	return store.splitStarts.findLast((start) => start.row <= row)?.split ?? "train";
}
