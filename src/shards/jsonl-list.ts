import jsonlPackage from "jsonl-parse-stringify";
import { configurationError, messageOf } from "../records/index.js";
import { escapeNonAscii } from "./write-jsonl.js";

/** The package is CommonJS with a default of its own: Node gives its exports, and other loaders the class in them. */
const Jsonl = "default" in jsonlPackage ? jsonlPackage.default : jsonlPackage;

/**
 * The values of a small JSONL text, all in memory. The package throws at a byte order mark and at lines of white space, so
 * those are taken out first; it names no line, so a bad one is looked for here.
 * @param file what messages call the text
 * @throws CandorError (exit 2) naming the line
 */
export function parseJsonlList(text: string, file = "the list"): unknown[] {
	const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
	const filled = lines.map((line) => (line.trim() === "" ? "" : line)).join("\n");
	try {
		return Jsonl.parse(filled);
	} catch (error) {
		throw configurationError(`${file}, line ${lineOfProblem(lines)}: not valid JSON: ${messageOf(error)}`, "Each line must hold one whole JSON value.", error);
	}
}

function lineOfProblem(lines: readonly string[]): number {
	return (
		1 +
		lines.findIndex((line) => {
			try {
				if (line.trim() !== "") JSON.parse(line);
				return false;
			} catch {
				return true;
			}
		})
	);
}

/** Values as JSONL, in ASCII. The package leaves out the last newline; it is added, so that what is appended begins a new line. */
export function stringifyJsonlList(values: readonly object[]): string {
	return values.length === 0 ? "" : `${escapeNonAscii(Jsonl.stringify([...values]))}\n`;
}
