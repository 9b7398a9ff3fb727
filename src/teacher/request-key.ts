import { hash } from "node:crypto";
import { canonicalJson } from "./canonical-json.js";
import type { Content, TeacherRequest } from "./teacher.js";

/**
 * The ledger key of a request: sha256, in hex, of what its reply depends on. Pictures count by content only; who asks,
 * how urgently and which server answers do not count.
 */
export function requestKey(request: TeacherRequest): string {
	const { model, sampling, schema, attempt, salt } = request;
	const messages = request.messages.map(({ role, content }) => ({ role, content: content.map(keyOfContent) }));
	return hash("sha256", canonicalJson({ model, sampling, messages, schema, attempt, salt }), "hex");
}

function keyOfContent(content: Content): object {
	return content.type === "text" ? { type: "text", text: content.text } : { type: "image", image: { sha256: content.image.sha256 } };
}
