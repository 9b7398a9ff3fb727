import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { chooseFault, type FaultRule, sendFault } from "./fake-faults.js";
import { createLimiter, drawLatencies, type FakeLatency, type FakeLimit } from "./fake-limits.js";

export type { Fault, FaultRule } from "./fake-faults.js";

/** The body of a chat request, as far as answers look at it. */
export interface ChatBody {
	readonly model: string;
	readonly messages: readonly {
		readonly role: string;
		readonly content: string | readonly { readonly type: string; readonly text?: string; readonly image_url?: { readonly url: string } }[];
	}[];
	readonly seed?: number;
	readonly [key: string]: unknown;
}

export interface FakeUsage {
	readonly prompt_tokens: number;
	readonly completion_tokens: number;
}

export interface FakeMessage {
	readonly content?: string | null | readonly { readonly type: string; readonly text: string }[];
	readonly refusal?: string;
	readonly finishReason?: string | null;
	/** null: no usage is sent. */
	readonly usage?: FakeUsage | null;
	/** Other members of the message, such as reasoning_content. */
	readonly extra?: Readonly<Record<string, unknown>>;
}

export type FakeAnswer = (body: ChatBody) => string | FakeMessage;

export interface FakeTeacherOptions {
	readonly answer: FakeAnswer;
	/** The same for all, in milliseconds, or drawn anew for each request that comes. */
	readonly latencyMs?: number | FakeLatency;
	/** Refuses with 429 what goes beyond; at once, whatever the latency. */
	readonly limit?: FakeLimit;
	readonly faults?: readonly FaultRule[];
	/** Of the faults that have a share. */
	readonly seed?: number;
	/** Keeps the bodies and headers of all requests for `stats`. */
	readonly keepsRequests?: boolean;
	/** 0: any free one. */
	readonly port?: number;
	/** Idle connections are closed after so long, which the client may learn only when it sends. @unit milliseconds */
	readonly keepAliveMs?: number;
	/** @default true */
	readonly sendsUsage?: boolean;
	/** Each request takes so much longer than the one before. @unit milliseconds */
	readonly slowdownMs?: number;
}

/** What a running fake can be told: also over POST /control. */
export interface FakeControl {
	readonly faults?: readonly FaultRule[];
	readonly latencyMs?: number | FakeLatency;
	readonly seed?: number;
	/** Breaks off every connection, and all that come, until it is up again. */
	readonly isDown?: boolean;
}

export interface FakeStats {
	/** Chat requests that came, and those that were answered well. */
	total: number;
	answered: number;
	/** By its limit. */
	refused: number;
	inFlight: number;
	inFlightMax: number;
	/** What a server would want paid: all that it began to answer, whether or not the answer was wanted any more. */
	charged: { requests: number; inputTokens: number; outputTokens: number };
	/** How often each content (sha256 of the body) came. */
	perContent: Record<string, number>;
	requests: { readonly body: ChatBody; readonly headers: IncomingMessage["headers"] }[];
}

export interface FakeTeacher {
	/** Ends in /v1. */
	readonly baseUrl: string;
	readonly port: number;
	stats(): FakeStats;
	control(control: FakeControl): void;
	close(): Promise<void>;
}

const defaultUsage: FakeUsage = { prompt_tokens: 100, completion_tokens: 20 };

