import { createHash } from "node:crypto";
import type { ChatBody } from "./fake-teacher.js";

/** As vLLM has it by default. @unit tokens */
const blockTokens = 16;
/** LLaVA-1.5's: about as many as other families take for a small picture. @unit tokens */
const pictureTokens = 576;

/** A server's prefix cache: blocks of the prompt, each known by all that stands before it; the one used longest ago goes first. */
export interface PrefixCache {
	/** Takes a request's prompt. @returns how many of its blocks were there, and how many it has */
	admit(body: ChatBody): { readonly hits: number; readonly blocks: number };
}

/** @param capacity blocks; Infinity for a server that forgets nothing */
export function createPrefixCache(capacity: number): PrefixCache {
	const known = new Set<string>();
	return {
		admit(body) {
			const chain = blocksOf(body);
			const missing = chain.findIndex((block) => !known.has(block));
			// The deepest first: of one prompt, what others share is the last to go.
			for (const block of [...chain].reverse()) {
				known.delete(block);
				known.add(block);
			}
			for (const oldest of known) {
				if (known.size <= capacity) break;
				known.delete(oldest);
			}
			return { hits: missing < 0 ? chain.length : missing, blocks: chain.length };
		},
	};
}

/** The full blocks of a prompt, as a chain of hashes. A token is about four characters; a picture's are known by its content. */
function blocksOf(body: ChatBody): string[] {
	const tokens = body.messages.flatMap(({ role, content }) => [
		`<${role}>`,
		...(typeof content === "string" ? [{ type: "text", text: content }] : content).flatMap((part) =>
			part.type === "text" ? ((part.text ?? "").match(/.{1,4}/gs) ?? []) : Array.from({ length: pictureTokens }, () => digest(part.image_url?.url ?? "")),
		),
	]);
	const chain: string[] = [];
	let before = "";
	for (let at = 0; at + blockTokens <= tokens.length; at += blockTokens) {
		before = digest(`${before}\n${tokens.slice(at, at + blockTokens).join("\u0000")}`);
		chain.push(before);
	}
	return chain;
}

const digests = new Map<string, string>();

function digest(text: string): string {
	const known = digests.get(text);
	if (known !== undefined) return known;
	const made = createHash("sha256").update(text).digest("base64");
	if (text.length > 1000) digests.set(text, made);
	return made;
}
