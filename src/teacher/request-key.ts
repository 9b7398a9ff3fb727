import { hash } from "node:crypto";
import { canonicalJson } from "./canonical-json.js";
import type { Content, TeacherRequest } from "./teacher.js";

type SchemaJson = NonNullable<TeacherRequest["schema"]>["json"];

/** Few schemas serve all requests. */
const schemaTexts = new WeakMap<SchemaJson, string>();

/**
 * The ledger key of a request: sha256, in hex, of what its reply depends on. Pictures count by content only; who asks,
 * how urgently and which server answers do not count.
 */
export function requestKey(request: TeacherRequest): string {
	const { model, sampling, schema, attempt, salt } = request;
	// The canonical JSON of it all: members stand in the order of their names, and those that are undefined are left out.
	const messages = request.messages.map(({ role, content }) => ({ content: content.map(keyOfContent), role }));
	const { maxOutputTokens, seed, temperature, topP } = sampling;
	const text = JSON.stringify({ attempt, messages, model, salt, sampling: { maxOutputTokens, seed, temperature, topP } });
	const whole = schema === undefined ? text : `${text.slice(0, -1)},"schema":{"json":${textOfSchema(schema.json)},"name":${JSON.stringify(schema.name)}}}`;
	return hash("sha256", whole, "hex");
}

function keyOfContent(content: Content): object {
	return content.type === "text" ? { text: content.text, type: "text" } : { image: { sha256: content.image.sha256 }, type: "image" };
}

function textOfSchema(json: SchemaJson): string {
	const known = schemaTexts.get(json);
	if (known !== undefined) return known;
	const text = canonicalJson(json);
	schemaTexts.set(json, text);
	return text;
}
