import { readFileSync, statSync } from "node:fs";
import { isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, type Node, type ParsedNode, parseDocument } from "yaml";
import { configurationError, messageOf } from "../records/index.js";

/** Bounds for a hostile file: a config is some hundred lines, nests five deep, and needs hardly an alias. */
const maxBytes = 1024 * 1024;
const maxDepth = 64;
const maxAliases = 100;

/** A YAML file's value, and where each part of it stands. */
export interface YamlFile {
	readonly value: Readonly<Record<string, unknown>>;
	/** `file:line:column` of the value at a path, or of its key; the nearest mapping around it where there is none. */
	locate(path: readonly PropertyKey[], part?: "key" | "value"): Place;
}

export interface Place {
	readonly text: string;
	readonly line: number;
	readonly column: number;
}

interface Position {
	readonly key: number;
	readonly value: number;
}

/** Plainer words for what the YAML parser says most often. */
const plainWords: Readonly<Record<string, string>> = {
	DUPLICATE_KEY: "this key is there twice in one mapping",
	TAB_AS_INDENT: "a tab in the indentation: YAML wants spaces",
	BLOCK_AS_IMPLICIT_KEY: "a second colon or a deeper line where a plain value stands: check the indentation, or put the value in quotes",
	MULTIPLE_DOCS: "a second document begins here (---): a config is one document",
	NON_STRING_KEY: "keys must be plain text",
	TAG_RESOLVE_FAILED: "an unknown tag (!...): write the plain value",
};

/**
 * Reads a YAML or JSON file that holds one mapping.
 * @throws CandorError (exit 2) where it cannot be read or is not such a file
 */
export function readYamlFile(file: string): YamlFile {
	return parseYaml(readText(file), file);
}

/**
 * Parses YAML text that holds one mapping. `file` is its name in messages.
 * @throws CandorError (exit 2) with file, line and column
 */
function parseYaml(text: string, file: string): YamlFile {
	const lines = new LineCounter();
	const place = (offset: number): Place => {
		const { line, col } = lines.linePos(offset);
		return { text: `${file}:${Math.max(1, line)}:${Math.max(1, col)}`, line: Math.max(1, line), column: Math.max(1, col) };
	};
	refuseDeepNesting(text, file);
	const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
	// Only the first: what follows it is mostly its consequence.
	const problem = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])[0];
	if (problem !== undefined) {
		throw configurationError(`${place(problem.pos[0]).text}: not valid YAML: ${plainWords[problem.code] ?? lowerFirst(problem.message)}`);
	}
	const value = toPlainValue(() => document.toJS({ maxAliasCount: maxAliases }), file);
	if (value === null) {
		throw configurationError(`${file}: is empty`, "Start from a working one: candor init");
	}
	if (typeof value !== "object" || Array.isArray(value)) {
		throw configurationError(`${file}:1:1: holds ${Array.isArray(value) ? "a list" : "a single value"} at its top level; a config is a mapping (key: value)`);
	}
	const root = document.contents;
	return {
		value: value as Record<string, unknown>,
		locate: (path, part = "value") => place(offsetOf(root, path, part, (node) => (isAlias(node) ? node.resolve(document) : node))),
	};
}

function readText(file: string): string {
	let bytes: Buffer;
	try {
		const stats = statSync(file);
		if (stats.isDirectory()) {
			throw configurationError(`${file}: is a folder, not a config file`);
		}
		if (stats.size > maxBytes) {
			throw configurationError(`${file}: is ${stats.size.toLocaleString("en-US")} bytes; a config has at most ${maxBytes.toLocaleString("en-US")}`);
		}
		bytes = readFileSync(file);
	} catch (thrown) {
		throw readError(thrown, file);
	}
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch (thrown) {
		throw configurationError(`${file}: is not UTF-8 text`, "Save it as UTF-8.", thrown);
	}
}

function readError(thrown: unknown, file: string): Error {
	const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
	if (code === "ENOENT" || code === "ENOTDIR") {
		return configurationError(`${file}: no such file`, "Check the path, or write a starter config: candor init", thrown);
	}
	if (code === "EACCES") {
		return configurationError(`${file}: may not be read (permission denied)`, undefined, thrown);
	}
	return code === undefined && thrown instanceof Error ? thrown : configurationError(`${file}: cannot be read: ${messageOf(thrown)}`, undefined, thrown);
}

/** The parser recurses, and deep enough nesting ends the process; so count before parsing. */
function refuseDeepNesting(text: string, file: string): void {
	let flowDepth = 0;
	let markersInLine = 0;
	for (const token of new Lexer().lex(text)) {
		if (token === "[" || token === "{") {
			flowDepth += 1;
		} else if (token === "]" || token === "}") {
			flowDepth -= 1;
		} else if (token === "-" || token === "?") {
			markersInLine += 1;
		} else if (token.includes("\n")) {
			markersInLine = 0;
		}
		if (flowDepth > maxDepth || markersInLine > maxDepth) {
			throw configurationError(`${file}: nests deeper than ${maxDepth} levels`);
		}
	}
}

function toPlainValue(read: () => unknown, file: string): unknown {
	try {
		const value = read();
		JSON.stringify(value);
		return value;
	} catch (thrown) {
		if (thrown instanceof ReferenceError) {
			const tooMany = thrown.message.startsWith("Excessive");
			throw configurationError(
				`${file}: ${tooMany ? `its aliases (*name) unfold to too much: more than ${maxAliases} copies` : lowerFirst(thrown.message)}`,
				"Write the values out.",
				thrown,
			);
		}
		if (thrown instanceof TypeError) {
			throw configurationError(`${file}: an alias (*name) stands inside what it names`, "Write the values out.", thrown);
		}
		throw thrown;
	}
}

function offsetOf(root: ParsedNode | null, path: readonly PropertyKey[], part: "key" | "value", resolve: (node: Node) => Node | undefined): number {
	let at: Position = { key: 0, value: root?.range[0] ?? 0 };
	let node: Node | null | undefined = root;
	for (const key of path) {
		const container: Node | undefined = node === null || node === undefined ? undefined : resolve(node);
		if (isMap(container)) {
			const pair = container.items.find((item) => isScalar(item.key) && item.key.value === String(key));
			if (pair === undefined) {
				return at.value;
			}
			node = pair.value as Node | null;
			at = { key: startOf(pair.key as Node, at.value), value: startOf(node, startOf(pair.key as Node, at.value)) };
		} else if (isSeq(container)) {
			node = container.items[Number(key)] as Node | undefined;
			at = { key: startOf(node, at.value), value: startOf(node, at.value) };
		} else {
			return at.value;
		}
	}
	return at[part];
}

function startOf(node: Node | null | undefined, fallback: number): number {
	return node?.range?.[0] ?? fallback;
}

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}
