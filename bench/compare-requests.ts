import { join } from "node:path";
import OpenAI from "openai";
import PQueue from "p-queue";
import { makeRequest } from "../test/support/make-request.js";
import { openStack } from "../test/support/open-stack.js";
import { startFakeTeacherProcess } from "../test/support/start-fake-process.js";
import { type Comparison, compare } from "./measure.js";

const requests = 400;
const concurrency = 32;
const turns = 5;
/** Nothing may fail here: a retry would be measured as overhead. */
const timeoutMs = 30_000;

/**
 * The whole stack (ledger, retry, concurrency, client) against the openai package in a bare queue: what durability costs. The server
 * has a process of its own.
 */
export async function compareRequests(latencyMs: number, scratch: string): Promise<Comparison> {
	const server = await startFakeTeacherProcess({ latencyMs });
	const client = new OpenAI({ baseURL: server.baseUrl, apiKey: "none", maxRetries: 0, timeout: timeoutMs });
	const textOf = (turn: number, index: number) => `${turn}: question ${index}`;
	try {
		return await compare(
			`${requests} requests, ${concurrency} at once, the server takes ${latencyMs} ms`,
			turns,
			{
				name: "ledger, retry, concurrency, client",
				async run(turn) {
					const teacher = openStack(join(scratch, `ledger-${latencyMs}-${turn}`), { baseUrl: server.baseUrl, concurrency, timeoutMs });
					try {
						await Promise.all(Array.from({ length: requests }, (_, index) => teacher.ask(makeRequest(textOf(turn, index)), new AbortController().signal)));
					} finally {
						await teacher.close();
					}
				},
			},
			{
				name: "openai in p-queue",
				async run(turn) {
					const queue = new PQueue({ concurrency });
					const send = (index: number) => () =>
						client.chat.completions.create({
							model: "fake-vlm",
							messages: [
								{ role: "system", content: "Be brief." },
								{ role: "user", content: textOf(turn, index) },
							],
							temperature: 0.7,
							max_tokens: 64,
							seed: 1,
						});
					await queue.addAll(Array.from({ length: requests }, (_, index) => send(index)));
				},
			},
			(milliseconds) => `${Math.round(requests / (milliseconds / 1000))} requests/s`,
		);
	} finally {
		await server.close();
	}
}
