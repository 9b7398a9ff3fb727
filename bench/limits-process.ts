/**
 * One program that asks a server for as much as it lets through: `tsx limits-process.ts '{"baseUrl":…,"concurrency":…,"seconds":…}'`.
 * Prints how many were answered.
 */
import { makeRequest } from "../test/support/make-request.js";
import { openRetryingClient } from "../test/support/open-stack.js";

const { baseUrl, concurrency, seconds }: { baseUrl: string; concurrency: number; seconds: number } = JSON.parse(process.argv[2] ?? "{}");
const teacher = openRetryingClient({
	baseUrl,
	concurrency,
	timeoutMs: 60_000,
	outageMs: 600_000,
	maxRetryAfterMs: 120_000,
	baseDelayMs: 500,
	maxDelayMs: 30_000,
});
const controller = new AbortController();
let answered = 0;
setTimeout(() => controller.abort(), seconds * 1000);
await Promise.all(
	Array.from({ length: 2 * concurrency + 8 }, async (_, worker) => {
		for (let index = 0; !controller.signal.aborted; index += 1) {
			await teacher.ask(makeRequest(`${process.pid}-${worker}-${index}`), controller.signal).then(
				() => answered++,
				() => {},
			);
		}
	}),
);
await teacher.close();
process.stdout.write(`${answered}\n`);
