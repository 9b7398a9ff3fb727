import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { configurationError, messageOf } from "../records/index.js";
import { systemCode } from "./write-error.js";

/** A line that holds a JSON value. `line` counts from 1; `byteOffset` is where its first byte stands. */
export interface JsonlValue {
	readonly line: number;
	readonly byteOffset: number;
	readonly value: unknown;
}

/** A line that cannot be used. `problem` says why, `excerpt` shows how it begins. */
export interface JsonlProblem {
	readonly line: number;
	readonly byteOffset: number;
	readonly problem: string;
	readonly excerpt: string;
}

export type JsonlItem = JsonlValue | JsonlProblem;

/** @unit bytes */
const chunkBytes = 1024 * 1024;
/** @unit bytes */
const defaultMaxLineBytes = 16 * 1024 * 1024;
/** As many bytes of a bad line are shown. @unit bytes */
const excerptBytes = 160;

const newline = 0x0a;

export function isJsonlProblem(item: JsonlItem): item is JsonlProblem {
	return "problem" in item;
}

/** The beginning of a line for a message: what does not print is shown as the replacement character. */
function excerptOf(bytes: Buffer): string {
	const text = bytes
		.subarray(0, excerptBytes)
		.toString("utf8")
		.trim()
		.replace(/\p{Cc}/gu, "\ufffd");
	return bytes.length > excerptBytes ? `${text.replace(/\ufffd$/, "")}…` : text;
}

/** The encoding that a byte order mark at the file's start names, where it is one that JSONL does not have. */
function foreignEncoding(start: Buffer): string | undefined {
	const [a, b, c, d] = start;
	if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? "UTF-32" : "UTF-16";
	if (a === 0xfe && b === 0xff) return "UTF-16";
	if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return "UTF-32";
	return undefined;
}

function hasUtf8Mark(start: Buffer): boolean {
	return start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf;
}

/** V8 counts lines within the text it is given, which is always one line: only the column says something. */
function parseProblem(thrown: unknown): string {
	return messageOf(thrown).replace(/ ?\(line 1 column (\d+)\)/, "");
}

/** One line's item; undefined for a blank line. `closed`: a newline followed. */
function parseLine(bytes: Buffer, line: number, byteOffset: number, closed: boolean): JsonlItem | undefined {
	const problem = (text: string): JsonlProblem => ({ line, byteOffset, problem: text, excerpt: excerptOf(bytes) });
	if (bytes.includes(0)) return problem("holds NUL bytes: the file is damaged, or is not UTF-8 text");
	if (!isUtf8(bytes)) return problem("is not valid UTF-8");
	const text = bytes.toString("utf8");
	if (/^[ \t\r]*$/.test(text)) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return { line, byteOffset, value };
	} catch (error) {
		return problem(
			closed ? `is not valid JSON: ${parseProblem(error)}` : `breaks off: the file's last line has no end and is not valid JSON: ${parseProblem(error)}`,
		);
	}
}

/** The items of a file that comes in pieces, wherever they are cut. Holds one line at most, and of a line that is too long only its beginning. */
export async function* parseJsonlChunks(
	chunks: AsyncIterable<Buffer>,
	{ maxLineBytes = defaultMaxLineBytes }: { maxLineBytes?: number } = {},
): AsyncGenerator<JsonlItem> {
	let line = 1;
	let lineStart = 0;
	let lineBytes = 0;
	let parts: Buffer[] = [];

	const add = (bytes: Buffer): void => {
		lineBytes += bytes.length;
		if (lineBytes <= maxLineBytes) parts.push(bytes);
		else if (parts.length !== 1 || parts[0]?.length !== excerptBytes) parts = [Buffer.from(Buffer.concat([...parts, bytes]).subarray(0, excerptBytes))];
	};
	const finish = (closed: boolean): JsonlItem | undefined => {
		const bytes = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
		const item: JsonlItem | undefined =
			lineBytes > maxLineBytes
				? { line, byteOffset: lineStart, problem: `is too long: ${lineBytes} bytes, and ${maxLineBytes} are allowed`, excerpt: `${excerptOf(bytes)}…` }
				: parseLine(bytes, line, lineStart, closed);
		line += 1;
		lineStart += lineBytes + 1;
		lineBytes = 0;
		parts = [];
		return item;
	};

	for await (const chunk of withWholeStart(chunks)) {
		let from = 0;
		if (line === 1 && lineStart === 0 && lineBytes === 0) {
			const encoding = foreignEncoding(chunk);
			if (encoding !== undefined) {
				yield { line: 1, byteOffset: 0, problem: `is ${encoding}, going by the file's first bytes: JSONL must be UTF-8`, excerpt: "" };
				return;
			}
			if (hasUtf8Mark(chunk)) lineStart = from = 3;
		}
		for (let end = chunk.indexOf(newline, from); end !== -1; end = chunk.indexOf(newline, from)) {
			add(chunk.subarray(from, end));
			from = end + 1;
			const item = finish(true);
			if (item !== undefined) yield item;
		}
		if (from < chunk.length) add(chunk.subarray(from));
	}
	const item = lineBytes > 0 ? finish(false) : undefined;
	if (item !== undefined) yield item;
}

/** The same bytes, with the first four in one piece where the file has as many: a byte order mark is never cut. */
async function* withWholeStart(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	let start: Buffer | undefined = Buffer.alloc(0);
	for await (const chunk of chunks) {
		if (start === undefined) {
			yield chunk;
			continue;
		}
		start = Buffer.concat([start, chunk]);
		if (start.length < 4) continue;
		yield start;
		start = undefined;
	}
	if (start !== undefined && start.length > 0) yield start;
}

function readError(path: string, thrown: unknown): Error {
	switch (systemCode(thrown)) {
		case "ENOENT":
		case "ENOTDIR":
			return configurationError(`${path} does not exist`, "Check the path; in a config it is relative to the config file.", thrown);
		case "EISDIR":
			return configurationError(`${path} is a folder, not a JSONL file`, "Name a file in it.", thrown);
		default:
			return configurationError(`cannot read ${path}: ${messageOf(thrown)}`, "Check that the file can be read.", thrown);
	}
}

/**
 * Reads a JSONL file of any size as a stream. A bad line is an item that says what is wrong, and reading goes on. Blank lines are
 * skipped but counted; CRLF and a UTF-8 byte order mark are tolerated; a file in UTF-16 or UTF-32 is one problem.
 * @param options.maxLineBytes a longer line is a problem, and never held in memory. Default 16 MiB. @unit bytes
 * @throws CandorError (exit 2) naming the file, where it is missing, a folder or unreadable
 */
export async function* readJsonl(path: string, options: { maxLineBytes?: number } = {}): AsyncGenerator<JsonlItem> {
	try {
		yield* parseJsonlChunks(createReadStream(path, { highWaterMark: chunkBytes }), options);
	} catch (error) {
		throw readError(path, error);
	}
}
