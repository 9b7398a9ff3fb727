import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer, text } from "node:stream/consumers";
import { type FakeTeacherOptions, startFakeTeacher } from "./fake-teacher.js";

/** How the provider behaves. All of it can be changed while it runs. */
export interface BatchBehaviour {
	/** From a batch's creation to its end. @unit milliseconds */
	readonly delayMs?: number;
	/** The share of a batch's requests that it gets to before it expires, in their order; 1: it completes. */
	readonly reachedShare?: number;
	/** Batches that expire so, from the next on; the others complete. @default all */
	readonly expiries?: number;
	/** Input tokens, a quarter of the characters without pictures, that may be enqueued at a time. */
	readonly enqueuedLimit?: number;
	/** Batches that fail validation, from the next on. */
	readonly invalid?: number;
	readonly maxRequests?: number;
	readonly maxBytes?: number;
	/** Batches that are made but whose reply never comes, from the next on. */
	readonly lostReplies?: number;
	/** No results of a batch are forgotten, and nothing is deleted: to see what was. */
	readonly results?: "shuffled" | "in-order";
}

export interface BatchProviderStats {
	/** Uploads that came whole, and those that broke off. */
	uploads: number;
	brokenUploads: number;
	/** Whether every upload said how long it is. */
	allSized: boolean;
	/** Names of files that are there. */
	files: string[];
	batches: { id: string; status: string; requests: number; bytes: number; job: string }[];
	/** How often each custom_id was answered in a batch: what is paid for. */
	billed: Record<string, number>;
	enqueuedMax: number;
	sentBack: number;
	cancelled: number;
}

interface StoredFile {
	readonly id: string;
	readonly filename: string;
	readonly content: string;
}

interface Batch {
	readonly id: string;
	readonly fileId: string;
	readonly metadata: Record<string, string>;
	readonly createdAtMs: number;
	readonly tokens: number;
	readonly lines: string[];
	readonly stop: AbortController;
	status: string;
	outputId?: string;
	errorId?: string;
	errors?: { data: { code: string; message: string }[] };
	counts: { total: number; completed: number; failed: number };
}

const finals = ["completed", "failed", "expired", "cancelled"];

