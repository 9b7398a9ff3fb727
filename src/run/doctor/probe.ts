import { Agent, request } from "undici";
import { z } from "zod";
import { messageOf } from "../../records/index.js";
import { describeConnectionError } from "../../teacher/describe-connection-error.js";
import type { TeacherReply } from "../../teacher/index.js";
import { parseCompletion } from "../../teacher/parse-completion.js";
import { describeBody, redact } from "../../teacher/server-message.js";
import type { Endpoint } from "./endpoint.js";

/** What came over the wire. Header names are in lower case. */
export interface HttpAnswer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
	readonly body: string;
	/** Without a key that the server may echo; for people. */
	readonly excerpt: string;
	/** From sending to the last byte. @unit milliseconds */
	readonly latencyMs: number;
}

/** Nothing came, or not in time. */
export interface NoAnswer {
	readonly status?: undefined;
	readonly detail: string;
}

export type ChatAnswer =
	| {
			readonly ok: true;
			readonly reply: TeacherReply;
			/** The assistant's message as it came, where thoughts and the like may lie. */
			readonly message: Readonly<Record<string, unknown>>;
			/** As it came; null where none did. */
			readonly finishReason: string | null;
			readonly latencyMs: number;
	  }
	| { readonly ok: false; readonly status?: number; readonly detail: string };

/** What an examination took so far. */
export interface Cost {
	readonly requests: number;
	/** @unit tokens */
	readonly inputTokens: number;
	/** @unit tokens */
	readonly outputTokens: number;
	/** Replies that did not say how many tokens they took. */
	readonly uncounted: number;
}

/** Sends single requests to one server and keeps count of them. Unlike the teacher's client it tries nothing again, and hides nothing. */
export interface Probe {
	/** @param limit aborted: the check has taken too long, and there is no answer */
	get(path: string, limit: AbortSignal): Promise<HttpAnswer | NoAnswer>;
	/** @param members of the body, beside the model */
	chat(members: Readonly<Record<string, unknown>>, limit: AbortSignal): Promise<ChatAnswer>;
	/** The headers of every chat answer so far. */
	readonly headersSeen: readonly HttpAnswer["headers"][];
	readonly cost: Cost;
	close(): Promise<void>;
}

const maxResponseBytes = 8 * 1024 * 1024;
/** Nobody waits longer than this for a check. @unit milliseconds */
const longestMs = 120_000;

/** Loose, beside parseCompletion: what only somebody who examines a server wants to know. */
const choicesSchema = z.looseObject({
	choices: z.array(z.looseObject({ message: z.looseObject({}), finish_reason: z.string().nullish().catch(null) })).min(1),
});

export function openProbe({ baseUrl, model, apiKey, settings }: Endpoint, signal: AbortSignal): Probe {
	const limitMs = Math.min(settings.timeoutMs, longestMs);
	const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, maxResponseSize: maxResponseBytes, connect: { timeout: limitMs } });
	const cost = { requests: 0, inputTokens: 0, outputTokens: 0, uncounted: 0 };
	const headersSeen: HttpAnswer["headers"][] = [];

	async function send(method: "GET" | "POST", path: string, limit: AbortSignal, body?: string): Promise<HttpAnswer | NoAnswer> {
		signal.throwIfAborted();
		cost.requests += 1;
		const requestLimit = AbortSignal.timeout(limitMs);
		const startedMs = performance.now();
		try {
			const response = await request(`${baseUrl}${path}`, {
				method,
				dispatcher: agent,
				signal: AbortSignal.any([signal, limit, requestLimit]),
				headers: {
					accept: "application/json",
					...(body === undefined ? {} : { "content-type": "application/json" }),
					...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
				},
				...(body === undefined ? {} : { body }),
			});
			const text = await response.body.text();
			return {
				status: response.statusCode,
				headers: response.headers,
				body: text,
				excerpt: describeBody(text, apiKey),
				latencyMs: performance.now() - startedMs,
			};
		} catch (error) {
			signal.throwIfAborted();
			const limitText = requestLimit.aborted ? `no answer within ${limitMs} ms` : "no answer within the time for a check";
			return { detail: requestLimit.aborted || limit.aborted ? limitText : redact(describeConnectionError(error), apiKey) };
		}
	}

	async function chat(members: Readonly<Record<string, unknown>>, limit: AbortSignal): Promise<ChatAnswer> {
		const answer = await send("POST", "/chat/completions", limit, JSON.stringify({ model, ...members }));
		if (answer.status === undefined) return { ok: false, detail: answer.detail };
		headersSeen.push(answer.headers);
		if (answer.status !== 200) return { ok: false, status: answer.status, detail: `HTTP ${answer.status}: ${answer.excerpt}` };
		const read = readCompletion(answer, apiKey);
		if (read.ok && read.reply.usage !== undefined) {
			cost.inputTokens += read.reply.usage.inputTokens;
			cost.outputTokens += read.reply.usage.outputTokens;
		} else cost.uncounted += 1;
		return read;
	}

	return { get: (path, limit) => send("GET", path, limit), chat, headersSeen, cost, close: () => agent.destroy() };
}

function readCompletion({ body, latencyMs, status }: HttpAnswer, apiKey: string | undefined): ChatAnswer {
	try {
		const reply = parseCompletion(body, apiKey);
		const [choice] = choicesSchema.parse(JSON.parse(body)).choices;
		return {
			ok: true,
			reply,
			message: choice?.message ?? {},
			finishReason: choice?.finish_reason ?? null,
			latencyMs,
		};
	} catch (error) {
		return { ok: false, status, detail: messageOf(error) };
	}
}
