/**
 * The stack from the ledger down in a process of its own, as a run has it: `node stack-process.js '<json of StackTask>'`. Asks all its
 * questions and ends.
 */
import { basename, join } from "node:path";
import { createImageEncoder } from "../../src/teacher/index.js";
import { makeRequest } from "./make-request.js";
import { openStack } from "./open-stack.js";

interface StackTask {
	readonly baseUrl: string;
	readonly requests: number;
	readonly concurrency: number;
	/** Absolute paths of JPEG files, each named by its sha256. */
	readonly pictures: readonly string[];
	/** For the ledger. */
	readonly folder: string;
}

const { baseUrl, requests, concurrency, pictures, folder }: StackTask = JSON.parse(process.argv[2] ?? "{}");
const images = createImageEncoder("/", 64 * 1024 * 1024);
const teacher = openStack(join(folder, "ledger"), { baseUrl, concurrency, timeoutMs: 60_000, images });
const { signal } = new AbortController();
let next = 0;

async function askOn(): Promise<void> {
	while (next < requests) {
		const index = next++;
		const path = pictures[index % pictures.length] ?? "";
		const image = { path: path.slice(1), sha256: basename(path, ".jpg"), width: 640, height: 480 };
		const answer = await teacher.ask(makeRequest(`Question ${index}: what colour is the bus? Say what you see, then answer.`, { image }), signal);
		if (answer.type !== "reply") throw new Error(answer.detail);
	}
}

// More than the server is sent at a time, as in a run: a reply that is being committed leaves no gap.
await Promise.all(Array.from({ length: concurrency * 4 }, askOn));
await teacher.close();
