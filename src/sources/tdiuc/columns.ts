import { configurationError } from "../../records/index.js";

type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** A list of numbers that grows, a few bytes an entry: what stays of a question while it is in memory, besides its text. */
export interface Column {
	readonly length: number;
	at(index: number): number;
	set(index: number, value: number): void;
	push(value: number): void;
}

const firstLength = 1_024;

/** @param make the typed array that holds the values: `(length) => new Uint32Array(length)` */
export function createColumn(make: (length: number) => Numbers): Column {
	let values = make(firstLength);
	let length = 0;
	return {
		get length() {
			return length;
		},
		at: (index) => values[index] ?? 0,
		set(index, value) {
			values[index] = value;
		},
		push(value) {
			if (length === values.length) {
				// By half: the old and the new array are in memory together.
				const longer = make(Math.ceil(length * 1.5));
				longer.set(values);
				values = longer;
			}
			values[length++] = value;
		},
	};
}

/** Texts outside the JavaScript heap, as UTF-8 one after the other. A text is named by a number of 32 bits. */
export interface Texts {
	/** @param text at most 20,000 characters */
	push(text: string): number;
	at(name: number): string;
}

/** @unit bytes */
const pageBytes = 1024 * 1024;
/** Names have 32 bits. */
const maxPages = 4_096;

export function createTexts(): Texts {
	const pages: Buffer[] = [];
	let used = pageBytes;
	return {
		push(text) {
			// No character of UTF-16 takes more than three bytes. Two hold the length.
			if (used + 2 + 3 * text.length > pageBytes) {
				if (pages.length === maxPages) throw configurationError("the questions' texts take more than 4 GiB", "read one split at a time: source.splits");
				pages.push(Buffer.allocUnsafeSlow(pageBytes));
				used = 0;
			}
			const page = pages.length - 1;
			const start = used;
			const written = pages[page]?.write(text, start + 2, "utf8") ?? 0;
			pages[page]?.writeUInt16LE(written, start);
			used = start + 2 + written;
			return page * pageBytes + start;
		},
		at(name) {
			const page = pages[Math.floor(name / pageBytes)];
			const start = name % pageBytes;
			return page?.toString("utf8", start + 2, start + 2 + page.readUInt16LE(start)) ?? "";
		},
	};
}
