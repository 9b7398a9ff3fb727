import { jsonrepair } from "jsonrepair";
import type { z } from "zod";
import { findObjects } from "./find-objects.js";
import { fitToSchema } from "./fit-to-schema.js";
import { stripThinking } from "./strip-thinking.js";

/** Longer than any reply that we ask for; what lies beyond is not read. */
const maxLength = 64 * 1024;
const maxNesting = 64;

export type ParsedReply<Value> =
	| { readonly ok: true; readonly value: Value }
	| { readonly ok: false; readonly reason: "reply-unparsable" | "reply-wrong-schema"; readonly detail: string };

/**
 * Reads the JSON object that a model was asked for out of what it sent: in a code fence, between sentences, with single
 * quotes, trailing commas, bare keys, Python's True and None, or other capitals. Where several objects are there, the first
 * that fits counts. Never throws.
 */
export function parseJsonReply<Value>(text: string, schema: z.ZodType<Value>): ParsedReply<Value> {
	let problem: string | undefined;
	for (const source of findObjects(stripThinking(text).slice(0, maxLength))) {
		const object = parseObject(source);
		if (object === undefined) continue;
		const asSent = schema.safeParse(object);
		if (asSent.success) return { ok: true, value: asSent.data };
		const fitted = schema.safeParse(fitToSchema(object, schema));
		if (fitted.success) return { ok: true, value: fitted.data };
		problem ??= describeIssue(fitted.error);
	}
	return problem === undefined
		? { ok: false, reason: "reply-unparsable", detail: `the reply holds no JSON object: ${JSON.stringify(text.slice(0, 120))}` }
		: { ok: false, reason: "reply-wrong-schema", detail: `the reply does not fit: ${problem}` };
}

function parseObject(source: string): object | undefined {
	// Both parsers and whatever reads their result go down recursively.
	if (nesting(source) > maxNesting) return undefined;
	for (const parse of [JSON.parse, (text: string) => JSON.parse(jsonrepair(text))]) {
		try {
			const value: unknown = parse(source);
			if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
		} catch {
			// The next one is more forgiving.
		}
	}
	return undefined;
}

function nesting(source: string): number {
	let depth = 0;
	let deepest = 0;
	for (const character of source) {
		if (character === "{" || character === "[") {
			depth += 1;
			deepest = Math.max(deepest, depth);
		} else if (character === "}" || character === "]") depth -= 1;
	}
	return deepest;
}

function describeIssue(error: z.ZodError): string {
	const issue = error.issues[0];
	return `${issue?.path.join(".") || "the object"}: ${issue?.message ?? "invalid"}`.slice(0, 200);
}
