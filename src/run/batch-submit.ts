import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { isJsonlProblem, makeFolders, readJsonl, writeFileAtomic } from "../shards/index.js";
import { delay } from "../teacher/abort.js";
import { createUploadBody, insist, type ProviderBatch, readStoredRequest, type StoredRequest, writeRequestLine, writeStoredRequest } from "../teacher/index.js";
import type { BatchCut } from "./batch-cut.js";
import { type BatchJob, jobFile, jobFolder, listJobs } from "./batch-jobs.js";
import type { PendingRequests } from "./batch-pending.js";
import { type BatchTools, holdJob } from "./batch-tools.js";

/** Batches of the provider that are looked through for one of ours at most: it was made a moment ago, and the newest come first. */
const searched = 2000;

/**
 * Brings the file of a batch to the provider. Each step is durable before the next: whenever the process ends, the next start
 * knows whether there may be something of ours at the provider, and what it is called.
 */
export async function openJob(cut: BatchCut, pending: Pick<PendingRequests, "find">, round: number, tools: BatchTools): Promise<BatchJob> {
	const { keys, bytes, tokens } = cut;
	const createdAt = new Date().toISOString();
	const id = `candor-${createdAt.replace(/\D/g, "")}-${randomUUID().slice(0, 8)}`;
	const job: BatchJob = { id, round, state: "intent", tries: 0, requests: keys.length, bytes, tokens, worst: cut.worst, createdAt };
	holdJob(job, tools);
	await makeFolders(jobFolder(tools.runFolder));
	await writeFileAtomic(jobFile(tools.runFolder, job), linesOf(keys, pending));
	await tools.table.put(id, job);
	const name = `${id}.jsonl`;
	const fileId = await insist(
		() =>
			tools.provider.upload(
				createUploadBody(name, bytes, () => bodyLines(job, tools)),
				tools.signal,
			),
		tools.insisting,
	);
	const uploaded: BatchJob = { ...job, state: "uploaded", fileId };
	await tools.table.put(id, uploaded);
	return uploaded;
}

async function* linesOf(keys: readonly string[], pending: Pick<PendingRequests, "find">): AsyncGenerator<string> {
	for (const key of keys) {
		const stored = pending.find(key);
		if (stored !== undefined) yield `${writeStoredRequest(key, stored.request)}\n`;
	}
}

async function* bodyLines(job: BatchJob, tools: BatchTools): AsyncGenerator<Uint8Array> {
	for await (const stored of readJobRequests(job, tools)) yield writeRequestLine(stored, tools.line);
}

/** The requests of a job, from its file. */
export async function* readJobRequests(job: Pick<BatchJob, "id">, { runFolder }: Pick<BatchTools, "runFolder">): AsyncGenerator<StoredRequest> {
	for await (const item of readJsonl(jobFile(runFolder, job))) if (!isJsonlProblem(item)) yield readStoredRequest(item.value);
}

/**
 * Submits a job whose file the provider has. Not broken off by a stop: it takes a moment, and then is known for certain.
 * @throws TransportError where the provider takes no more for now; the job stays uploaded
 */
export async function submitJob(job: BatchJob, tools: BatchTools): Promise<BatchJob> {
	const { provider, table, teacher } = tools;
	const tried: BatchJob = { ...job, state: "uploaded", tries: job.tries + 1 };
	await table.put(job.id, tried);
	const batch = await insist(async (tryNumber) => {
		// A try that seemed to fail may have got there.
		const made = tryNumber === 1 ? undefined : await findBatch(tried, tools);
		return made ?? provider.create(job.fileId ?? "", teacher.batch.completionWindow, metadataOf(tried));
	}, tools.insisting);
	return adopt(tried, batch, tools);
}

async function adopt(job: BatchJob, batch: ProviderBatch, { table }: BatchTools): Promise<BatchJob> {
	const submitted: BatchJob = { ...job, state: "submitted", batchId: batch.id, status: batch.status };
	await table.put(job.id, submitted);
	return submitted;
}

function metadataOf({ id, tries }: BatchJob): Record<string, string> {
	return { candor: id, try: String(tries) };
}

async function findBatch(job: BatchJob, { provider }: BatchTools): Promise<ProviderBatch | undefined> {
	const wanted = metadataOf(job);
	let looked = 0;
	for await (const batch of provider.listBatches()) {
		if (batch.metadata?.["candor"] === wanted["candor"] && batch.metadata?.["try"] === wanted["try"]) return batch;
		looked += 1;
		if (looked >= searched) return undefined;
	}
	return undefined;
}

/**
 * Finds out what an earlier start left half done. A batch that got to the provider is taken up again; what did not is dropped: its
 * requests are pending, and are sent anew.
 * @returns the jobs that the provider works on
 */
export async function recoverJobs(tools: BatchTools): Promise<BatchJob[]> {
	const { table } = tools;
	const running: BatchJob[] = [];
	for (const job of listJobs(table)) {
		if (job.state === "submitted" || job.state === "uploaded") holdJob(job, tools);
		if (job.state === "submitted") running.push(job);
		else if (job.state === "uploaded") {
			const look = () => insist(() => findBatch(job, tools), tools.insisting);
			// What was sent a moment before the end may take a moment to be seen.
			const batch = job.tries === 0 ? undefined : ((await look()) ?? (await delay(tools.teacher.batch.pollMs, tools.signal).then(look)));
			if (batch === undefined) await dropJob(job, tools);
			else running.push(await adopt(job, batch, tools));
		} else if (job.state === "intent") {
			await forgetFileOf(job, tools);
			await dropJob(job, tools);
		}
	}
	return running;
}

/** A file whose upload ended before we knew its name. Should it not be found, the provider keeps it, and nothing else is wrong. */
async function forgetFileOf(job: BatchJob, { provider }: BatchTools): Promise<void> {
	let looked = 0;
	try {
		for await (const { id, filename } of provider.listFiles()) {
			if (filename === `${job.id}.jsonl`) await provider.deleteFile(id);
			looked += 1;
			if (looked >= searched) return;
		}
	} catch {
		// Of no consequence but some space at the provider.
	}
}

/** Gives a job up that asks for nothing: its requests are pending again. */
export async function dropJob(job: BatchJob, tools: BatchTools): Promise<void> {
	const { fileId } = job;
	// What cannot be deleted takes space at the provider, and does no harm.
	tools.holds.get(job.id)?.release();
	tools.holds.delete(job.id);
	if (fileId !== undefined) await tools.provider.deleteFile(fileId).catch(() => undefined);
	await tools.table.remove(job.id);
	await rm(jobFile(tools.runFolder, job), { force: true });
}
