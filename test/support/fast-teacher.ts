import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { drawLatencies, type FakeLatency } from "./fake-limits.js";

/** What a fast teacher has counted since its start, or since POST /reset. */
export interface FastTeacherStats {
	readonly answered: number;
	readonly inFlightMax: number;
	/** Of request bodies. @unit bytes */
	readonly bodyBytes: number;
	/** From the first byte of the first request to the last reply. @unit milliseconds */
	readonly windowMs: number;
	/** The server's own processor time in the window. @unit milliseconds */
	readonly cpuMs: number;
}

const reply = JSON.stringify({
	id: "chatcmpl-fast",
	object: "chat.completion",
	created: 0,
	model: "fake-vlm",
	choices: [
		{
			index: 0,
			message: {
				role: "assistant",
				content: `The bus in the picture is red, as far as I can see. ${"It stands at the kerb, with its doors open. ".repeat(8)}`,
			},
			finish_reason: "stop",
		},
	],
	usage: { prompt_tokens: 812, completion_tokens: 96, total_tokens: 908, prompt_tokens_details: { cached_tokens: 640 } },
});
const answer = Buffer.from(response(reply));
const headerEnd = Buffer.from("\r\n\r\n");

/** Some clients first send a request without messages, to read the limits in the headers: their work begins after it. @unit bytes */
const bareBytes = 64;

/**
 * A teacher that costs next to nothing: it reads a request's head, counts its body without looking at it, and sends the same reply
 * after the latency. For measuring clients, which the fake teacher that understands what it is asked would slow down.
 */
export async function startFastTeacher(latency: number | FakeLatency): Promise<{ port: number; close(): Promise<void> }> {
	const drawLatency = typeof latency === "number" ? () => latency : drawLatencies(latency);
	let [answered, inFlight, inFlightMax, bodyBytes] = [0, 0, 0, 0];
	let first: { readonly atMs: number; readonly cpu: NodeJS.CpuUsage } | undefined;
	let [windowMs, cpuMs] = [0, 0];

	function reset(): void {
		[answered, inFlightMax, bodyBytes, windowMs, cpuMs] = [0, inFlight, 0, 0, 0];
		first = undefined;
	}

	function begin(bytes: number): void {
		if (bytes > bareBytes) first ??= { atMs: performance.now(), cpu: process.cpuUsage() };
		inFlight += 1;
		inFlightMax = Math.max(inFlightMax, inFlight);
		bodyBytes += bytes;
	}

	function finish(socket: Socket): void {
		inFlight -= 1;
		answered += 1;
		if (!socket.destroyed) socket.write(answer);
		if (first === undefined) return;
		windowMs = performance.now() - first.atMs;
		const { user, system } = process.cpuUsage(first.cpu);
		cpuMs = (user + system) / 1000;
	}

	function serve(socket: Socket): void {
		/** What of a head has come, in case it comes in pieces. */
		let head: Buffer | undefined;
		let bodyLeft = 0;
		let isChat = false;

		function complete(): void {
			if (isChat) {
				const latencyMs = drawLatency();
				if (latencyMs > 0) setTimeout(finish, latencyMs, socket);
				else finish(socket);
			}
			isChat = false;
		}

		function readHead(bytes: Buffer): Buffer {
			const whole = head === undefined ? bytes : Buffer.concat([head, bytes]);
			const end = whole.indexOf(headerEnd);
			if (end < 0) {
				head = whole;
				return Buffer.alloc(0);
			}
			head = undefined;
			const text = whole.toString("latin1", 0, end);
			bodyLeft = Number(/^content-length: *(\d+)/im.exec(text)?.[1] ?? 0);
			if (text.startsWith("POST /v1/chat/completions ")) {
				isChat = true;
				begin(bodyLeft);
			} else if (text.startsWith("POST /reset ")) {
				reset();
				socket.write(response("{}"));
			} else {
				socket.write(response(JSON.stringify({ answered, inFlightMax, bodyBytes, windowMs, cpuMs } satisfies FastTeacherStats)));
			}
			if (bodyLeft === 0) complete();
			return whole.subarray(end + headerEnd.length);
		}

		socket.setNoDelay(true);
		socket.on("error", () => {});
		socket.on("data", (bytes) => {
			let rest: Buffer = bytes;
			while (rest.length > 0) {
				if (bodyLeft === 0) {
					rest = readHead(rest);
					continue;
				}
				const taken = Math.min(bodyLeft, rest.length);
				bodyLeft -= taken;
				rest = rest.subarray(taken);
				if (bodyLeft === 0) complete();
			}
		});
	}

	const server = createServer(serve);
	// Hundreds of connections come at the same instant.
	server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 });
	await once(server, "listening");
	return { port: (server.address() as AddressInfo).port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

function response(body: string): string {
	return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