/** A real HTTP server that speaks OpenAI's files and batches. What a batch asks is answered by the fake teacher behind it, as live requests are. */
export async function startFakeBatchProvider(options: FakeTeacherOptions & { readonly batches?: BatchBehaviour }) {
	const { port: wantedPort = 0, batches: given = {}, ...teacherOptions } = options;
	const teacher = await startFakeTeacher(teacherOptions);
	let behaviour: BatchBehaviour = given;
	const files = new Map<string, StoredFile>();
	const batches = new Map<string, Batch>();
	const stats: BatchProviderStats = {
		uploads: 0,
		brokenUploads: 0,
		allSized: true,
		files: [],
		batches: [],
		billed: {},
		enqueuedMax: 0,
		sentBack: 0,
		cancelled: 0,
	};

	const enqueued = () => [...batches.values()].filter(({ status }) => !finals.includes(status)).reduce((sum, { tokens }) => sum + tokens, 0);

	async function upload(request: IncomingMessage, response: ServerResponse): Promise<void> {
		if (request.headers["content-length"] === undefined) stats.allSized = false;
		let body: Buffer;
		try {
			body = await buffer(request);
		} catch (error) {
			stats.brokenUploads++;
			throw error;
		}
		const boundary = /boundary=(.+)$/.exec(request.headers["content-type"] ?? "")?.[1] ?? "";
		const parts = body.toString("utf8").split(`--${boundary}`).slice(1, -1);
		const file = parts.find((part) => part.includes('name="file"')) ?? "";
		const purpose = parts.some((part) => /name="purpose"\r\n\r\nbatch\r\n/.test(part));
		const content = file.slice(file.indexOf("\r\n\r\n") + 4, -2);
		if (!purpose || content === "") return refuse(response, 400, "no file for a batch");
		if (content.length > (behaviour.maxBytes ?? Number.POSITIVE_INFINITY)) return refuse(response, 413, "the file is too large");
		stats.uploads++;
		const id = `file-${randomUUID()}`;
		files.set(id, { id, filename: /filename="([^"]+)"/.exec(file)?.[1] ?? "", content });
		send(response, { id, object: "file", bytes: content.length, purpose: "batch" });
	}

	async function create(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { input_file_id, endpoint, metadata = {}, completion_window } = JSON.parse(await text(request));
		const file = files.get(input_file_id);
		if (file === undefined || endpoint !== "/v1/chat/completions" || completion_window !== "24h")
			return refuse(response, 400, "no such file, endpoint or window");
		const lines = file.content.trimEnd().split("\n");
		const tokens = lines.reduce((sum, line) => sum + Math.ceil(line.replace(/data:image[^"]*/g, "").length / 4), 0);
		const batch: Batch = {
			id: `batch_${randomUUID()}`,
			fileId: input_file_id,
			metadata,
			createdAtMs: Date.now(),
			tokens,
			lines,
			stop: new AbortController(),
			status: "validating",
			counts: { total: lines.length, completed: 0, failed: 0 },
		};
		const limit = behaviour.enqueuedLimit ?? Number.POSITIVE_INFINITY;
		if (enqueued() + tokens > limit) {
			stats.sentBack++;
			fail(
				batch,
				"token_limit_exceeded",
				`Enqueued token limit reached. Limit: ${limit} enqueued tokens. Please try again once some in_progress batches have been completed.`,
			);
		} else if (lines.length > (behaviour.maxRequests ?? Number.POSITIVE_INFINITY)) fail(batch, "too_many_requests", "the batch has too many requests");
		else if ((behaviour.invalid ?? 0) > 0) {
			behaviour = { ...behaviour, invalid: (behaviour.invalid ?? 0) - 1 };
			fail(batch, "invalid_request", "this batch is not to the provider's liking");
		} else setTimeout(() => void work(batch), behaviour.delayMs ?? 0);
		batches.set(batch.id, batch);
		stats.enqueuedMax = Math.max(stats.enqueuedMax, enqueued());
		if ((behaviour.lostReplies ?? 0) > 0) {
			behaviour = { ...behaviour, lostReplies: (behaviour.lostReplies ?? 0) - 1 };
			response.socket?.resetAndDestroy();
			return;
		}
		send(response, show(batch));
	}

	function fail(batch: Batch, code: string, message: string): void {
		batch.status = "failed";
		batch.errors = { data: [{ code, message }] };
	}

	async function work(batch: Batch): Promise<void> {
		if (batch.status !== "validating") return;
		batch.status = "in_progress";
		const expires = behaviour.reachedShare !== undefined && (behaviour.expiries ?? 1) > 0;
		if (expires && behaviour.expiries !== undefined) behaviour = { ...behaviour, expiries: behaviour.expiries - 1 };
		const reached = expires ? Math.floor(batch.lines.length * (behaviour.reachedShare ?? 1)) : batch.lines.length;
		const output: string[] = [];
		const errors: string[] = [];
		for (const [index, line] of batch.lines.entries()) {
			const { custom_id, method, url, body } = JSON.parse(line);
			const result = (response: unknown, error: unknown) => JSON.stringify({ id: `batch_req_${randomUUID()}`, custom_id, response, error });
			// What was cancelled in the meantime ends where it is.
			if (index >= reached || batch.status !== "in_progress") {
				errors.push(
					result(null, { code: `batch_${batch.status === "in_progress" ? "expired" : "cancelled"}`, message: "This request could not be executed." }),
				);
				continue;
			}
			const answer =
				method === "POST" && url === "/v1/chat/completions"
					? await fetch(`${teacher.baseUrl}/chat/completions`, { method, body: JSON.stringify(body), signal: batch.stop.signal }).catch(() => undefined)
					: new Response('{"error":{"message":"no such url"}}', { status: 400 });
			if (answer === undefined) {
				errors.push(result(null, { code: "batch_cancelled", message: "This request was cancelled." }));
				continue;
			}
			const made = result({ status_code: answer.status, request_id: randomUUID(), body: await answer.json() }, null);
			if (answer.ok) {
				stats.billed[custom_id] = (stats.billed[custom_id] ?? 0) + 1;
				batch.counts.completed++;
				output.push(made);
			} else {
				batch.counts.failed++;
				errors.push(made);
			}
		}
		if (behaviour.results !== "in-order") output.sort((a, b) => (digest(a) < digest(b) ? -1 : 1));
		if (output.length > 0) batch.outputId = keep(`${batch.id}-output.jsonl`, output);
		if (errors.length > 0) batch.errorId = keep(`${batch.id}-error.jsonl`, errors);
		batch.status = batch.status === "cancelling" ? "cancelled" : reached < batch.lines.length ? "expired" : "completed";
	}

	function keep(filename: string, lines: readonly string[]): string {
		const id = `file-${randomUUID()}`;
		files.set(id, { id, filename, content: `${lines.join("\n")}\n` });
		return id;
	}

	function cancel(batch: Batch): void {
		if (finals.includes(batch.status)) return;
		stats.cancelled++;
		batch.status = batch.status === "in_progress" ? "cancelling" : "cancelled";
		batch.stop.abort();
	}

	async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { pathname, searchParams } = new URL(request.url ?? "", "http://fake");
		const [, , collection, id = "", action] = pathname.split("/");
		const route = `${request.method} ${collection}${id === "" ? "" : "/id"}${action === undefined ? "" : `/${action}`}`;
		const page = <Item extends { id: string }>(items: Item[]) => {
			const from = items.findIndex((item) => item.id === searchParams.get("after")) + 1;
			const limit = Math.min(3, Number(searchParams.get("limit") ?? 3));
			const data = items.slice(from, from + limit);
			send(response, { object: "list", data, has_more: from + limit < items.length, first_id: data[0]?.id, last_id: data.at(-1)?.id });
		};
		const file = files.get(id);
		const batch = batches.get(id);
		if (pathname === "/stats") {
			const list = [...batches.values()].map((one) => ({
				id: one.id,
				status: one.status,
				requests: one.lines.length,
				bytes: files.get(one.fileId)?.content.length ?? 0,
				job: one.metadata["candor"] ?? "",
			}));
			return send(response, { ...teacher.stats(), ...stats, files: [...files.values()].map(({ filename }) => filename), batches: list });
		}
		if (pathname === "/control") {
			const { batches: change, ...rest } = JSON.parse(await text(request));
			behaviour = { ...behaviour, ...change };
			teacher.control(rest);
			return send(response, {});
		}
		switch (route) {
			case "POST files":
				return upload(request, response);
			case "GET files":
				return page([...files.values()].reverse().map(({ id: fileId, filename }) => ({ id: fileId, filename, object: "file" })));
			case "GET files/id/content":
				if (file === undefined) return refuse(response, 404, "No such File object");
				response.writeHead(200, { "content-type": "application/octet-stream" }).end(file.content);
				return;
			case "DELETE files/id":
				if (!files.delete(id)) return refuse(response, 404, "No such File object");
				return send(response, { id, deleted: true });
			case "POST batches":
				return create(request, response);
			case "GET batches":
				return page([...batches.values()].reverse().map(show));
			case "GET batches/id":
				return batch === undefined ? refuse(response, 404, "No batch found with that id") : send(response, show(batch));
			case "POST batches/id/cancel":
				if (batch === undefined) return refuse(response, 404, "No batch found with that id");
				cancel(batch);
				return send(response, show(batch));
			case "POST chat/id": {
				const answer = await fetch(`${teacher.baseUrl}/chat/completions`, { method: "POST", body: await text(request) });
				response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
				return;
			}
			default:
				refuse(response, 404, "Not Found");
		}
	}

	const server = createServer((request, response) => {
		// A client that goes away in the middle is no failure of the server.
		handle(request, response).catch(() => response.destroy());
	});
	await new Promise<void>((resolve) => server.listen(wantedPort, "127.0.0.1", resolve));
	return { port: (server.address() as AddressInfo).port };
}

function show(batch: Batch): { id: string } & Record<string, unknown> {
	return {
		id: batch.id,
		object: "batch",
		status: batch.status,
		input_file_id: batch.fileId,
		output_file_id: batch.outputId ?? null,
		error_file_id: batch.errorId ?? null,
		metadata: batch.metadata,
		created_at: Math.floor(batch.createdAtMs / 1000),
		request_counts: batch.counts,
		errors: batch.errors ?? null,
	};
}

function send(response: ServerResponse, value: unknown): void {
	response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}

function refuse(response: ServerResponse, status: number, message: string): void {
	response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ error: { message } }));
}

function digest(value: string): string {
	return createHash("sha256").update(value).digest("hex");
}