/** A real HTTP server on the loopback that speaks chat completions, and goes wrong as it is told to. */
export async function startFakeTeacher(options: FakeTeacherOptions): Promise<FakeTeacher> {
	const { latencyMs = 0 } = options;
	let { faults = [], seed = 0, isDown = false }: FakeControl = options;
	let drawLatency = latencyOf(latencyMs);
	const limiter = options.limit === undefined ? undefined : createLimiter(options.limit, performance.now());
	const stats: FakeStats = {
		total: 0,
		answered: 0,
		refused: 0,
		inFlight: 0,
		inFlightMax: 0,
		charged: { requests: 0, inputTokens: 0, outputTokens: 0 },
		perContent: {},
		requests: [],
	};

	function control(change: FakeControl, spared?: Socket): void {
		faults = change.faults ?? faults;
		if (change.latencyMs !== undefined) drawLatency = latencyOf(change.latencyMs);
		isDown = change.isDown ?? isDown;
		if (isDown) for (const socket of sockets) if (socket !== spared) socket.destroy();
		seed = change.seed ?? seed;
	}

	function charge(answered: string | FakeMessage): void {
		const { prompt_tokens, completion_tokens } = (typeof answered === "string" ? undefined : answered.usage) ?? defaultUsage;
		stats.charged.requests += 1;
		stats.charged.inputTokens += prompt_tokens;
		stats.charged.outputTokens += completion_tokens;
	}

	async function answerChat(request: IncomingMessage, response: ServerResponse): Promise<void> {
		stats.total += 1;
		stats.inFlight += 1;
		stats.inFlightMax = Math.max(stats.inFlightMax, stats.inFlight);
		response.once("close", () => {
			stats.inFlight -= 1;
		});
		const raw = await text(request);
		const body: ChatBody = JSON.parse(raw);
		const content = createHash("sha256").update(raw).digest("hex");
		const nth = (stats.perContent[content] ?? 0) + 1;
		stats.perContent[content] = nth;
		if (options.keepsRequests) stats.requests.push({ body, headers: request.headers });
		const limited = limiter?.arrive(performance.now());
		for (const [name, value] of Object.entries(limited?.headers ?? {})) response.setHeader(name, value);
		if (limited?.isLetIn === false) {
			stats.refused += 1;
			response.writeHead(429, { "content-type": "application/json" }).end('{"error":{"message":"too many requests"}}');
			return;
		}
		const fault = chooseFault(faults, raw, nth, seed);
		const answered = options.answer(body);
		if (fault?.type !== "status") charge(answered);
		const waitMs = drawLatency() + stats.total * (options.slowdownMs ?? 0);
		if (waitMs > 0) await sleep(waitMs);
		if (isDown) return;
		const completion = (change: FakeMessage) => completionOf(body, answered, options.sendsUsage === false ? { usage: null, ...change } : change);
		if (fault !== undefined) return sendFault(response, fault, completion);
		stats.answered += 1;
		response.writeHead(200, { "content-type": "application/json" }).end(completion({}));
	}

	async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const json = (value: unknown) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
		// Down: only who controls it is heard.
		if (isDown && request.url !== "/control" && request.url !== "/stats") {
			request.socket.resetAndDestroy();
			return;
		}
		switch (`${request.method} ${request.url}`) {
			case "POST /v1/chat/completions":
				return answerChat(request, response);
			case "GET /v1/models":
				json({ object: "list", data: [{ id: "fake-vlm", object: "model" }] });
				return;
			case "GET /stats":
				json(stats);
				return;
			case "POST /control":
				control(JSON.parse(await text(request)), request.socket);
				json({});
				return;
			default:
				response.writeHead(404, { "content-type": "application/json" }).end('{"detail":"Not Found"}');
		}
	}

	const server = createServer((request, response) => {
		// A client that goes away in the middle is no failure of the server.
		handle(request, response).catch(() => response.destroy());
	});
	if (options.keepAliveMs !== undefined) server.keepAliveTimeout = options.keepAliveMs;
	const sockets = new Set<Socket>();
	server.on("connection", (socket) => {
		sockets.add(socket);
		socket.once("close", () => sockets.delete(socket));
	});
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(options.port ?? 0, "127.0.0.1", resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: `http://127.0.0.1:${port}/v1`,
		port,
		stats: () => structuredClone(stats),
		control,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function latencyOf(latency: number | FakeLatency): () => number {
	return typeof latency === "number" ? () => latency : drawLatencies(latency);
}

function completionOf(body: ChatBody, answered: string | FakeMessage, change: FakeMessage): string {
	const message: FakeMessage = { ...(typeof answered === "string" ? { content: answered } : answered), ...change };
	const { content = null, refusal, finishReason = "stop", usage = defaultUsage, extra } = message;
	return JSON.stringify({
		id: "chatcmpl-fake",
		object: "chat.completion",
		created: 0,
		model: body.model,
		choices: [{ index: 0, message: { role: "assistant", content, ...(refusal === undefined ? {} : { refusal }), ...extra }, finish_reason: finishReason }],
		...(usage === null ? {} : { usage }),
	});
}

/** All text of a request, in order: what an answer or a fault may look for. */
export function textOf(body: ChatBody): string {
	return body.messages.map(({ content }) => (typeof content === "string" ? content : content.map((part) => part.text ?? "").join("\n"))).join("\n");
}
