import type { z } from "zod";
import type { JsonNode } from "./json-schema.js";
import type { Problem } from "./problem.js";
import { showValue } from "./secrets.js";
import { describeAllowed, keysAt, nodesAt, valueAt } from "./settings.js";
import { suggest, suggestion } from "./suggest.js";

type Issue = z.core.$ZodIssue;

/**
 * Zod's issues in our words: the value found, what is allowed, and the word that was probably meant.
 * @param value the whole config as written
 */
export function describeIssues(issues: readonly Issue[], value: unknown): Problem[] {
	return issues.flatMap((issue) => describeIssue(issue, issue.path, value));
}

function describeIssue(issue: Issue, path: readonly PropertyKey[], value: unknown): Problem[] {
	if (issue.code === "unrecognized_keys") {
		return issue.keys.map((key) => describeUnknownKey(key, path, value));
	}
	const found = valueAt(value, path);
	if (issue.code === "invalid_union" && typeof found === "object" && found !== null && !Array.isArray(found)) {
		const branch = issue.errors.find((errors) => errors.every((inner) => inner.path.length > 0 || inner.code === "unrecognized_keys"));
		if (branch !== undefined) {
			return branch.flatMap((inner) => describeIssue(inner, [...path, ...inner.path], value));
		}
	}
	const nodes = nodesAt(path, value);
	const allowed = describeAllowed(nodes);
	if (found === undefined || found === null) {
		const what = found === undefined ? "missing" : "is empty";
		return [{ path, part: "value", rank: found === undefined ? "missing" : "value", text: `${what}: ${describeWanted(nodes, allowed)}` }];
	}
	return [describeWrongValue(issue, path, found, allowed, value)];
}

/** For free text, what it is for says more than its form. */
function describeWanted(nodes: readonly JsonNode[], allowed: string): string {
	const node = nodes[0];
	const purpose = node?.description?.split(/(?<!e\.g)\. |\.$/)[0];
	return node?.type === "string" && node.enum === undefined && purpose !== undefined
		? purpose.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase())
		: `must be ${allowed}`;
}

function describeWrongValue(issue: Issue, path: readonly PropertyKey[], found: unknown, allowed: string, value: unknown): Problem {
	const words = nodesAt(path, value).flatMap((node) => [...(node.enum ?? []), ...(node.const === undefined ? [] : [node.const])]);
	const meant = typeof found === "string" ? suggest(found, words.map(String)) : undefined;
	const ownMessage = /^(Invalid|Too) /.test(issue.message) ? `must be ${allowed}` : issue.message;
	const quoted = typeof found === "string" && /^(a whole number|a number)/.test(allowed) && /^\d+$/.test(found) ? "; leave the quotes out" : "";
	return {
		path,
		part: "value",
		rank: meant === undefined ? "value" : "misspelt",
		text: `${showValue(found)} is not allowed: ${ownMessage}${quoted}${meant === undefined ? "" : `; did you mean ${meant}?`}`,
	};
}

function describeUnknownKey(key: string, path: readonly PropertyKey[], value: unknown): Problem {
	const known = keysAt(path, value);
	const meant = suggestion(key, known);
	return {
		path: [...path, key],
		part: "key",
		rank: "misspelt",
		text: `unknown key${meant === "" ? `; known here: ${known.join(", ")}` : meant}`,
	};
}
