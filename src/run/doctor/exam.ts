import type { Prompt } from "../../pipeline/load-prompt.js";
import type { Endpoint } from "./endpoint.js";
import type { ChatAnswer, HttpAnswer, NoAnswer, Probe } from "./probe.js";

export interface AskOptions {
	/** @unit tokens; the config's where absent */
	readonly maxTokens?: number;
	/** As a data URL. */
	readonly picture?: string;
	/** Other members of the body. */
	readonly members?: Readonly<Record<string, unknown>>;
}

/** One server under examination. What several checks want to know is asked once. */
export interface Exam {
	readonly endpoint: Endpoint;
	readonly probe: Probe;
	/** A section of prompts/doctor.md. */
	text(section: string, values?: Readonly<Record<string, unknown>>): string;
	ask(text: string, options?: AskOptions): Promise<ChatAnswer>;
	/** The barest request that there is. */
	plain(): Promise<ChatAnswer>;
	/** GET /models */
	models(): Promise<HttpAnswer | NoAnswer>;
}

/** Starts with nothing known. `within` gives the examination to a check, which may take until the limit is aborted. */
export function startExam(endpoint: Endpoint, probe: Probe, prompt: Prompt): { within(limit: AbortSignal): Exam } {
	// OpenAI's newer models refuse max_tokens; other servers know nothing else.
	const capName = new URL(endpoint.baseUrl).host === "api.openai.com" ? "max_completion_tokens" : "max_tokens";
	const text: Exam["text"] = (section, values = {}) => prompt.render(section, values);
	const askWithin =
		(limit: AbortSignal): Exam["ask"] =>
		(content, { maxTokens = endpoint.settings.maxOutputTokens, picture, members = {} } = {}) =>
			probe.chat({ messages: [{ role: "user", content: contentOf(content, picture) }], [capName]: maxTokens, ...members }, limit);
	const plain = once((limit) => askWithin(limit)(text("plain")));
	const models = once((limit) => probe.get("/models", limit));
	return {
		within: (limit) => ({ endpoint, probe, text, ask: askWithin(limit), plain: () => plain(limit), models: () => models(limit) }),
	};
}

/** The picture first, as the teacher's client has it. */
function contentOf(text: string, picture: string | undefined): unknown {
	if (picture === undefined) return text;
	return [
		{ type: "image_url", image_url: { url: picture } },
		{ type: "text", text },
	];
}

function once<Value>(make: (limit: AbortSignal) => Promise<Value>): (limit: AbortSignal) => Promise<Value> {
	let made: Promise<Value> | undefined;
	return (limit) => {
		made ??= make(limit);
		return made;
	};
}
