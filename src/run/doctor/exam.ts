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
	readonly signal: AbortSignal;
	/** A section of prompts/doctor.md. */
	text(section: string, values?: Readonly<Record<string, unknown>>): string;
	ask(text: string, options?: AskOptions): Promise<ChatAnswer>;
	/** The barest request that there is. */
	plain(): Promise<ChatAnswer>;
	/** GET /models */
	models(): Promise<HttpAnswer | NoAnswer>;
}

export function startExam(endpoint: Endpoint, probe: Probe, prompt: Prompt, signal: AbortSignal): Exam {
	// OpenAI's newer models refuse max_tokens; other servers know nothing else.
	const capName = new URL(endpoint.baseUrl).host === "api.openai.com" ? "max_completion_tokens" : "max_tokens";
	const text: Exam["text"] = (section, values = {}) => prompt.render(section, values);
	const ask: Exam["ask"] = (content, { maxTokens = endpoint.settings.maxOutputTokens, picture, members = {} } = {}) =>
		probe.chat({
			messages: [
				{
					role: "user",
					content:
						picture === undefined
							? content
							: [
									{ type: "image_url", image_url: { url: picture } },
									{ type: "text", text: content },
								],
				},
			],
			[capName]: maxTokens,
			...members,
		});
	return {
		endpoint,
		probe,
		signal,
		text,
		ask,
		plain: once(() => ask(text("plain"))),
		models: once(() => probe.get("/models")),
	};
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
	let made: Promise<Value> | undefined;
	return () => {
		made ??= make();
		return made;
	};
}
