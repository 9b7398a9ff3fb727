import OpenAI from "openai";
import { Agent, fetch as undiciFetch } from "undici";
import { z } from "zod";
import { onAbort } from "../abort.js";
import { describeConnectionError } from "../describe-connection-error.js";
import { openAIOptions } from "../openai-options.js";
import { parseRetryAfter } from "../retry-after.js";
import { describeBody, redact } from "../server-message.js";
import { TransportError } from "../transport-error.js";
import { batchEndpoint } from "./request-line.js";
import type { UploadBody } from "./upload-body.js";

/** A batch as its provider tells it. Loose: servers leave out and null whatever they like. */
const batchSchema = z.looseObject({
	id: z.string(),
	status: z.string(),
	input_file_id: z.string().nullish(),
	output_file_id: z.string().nullish(),
	error_file_id: z.string().nullish(),
	metadata: z.record(z.string(), z.unknown()).nullish().catch(undefined),
	request_counts: z.looseObject({ total: z.number(), completed: z.number(), failed: z.number() }).nullish().catch(undefined),
	errors: z
		.looseObject({ data: z.array(z.looseObject({ code: z.string().nullish(), message: z.string().nullish() })).nullish() })
		.nullish()
		.catch(undefined),
});
export type ProviderBatch = z.infer<typeof batchSchema>;

/** The files and batches of a provider: each call is one HTTP request, or a page after the other. @throws TransportError */
export interface BatchProvider {
	/** Sends a file while it is made. @returns its id */
	upload(body: UploadBody, signal: AbortSignal): Promise<string>;
	/** Our own files of lines, by name, the newest first. */
	listFiles(): AsyncIterable<{ readonly id: string; readonly filename: string }>;
	/** A file's bytes as they come. */
	content(fileId: string, signal: AbortSignal): AsyncIterable<Buffer>;
	/** Forgets a file; one that is gone is no failure. */
	deleteFile(fileId: string): Promise<void>;
	create(fileId: string, completionWindow: string, metadata: Readonly<Record<string, string>>): Promise<ProviderBatch>;
	/** Nothing where the provider knows no such batch (any more). */
	retrieve(batchId: string, signal: AbortSignal): Promise<ProviderBatch | undefined>;
	/** All batches, the newest first. */
	listBatches(): AsyncIterable<ProviderBatch>;
	cancel(batchId: string): Promise<ProviderBatch>;
	close(): Promise<void>;
}

export interface BatchProviderOptions {
	readonly baseUrl: string;
	readonly apiKey?: string;
}

/** @unit milliseconds */
const callMs = 60_000;
/** Until the server has taken a whole file: 200 MB over a slow line. @unit milliseconds */
const uploadMs = 2 * 3_600_000;
/** A download that brings nothing for so long has broken off. @unit milliseconds */
const idleMs = 120_000;

/** The Batch API of OpenAI or of a provider that speaks the same. */
export function openBatchProvider(options: BatchProviderOptions): BatchProvider {
	const { apiKey } = options;
	const agent = new Agent({ headersTimeout: 0, bodyTimeout: idleMs });
	const send = (...[input, init]: Parameters<typeof undiciFetch>) => {
		// Fetch keeps all of a streamed body in memory, to send it again after a redirect, unless it is told that there will be none.
		const once = init?.duplex === "half" ? { redirect: "error" as const, window: null } : {};
		return undiciFetch(input, { ...init, ...once, dispatcher: agent });
	};
	const client = new OpenAI({
		...openAIOptions(options),
		maxRetries: 0,
		timeout: callMs,
		// Node's own fetch cannot use this agent: both must come from the same undici.
		fetch: send as typeof globalThis.fetch,
	});

	const call = async <Value>(request: () => Promise<Value>): Promise<Value> => {
		try {
			return await request();
		} catch (error) {
			throw toTransportError(error, apiKey);
		}
	};
	const batchOf = async (request: () => Promise<unknown>): Promise<ProviderBatch> => {
		const { data } = batchSchema.safeParse(await call(request));
		if (data === undefined) throw new TransportError("protocol", "the server sent something that is no batch");
		return data;
	};

	return {
		upload: ({ contentType, length, chunks }, signal) =>
			call(async () => {
				const headers = { "content-type": contentType, "content-length": String(length) };
				const file: unknown = await following(signal, (own) => client.post("/files", { body: chunks, headers, timeout: uploadMs, signal: own }));
				return z.looseObject({ id: z.string() }).parse(file).id;
			}),
		async *listFiles() {
			try {
				for await (const { id, filename } of client.files.list({ purpose: "batch", order: "desc" })) yield { id, filename };
			} catch (error) {
				throw toTransportError(error, apiKey);
			}
		},
		async *content(fileId, signal) {
			const response = await call(() => following(signal, (own) => client.files.content(fileId, { signal: own })));
			try {
				for await (const chunk of response.body ?? []) {
					signal.throwIfAborted();
					yield Buffer.from(chunk);
				}
			} catch (error) {
				signal.throwIfAborted();
				throw toTransportError(error, apiKey);
			}
		},
		async deleteFile(fileId) {
			try {
				await client.files.delete(fileId);
			} catch (error) {
				if (!(error instanceof OpenAI.NotFoundError)) throw toTransportError(error, apiKey);
			}
		},
		create: (fileId, completionWindow, metadata) =>
			// The package's type knows OpenAI's one window; other providers have others.
			batchOf(() => client.post("/batches", { body: { input_file_id: fileId, endpoint: batchEndpoint, completion_window: completionWindow, metadata } })),
		async retrieve(batchId, signal) {
			try {
				return await batchOf(() => following(signal, (own) => client.batches.retrieve(batchId, { signal: own })));
			} catch (error) {
				if (error instanceof TransportError && error.status === 404) return undefined;
				throw error;
			}
		},
		async *listBatches() {
			try {
				for await (const batch of client.batches.list({ limit: 100 })) {
					const { data } = batchSchema.safeParse(batch);
					if (data !== undefined) yield data;
				}
			} catch (error) {
				throw toTransportError(error, apiKey);
			}
		},
		cancel: (batchId) => batchOf(() => client.batches.cancel(batchId)),
		close: () => agent.destroy(),
	};
}

/** Lets a call end with a signal, without leaving anything at it: the client would leave a listener for each call of a day of polling. */
async function following<Value>(signal: AbortSignal, call: (own: AbortSignal) => Promise<Value>): Promise<Value> {
	signal.throwIfAborted();
	const controller = new AbortController();
	const stopListening = onAbort(signal, () => controller.abort(signal.reason));
	try {
		return await call(controller.signal);
	} finally {
		stopListening();
	}
}

function toTransportError(error: unknown, apiKey: string | undefined): unknown {
	if (error instanceof OpenAI.APIConnectionTimeoutError) return new TransportError("timeout", "the server takes too long");
	if (error instanceof OpenAI.APIUserAbortError) return error;
	if (error instanceof OpenAI.APIError && typeof error.status === "number") {
		const retryAfterMs = error.headers === undefined ? undefined : parseRetryAfter(error.headers, Date.now());
		const code = typeof error.code === "string" ? ` (${error.code})` : "";
		return new TransportError("status", `${describeBody(error.message, apiKey)}${code}`, {
			status: error.status,
			...(retryAfterMs === undefined ? {} : { retryAfterMs }),
		});
	}
	if (error instanceof z.ZodError || error instanceof SyntaxError) return new TransportError("protocol", "the server sent something unexpected");
	if (error instanceof OpenAI.APIConnectionError || error instanceof TypeError) {
		return new TransportError("connection", redact(describeConnectionError(error), apiKey));
	}
	return error;
}
