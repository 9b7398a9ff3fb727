/**
 * One client of a comparison, alone in its process: `tsx compare-client-process.ts '<json>'`. Asks all its questions, prints what it
 * used, and ends.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import OpenAI from "openai";
import PQueue from "p-queue";
import { Pool } from "undici";
import type { ImageRef } from "../src/records/index.js";
import { createImageEncoder } from "../src/teacher/index.js";
import { makeRequest } from "../test/support/make-request.js";
import { openStack } from "../test/support/open-stack.js";

export interface ClientSettings {
	/** undici-tiny sends no pictures: what the server can do. */
	readonly client: "candor" | "openai" | "undici" | "undici-tiny";
	readonly baseUrl: string;
	readonly requests: number;
	readonly concurrency: number;
	readonly pictures: readonly ImageRef[];
	/** Holds the pictures. */
	readonly folder: string;
	/** Where a durable client keeps its replies. */
	readonly ledger: string;
}

export interface ClientUse {
	/** Processor time of the whole process. @unit milliseconds */
	readonly cpuMs: number;
	/** Absent where the client does not count. */
	readonly pictureReads?: number;
}

/** Nothing may fail: a retry would be measured as overhead. @unit milliseconds */
const timeoutMs = 60_000;
const system = "Be brief.";
const settings: ClientSettings = JSON.parse(process.argv[2] ?? "{}");
const pictureReads = await clientOf(settings.client)();
const { user, system: kernel } = process.cpuUsage();
process.stdout.write(`${JSON.stringify({ cpuMs: (user + kernel) / 1000, ...(pictureReads === undefined ? {} : { pictureReads }) } satisfies ClientUse)}\n`);

function clientOf(name: ClientSettings["client"]): () => Promise<number | undefined> {
	if (name === "candor") return askCandor;
	if (name === "openai") return askOpenAI;
	return () => askUndici(name === "undici-tiny");
}

function pictureOf(index: number): ImageRef {
	const picture = settings.pictures[index % settings.pictures.length];
	if (picture === undefined) throw new Error("there are no pictures");
	return picture;
}

function textOf(index: number): string {
	return `Question ${index}: what colour is the bus in the picture? Say what you see, then answer.`;
}

async function askCandor(): Promise<number> {
	let reads = 0;
	const images = createImageEncoder(settings.folder, 64 * 1024 * 1024, () => {
		reads += 1;
	});
	const { baseUrl, concurrency, requests } = settings;
	const teacher = openStack(settings.ledger, { baseUrl, concurrency, timeoutMs, images });
	const { signal } = new AbortController();
	// As many at a time as a run has: more than the server is sent, so that a reply that is being committed leaves no gap.
	await askAll(requests, concurrency * 4, async (index) => {
		const answer = await teacher.ask(makeRequest(textOf(index), { image: pictureOf(index) }), signal);
		if (answer.type !== "reply") throw new Error(answer.detail);
	});
	await teacher.close();
	return reads;
}

async function askOpenAI(): Promise<undefined> {
	const client = new OpenAI({ baseURL: settings.baseUrl, apiKey: "none", maxRetries: 0, timeout: timeoutMs });
	const urls = dataUrls();
	await queueAll(async (index) => {
		const completion = await client.chat.completions.create(bodyOf(index, urls(index)));
		if (!completion.choices[0]?.message.content) throw new Error("no reply");
	});
	return undefined;
}

async function askUndici(isTiny: boolean): Promise<undefined> {
	const { origin } = new URL(settings.baseUrl);
	const pool = new Pool(origin, { connections: settings.concurrency });
	const urls = isTiny ? () => "data:," : dataUrls();
	await queueAll(async (index) => {
		const { body } = await pool.request({
			method: "POST",
			path: "/v1/chat/completions",
			headers: { "content-type": "application/json" },
			body: JSON.stringify(bodyOf(index, urls(index))),
		});
		const completion = (await body.json()) as OpenAI.ChatCompletion;
		if (!completion.choices[0]?.message.content) throw new Error("no reply");
	});
	await pool.close();
	return undefined;
}

/** A picture's data URL is made once, as anyone would. */
function dataUrls(): (index: number) => string {
	const urls = new Map<string, string>();
	return (index) => {
		const { path } = pictureOf(index);
		const url = urls.get(path) ?? `data:image/jpeg;base64,${readFileSync(join(settings.folder, path)).toString("base64")}`;
		urls.set(path, url);
		return url;
	};
}

function bodyOf(index: number, url: string): OpenAI.ChatCompletionCreateParamsNonStreaming {
	return {
		model: "fake-vlm",
		messages: [
			{ role: "system", content: system },
			{
				role: "user",
				content: [
					{ type: "image_url", image_url: { url } },
					{ type: "text", text: textOf(index) },
				],
			},
		],
		temperature: 0.7,
		max_tokens: 64,
		seed: 1,
	};
}

async function queueAll(ask: (index: number) => Promise<void>): Promise<void> {
	const queue = new PQueue({ concurrency: settings.concurrency });
	await queue.addAll(Array.from({ length: settings.requests }, (_, index) => () => ask(index)));
}

async function askAll(count: number, atOnce: number, ask: (index: number) => Promise<void>): Promise<void> {
	let next = 0;
	await Promise.all(
		Array.from({ length: Math.min(count, atOnce) }, async () => {
			while (next < count) await ask(next++);
		}),
	);
}
