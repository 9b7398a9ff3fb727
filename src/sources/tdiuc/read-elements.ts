import { createReadStream } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import Assembler from "stream-json/assembler.js";
import { jsonParser, type Token } from "stream-json/core/parser.js";
import { type CandorError, configurationError, messageOf } from "../../records/index.js";

/** @unit bytes */
const chunkBytes = 256 * 1024;
/** A text, or blank space, longer than this is damage. @unit characters */
const maxTextLength = 4 * chunkBytes;
/** Elements of the published files have about 20. @unit tokens */
const maxElementTokens = 20_000;
const maxDepth = 64;

/**
 * Reads the elements of one array of a JSON file of any size, one after the other: the array that is the value of `key` in the
 * file's object, or the file's own where `key` is absent. Whatever else the file holds is passed over. Memory holds one element.
 * @throws CandorError (exit 2) naming the file and how far it could be read, where it is no JSON or has no such array
 */
export async function readElements(path: string, key: string | undefined, take: (element: unknown, index: number) => void): Promise<void> {
	const parse = jsonParser({ packValues: true, streamValues: false });
	const elements = createElements(key, take);
	// The parser minds a byte order mark; decoding in pieces does not drop it.
	const decoder = new StringDecoder("utf8");
	let position = 0;
	let silentLength = 0;
	try {
		for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
			const bytes: Buffer = chunk;
			const text = decoder.write(bytes);
			const parsed = parse(position === 0 && text.startsWith("\ufeff") ? text.slice(1) : text);
			const tokens = typeof parsed === "symbol" ? [] : parsed.values;
			for (const token of tokens) elements.add(token);
			position += bytes.length;
			silentLength = tokens.length > 0 ? 0 : silentLength + text.length;
			if (silentLength > maxTextLength) throw new Error(`goes on for more than ${maxTextLength} characters without a value`);
		}
		elements.end();
	} catch (error) {
		throw damaged(path, key, elements.count, position, error);
	}
}

function damaged(path: string, key: string | undefined, count: number, position: number, error: unknown): CandorError {
	const where = count === 0 ? "" : ` after element ${count}${key === undefined ? "" : ` of "${key}"`}`;
	return configurationError(
		`${path}: cannot be read${where}, near byte ${position}: ${messageOf(error)}`,
		"the file is damaged or not the published one: unpack its archive again",
		error,
	);
}

/** Puts the parser's tokens together to elements of the wanted array. */
function createElements(key: string | undefined, take: (element: unknown, index: number) => void) {
	const assembler = new Assembler();
	/** Open objects and arrays, and how many of them are open where elements stand. */
	let depth = 0;
	const elementDepth = key === undefined ? 1 : 2;
	let inArray = false;
	let found = false;
	let lastKey: string | undefined;
	let count = 0;
	let tokenCount = 0;

	const addToElement = (token: Token): void => {
		if (depth === elementDepth && "value" in token) {
			take(token.name === "numberValue" ? Number(token.value) : token.value, count++);
			return;
		}
		if (++tokenCount > maxElementTokens) throw new Error(`an element has more than ${maxElementTokens} parts`);
		assembler.consume(token);
	};
	const open = (token: Token): void => {
		if (inArray) addToElement(token);
		else if (depth === elementDepth - 1 && lastKey === key) {
			if (token.name !== "startArray") throw new Error(`${wanted(key)} is not an array`);
			inArray = true;
			found = true;
		}
		if (++depth > maxDepth) throw new Error(`is nested more than ${maxDepth} deep`);
	};
	const close = (token: Token): void => {
		depth--;
		if (!inArray) return;
		if (depth < elementDepth) {
			inArray = false;
			return;
		}
		addToElement(token);
		if (depth === elementDepth) {
			take(assembler.current, count++);
			tokenCount = 0;
		}
	};
	return {
		get count() {
			return count;
		},
		add(token: Token): void {
			switch (token.name) {
				case "startObject":
				case "startArray":
					open(token);
					break;
				case "endObject":
				case "endArray":
					close(token);
					break;
				default:
					if (inArray) addToElement(token);
					else if (token.name === "keyValue") lastKey = depth === 1 ? token.value : lastKey;
					else if (depth === elementDepth - 1 && lastKey === key) throw new Error(`${wanted(key)} is not an array`);
			}
		},
		end(): void {
			if (depth > 0) throw new Error("the file breaks off");
			if (!found) throw new Error(`there is no ${wanted(key)}`);
		},
	};
}

function wanted(key: string | undefined): string {
	return key === undefined ? "array of objects" : `array "${key}"`;
}
