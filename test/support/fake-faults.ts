import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** What the fake teacher does instead of answering well. */
export type Fault =
	| { readonly type: "status"; readonly status: number; readonly message?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
	| { readonly type: "html" | "empty-body" | "half-json" | "wrong-schema" | "empty-choices" | "refusal" | "cut-off" }
	/** Takes the request and never sends a byte. */
	| { readonly type: "never" }
	/** The right answer, late, or a few bytes at a time. @unit milliseconds */
	| { readonly type: "slow-headers" | "drip"; readonly ms: number }
	/** The connection breaks: before any byte, or after the headers. */
	| { readonly type: "reset" | "close-after-headers" };

/** When a fault strikes. All conditions given must hold. */
export interface FaultRule {
	readonly fault: Fault;
	/** The body of the request holds this text. */
	readonly match?: string;
	/** Only the first so many times that a request of the same content comes. */
	readonly times?: number;
	/** The share of requests, drawn from the seed and the content, not from the order they come in. */
	readonly share?: number;
}

/** The first rule that applies to a request, `nth` being 1 for the first with this content. */
export function chooseFault(rules: readonly FaultRule[], body: string, nth: number, seed: number): Fault | undefined {
	const rule = rules.find(
		({ match, times, share }, index) =>
			(match === undefined || body.includes(match)) &&
			(times === undefined || nth <= times) &&
			(share === undefined || draw(`${seed}:${index}:${nth}:${body}`) < share),
	);
	return rule?.fault;
}

function draw(text: string): number {
	return createHash("sha256").update(text).digest().readUInt32BE() / 2 ** 32;
}

/** Sends what a fault calls for; `completion` is the answer that would have been sent. */
export async function sendFault(response: ServerResponse, fault: Fault, completion: (change: object) => string): Promise<void> {
	const json = (body: string) => response.writeHead(200, { "content-type": "application/json" }).end(body);
	switch (fault.type) {
		case "status":
			response.writeHead(fault.status, { "content-type": "application/json", ...fault.headers });
			response.end(fault.body ?? JSON.stringify({ error: { message: fault.message ?? `status ${fault.status}`, type: "fake" } }));
			return;
		case "html":
			response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><html><title>Welcome</title><p>It works!</p></html>");
			return;
		case "empty-body":
			json("");
			return;
		case "half-json": {
			const whole = completion({});
			json(whole.slice(0, whole.length / 2));
			return;
		}
		case "wrong-schema":
			json(JSON.stringify({ result: "fine" }));
			return;
		case "empty-choices":
			json(JSON.stringify({ choices: [] }));
			return;
		case "refusal":
			json(completion({ content: null, refusal: "I'm sorry, but I can't assist with that.", finishReason: "stop" }));
			return;
		case "cut-off":
			json(completion({ finishReason: "length" }));
			return;
		case "never":
			return;
		case "slow-headers":
			await sleep(fault.ms);
			json(completion({}));
			return;
		case "drip":
			response.writeHead(200, { "content-type": "application/json" });
			for (const piece of completion({}).match(/.{1,16}/gs) ?? []) {
				if (response.destroyed) return;
				response.write(piece);
				await sleep(fault.ms);
			}
			response.end();
			return;
		case "reset":
			response.socket?.resetAndDestroy();
			return;
		case "close-after-headers":
			response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
			response.flushHeaders();
			await sleep(5);
			response.destroy();
	}
}
