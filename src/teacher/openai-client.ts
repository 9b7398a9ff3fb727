import OpenAI from "openai";
import { Agent, Response as UndiciResponse, fetch as undiciFetch } from "undici";
import { allowManyListeners } from "./abort.js";
import { type Dialect, dialectMembers } from "./dialects.js";
import type { ImageReader } from "./encode-image.js";
import { parseCompletion } from "./parse-completion.js";
import { parseRetryAfter } from "./retry-after.js";
import { describeBody, redact } from "./server-message.js";
import type { Message, Teacher, TeacherReply, TeacherRequest } from "./teacher.js";
import { TransportError } from "./transport-error.js";

export interface OpenAIClientOptions {
	/** For example http://localhost:8000/v1. */
	readonly baseUrl: string;
	/** Absent: no Authorization header is sent, as most local servers need none. */
	readonly apiKey?: string;
	/** From sending the request to the last byte of its reply. @unit milliseconds */
	readonly timeoutMs: number;
	/** Connections at most. */
	readonly concurrency: number;
	/** How the server is told the reply's schema; `none`: not at all, the prompt says it. */
	readonly structuredOutput: Dialect;
	readonly images: ImageReader;
}

type ChatParams = OpenAI.Chat.ChatCompletionCreateParamsNonStreaming;

const openAIHost = "api.openai.com";

/**
 * A teacher behind the chat completions of OpenAI or of a server that speaks the same. One `ask` is one HTTP request.
 * @throws TransportError where no reply came; the signal's reason where it was aborted.
 */
export function createOpenAIClient(options: OpenAIClientOptions): Teacher {
	// Our own timer ends a request: undici's limits would cut long generations off at 300 seconds whatever `timeoutMs` is.
	const agent = new Agent({
		connections: options.concurrency,
		headersTimeout: 0,
		bodyTimeout: 0,
		keepAliveTimeout: 30_000,
	});
	const isOpenAI = new URL(options.baseUrl).host === openAIHost;
	const client = new OpenAI({
		baseURL: options.baseUrl,
		apiKey: options.apiKey ?? "none",
		...(options.apiKey === undefined ? { defaultHeaders: { Authorization: null } } : {}),
		// What the environment holds for OpenAI is no business of another server.
		organization: null,
		project: null,
		adminAPIKey: null,
		webhookSecret: null,
		maxRetries: 0,
		timeout: options.timeoutMs * 2,
		logLevel: "off",
		fetch: fetchThrough(agent, options.apiKey),
	});

	async function ask(request: TeacherRequest, signal: AbortSignal): Promise<TeacherReply> {
		signal.throwIfAborted();
		const params = await toParams(request, options, isOpenAI);
		const controller = new AbortController();
		const onAbort = () => controller.abort();
		let timedOut = false;
		signal.throwIfAborted();
		allowManyListeners(signal);
		signal.addEventListener("abort", onAbort, { once: true });
		const timer = setTimeout(() => {
			timedOut = true;
			controller.abort();
		}, options.timeoutMs);
		const startedAtMs = performance.now();
		try {
			const body: unknown = await client.chat.completions.create(params, { signal: controller.signal });
			const reply = parseCompletion(body, options.apiKey);
			return { ...reply, latencyMs: Math.round(performance.now() - startedAtMs) };
		} catch (error) {
			signal.throwIfAborted();
			if (timedOut) throw new TransportError("timeout", `no reply within ${options.timeoutMs} ms`);
			throw toTransportError(error, options.apiKey);
		} finally {
			clearTimeout(timer);
			signal.removeEventListener("abort", onAbort);
		}
	}

	return { ask, close: () => agent.destroy() };
}

/**
 * Node's own fetch cannot use this agent: both must come from the same undici. Error bodies are brought into OpenAI's form,
 * as its client would drop the message of servers that have another.
 */
function fetchThrough(agent: Agent, apiKey: string | undefined): typeof globalThis.fetch {
	const send = async (...[input, init]: Parameters<typeof undiciFetch>): ReturnType<typeof undiciFetch> => {
		const response = await undiciFetch(input, { ...init, dispatcher: agent });
		if (response.ok) return response;
		const message = describeBody(await response.text(), apiKey);
		return new UndiciResponse(JSON.stringify({ error: { message } }), {
			status: response.status,
			headers: {
				"content-type": "application/json",
				...pick(response.headers, "retry-after"),
				...pick(response.headers, "retry-after-ms"),
			},
		});
	};
	return send as typeof globalThis.fetch;
}

function pick(headers: { get(name: string): string | null }, name: string): Record<string, string> {
	const value = headers.get(name);
	return value === null ? {} : { [name]: value };
}

async function toParams(request: TeacherRequest, options: OpenAIClientOptions, isOpenAI: boolean): Promise<ChatParams> {
	const { sampling } = request;
	return {
		model: request.model,
		messages: await Promise.all(request.messages.map((message) => toMessage(message, options.images))),
		temperature: sampling.temperature,
		...(sampling.topP === undefined ? {} : { top_p: sampling.topP }),
		// OpenAI's newer models refuse max_tokens; other servers know nothing else.
		...(isOpenAI ? { max_completion_tokens: sampling.maxOutputTokens } : { max_tokens: sampling.maxOutputTokens }),
		seed: sampling.seed,
		...(request.schema === undefined ? {} : dialectMembers(options.structuredOutput, request.schema)),
	};
}

async function toMessage({ role, content }: Message, images: ImageReader): Promise<ChatParams["messages"][number]> {
	const text = content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
	const pictures = content.flatMap((part) => (part.type === "image" ? [part.image] : []));
	if (role !== "user" || pictures.length === 0) return { role, content: text };
	const urls = await Promise.all(pictures.map(images));
	return {
		role,
		// The picture first: what servers that cache prefixes can then reuse for the next question about it.
		content: [...urls.map((url) => ({ type: "image_url" as const, image_url: { url } })), ...(text === "" ? [] : [{ type: "text" as const, text }])],
	};
}

function toTransportError(error: unknown, apiKey: string | undefined): unknown {
	if (error instanceof TransportError) return error;
	if (error instanceof OpenAI.APIConnectionError) {
		return new TransportError("connection", redact(`the server cannot be reached: ${rootMessage(error)}`, apiKey));
	}
	if (error instanceof OpenAI.APIError && typeof error.status === "number") {
		const retryAfterMs = error.headers === undefined ? undefined : parseRetryAfter(error.headers, Date.now());
		return new TransportError("status", error.message, {
			status: error.status,
			...(retryAfterMs === undefined ? {} : { retryAfterMs }),
		});
	}
	if (error instanceof SyntaxError) return new TransportError("protocol", "the server sent broken JSON");
	// What is thrown while the body is read: the connection broke off.
	if (error instanceof TypeError) return new TransportError("connection", redact(`the reply broke off: ${rootMessage(error)}`, apiKey));
	return error;
}

/** The deepest cause says what happened (`connect ECONNREFUSED ...`); those above it only that something did. */
function rootMessage(error: Error): string {
	let root = error;
	for (let depth = 0; root.cause instanceof Error && depth < 8; depth += 1) root = root.cause;
	const code = "code" in root && typeof root.code === "string" && !root.message.includes(root.code) ? ` (${root.code})` : "";
	return describeBody(`${root.message || root.name}${code}`);
}
