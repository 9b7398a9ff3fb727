import { configJsonSchema, type JsonNode } from "./json-schema.js";

/** How the text of an environment variable becomes a value. */
type Reading = "text" | "number" | "list" | "yaml";

/** A setting that a flag or an environment variable can give. */
export interface Setting {
	/** The dotted path: `teacher.baseUrl`. */
	readonly path: string;
	/** `CANDOR_TEACHER_BASE_URL` */
	readonly variable: string;
	readonly reading: Reading;
}

const namePattern = "^[a-z][a-z0-9-]*$";

let cachedRoot: JsonNode | undefined;

/** Every setting of the config that is not itself a section, in the schema's order. */
export function listSettings(): Setting[] {
	const found = new Map<string, Setting>();
	const visit = (node: JsonNode, path: readonly string[]): void => {
		const branches = node.oneOf ?? [node];
		for (const branch of branches) {
			if (branch.properties === undefined) {
				const setting = { path: path.join("."), variable: variableName(path), reading: readingOf(branch) };
				found.set(setting.path, setting);
				continue;
			}
			for (const [key, child] of Object.entries(branch.properties)) {
				if (key !== "$schema") {
					visit(child, [...path, key]);
				}
			}
		}
	};
	visit(schemaRoot(), []);
	return [...found.values()];
}

/**
 * The schema's nodes at a path: several where the schema leaves a choice that `value` (the whole config as written)
 * does not settle.
 */
export function nodesAt(path: readonly PropertyKey[], value: unknown): JsonNode[] {
	let nodes = openBranches([schemaRoot()], value);
	let here = value;
	for (const key of path) {
		here = valueAt(here, [key]);
		nodes = openBranches(
			nodes.flatMap((node) => childOf(node, key)),
			here,
		);
	}
	return nodes;
}

/** The keys that may stand in a mapping. */
export function keysAt(path: readonly PropertyKey[], value: unknown): string[] {
	const keys = nodesAt(path, value).flatMap((node) => [...Object.keys(node.properties ?? {}), ...(node.propertyNames?.enum ?? []).map(String)]);
	return [...new Set(keys)].filter((key) => key !== "$schema");
}

/** What a value may be, as the end of the sentence "must be ...". */
export function describeAllowed(nodes: readonly JsonNode[]): string {
	const types = nodes.map((node) => node.properties?.["type"]?.const).filter((type) => typeof type === "string");
	const others = nodes.filter((node) => typeof node.properties?.["type"]?.const !== "string").map(describeNode);
	return [...new Set([...others, ...(types.length === 0 ? [] : [`a mapping with type: ${types.join(", ")}`])])].join(" or ");
}

/** The value at a path of a plain object; undefined where there is none. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
	let here = value;
	for (const key of path) {
		if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) {
			return undefined;
		}
		here = Reflect.get(here, key);
	}
	return here;
}

function schemaRoot(): JsonNode {
	cachedRoot ??= configJsonSchema() as JsonNode;
	return cachedRoot;
}

function childOf(node: JsonNode, key: PropertyKey): JsonNode[] {
	if (typeof key === "number") {
		return node.items === undefined ? [] : [node.items];
	}
	const own = Object.hasOwn(node.properties ?? {}, key) ? node.properties?.[String(key)] : undefined;
	const child = own ?? node.additionalProperties;
	return typeof child === "object" ? [child] : [];
}

function openBranches(nodes: readonly JsonNode[], value: unknown): JsonNode[] {
	const open = nodes.flatMap((node) => node.oneOf ?? node.anyOf ?? [node]);
	const type = valueAt(value, ["type"]);
	const chosen = open.filter((node) => type !== undefined && node.properties?.["type"]?.const === type);
	return chosen.length > 0 ? chosen : open;
}

function readingOf(node: JsonNode): Reading {
	if (node.type === "integer" || node.type === "number") {
		return "number";
	}
	if (node.type === "array") {
		return "list";
	}
	return node.type === "string" ? "text" : "yaml";
}

function variableName(path: readonly string[]): string {
	return `CANDOR_${path.map((key) => key.replace(/[A-Z]/g, "_$&")).join("_")}`.toUpperCase();
}

function describeNode(node: JsonNode): string {
	if (node.const !== undefined) {
		return String(node.const);
	}
	if (node.enum !== undefined) {
		return `one of ${node.enum.join(", ")}`;
	}
	switch (node.type) {
		case "integer":
			return `a whole number ${describeRange(node)}`.trim();
		case "number":
			return `a number ${describeRange(node)}`.trim();
		case "array":
			return "a list with at least one entry";
		case "string":
			return describeText(node);
		default:
			return describeMapping(node);
	}
}

function describeRange(node: JsonNode): string {
	const write = (value: number): string => value.toLocaleString("en-US");
	const maximum = node.maximum === undefined || node.maximum === Number.MAX_SAFE_INTEGER ? undefined : write(node.maximum);
	if (node.exclusiveMinimum !== undefined) {
		return `above ${write(node.exclusiveMinimum)}${maximum === undefined ? "" : ` and at most ${maximum}`}`;
	}
	const minimum = write(node.minimum ?? 0);
	return maximum === undefined ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`;
}

function describeText(node: JsonNode): string {
	if (node.format === "uri") {
		return "a URL that begins with http:// or https://, such as http://localhost:8000/v1";
	}
	if (node.pattern === namePattern) {
		return "lower-case letters, digits and hyphens that begin with a letter";
	}
	return node.pattern === undefined ? "text that is not empty" : `text that matches ${node.pattern}`;
}

function describeMapping(node: JsonNode): string {
	if (typeof node.additionalProperties === "object") {
		const keys = node.propertyNames?.enum;
		const values = node.additionalProperties.type === "integer" ? "whole numbers" : "shares";
		return `a mapping of ${keys === undefined ? "names" : keys.join(", ")} to ${values}`;
	}
	return `a mapping with ${Object.keys(node.properties ?? {}).join(", ")}`;
}
