import OpenAI from "openai";
import { configurationError, teacherError } from "../records/index.js";
import { buildBody, maxTokensNameOf } from "./build-body.js";
import { describeConnectionError, neverConnected } from "./describe-connection-error.js";
import type { Dialect } from "./dialects.js";
import type { ImageReader } from "./encode-image.js";
import { openAIOptions } from "./openai-options.js";
import { parseCompletion } from "./parse-completion.js";
import { parseRetryAfter } from "./retry-after.js";
import { openSender, type SenderOptions, type SentResponse } from "./send-request.js";
import { describeBody, redact } from "./server-message.js";
import type { Teacher, TeacherReply, TeacherRequest } from "./teacher.js";
import { TransportError } from "./transport-error.js";

export interface OpenAIClientOptions extends Pick<SenderOptions, "timeoutMs" | "onResponse"> {
	/** For example http://localhost:8000/v1. */
	readonly baseUrl: string;
	/** Absent: no Authorization header is sent, as most local servers need none. */
	readonly apiKey?: string;
	/** Connections at most. */
	readonly concurrency: number;
	/** How the server is told the reply's schema; `none`: not at all, the prompt says it. */
	readonly structuredOutput: Dialect;
	readonly images: ImageReader;
}

/**
 * A teacher behind the chat completions of OpenAI or of a server that speaks the same. One `ask` is one HTTP request. Address,
 * headers and errors are those of OpenAI's own client; what travels between is bytes, as its way through fetch and JSON would copy
 * every picture several times for every request.
 * @throws TransportError where no reply came; the signal's reason where it was aborted.
 */
export function createOpenAIClient(options: OpenAIClientOptions): Teacher {
	const { baseUrl, apiKey, concurrency, structuredOutput, images } = options;
	const { origin } = new URL(baseUrl);
	const sender = openSender({ ...options, origin, connections: concurrency });
	const bodyOptions = { structuredOutput, images, maxTokensName: maxTokensNameOf(baseUrl) } as const;
	let prepared: Promise<Prepared> | undefined;

	async function ask(request: TeacherRequest, signal: AbortSignal): Promise<TeacherReply> {
		signal.throwIfAborted();
		prepared ??= prepareRequests(options);
		const { path, headers } = await prepared;
		const body = await buildBody(request, bodyOptions);
		signal.throwIfAborted();
		const startedAtMs = performance.now();
		const response = await sender.post(path, headers, body, signal).catch((error: unknown) => {
			if (error instanceof TransportError || signal.aborted) throw error;
			throw new TransportError("connection", redact(describeConnectionError(error), apiKey), { unsent: neverConnected(error) });
		});
		if (response.status >= 300) throw toError(response, options);
		return { ...parseCompletion(response.body, apiKey), latencyMs: Math.round(performance.now() - startedAtMs) };
	}

	return { ask, close: () => sender.close() };
}

/** What is the same for all requests of a client. */
interface Prepared {
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
}

/** @throws CandorError (exit 2) where the key cannot be sent. */
async function prepareRequests(options: OpenAIClientOptions): Promise<Prepared> {
	const client = new OpenAI(openAIOptions(options));
	try {
		const { req, url } = await client.buildRequest({ method: "post", path: "/chat/completions", headers: { "content-type": "application/json" } });
		const { pathname, search } = new URL(url);
		return { path: `${pathname}${search}`, headers: Object.fromEntries(req.headers) };
	} catch {
		// Its message would show the key.
		throw configurationError("The API key holds a character that cannot stand in an HTTP header", "Set its variable again, without line breaks or quotes.");
	}
}

/** What a status that brings no completion means. */
function toError({ status, headers, body }: SentResponse, { baseUrl, apiKey }: OpenAIClientOptions): Error {
	const location = headers.get("location");
	if (status < 400) {
		const where = location === null ? "elsewhere" : `to ${describeBody(location, apiKey)}`;
		return teacherError(`The server at ${new URL(baseUrl).origin} sends us ${where} (status ${status})`, "Set baseUrl to where the server really is.");
	}
	// In OpenAI's form, as its class would drop the message of servers that have another.
	const { message } = OpenAI.APIError.generate(status, { error: { message: describeBody(body, apiKey) } }, undefined, new Headers());
	const retryAfterMs = parseRetryAfter(headers, Date.now());
	return new TransportError("status", message, { status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
}
