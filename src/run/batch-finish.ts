import { rm } from "node:fs/promises";
import { type JsonlItem, parseJsonlChunks } from "../shards/index.js";
import { amountOf, insist, isFull, noAmount, type ProviderBatch, type StageAmount } from "../teacher/index.js";
import { type BatchJob, jobFile } from "./batch-jobs.js";
import { openPendingRequests } from "./batch-pending.js";
import { type ImportedResults, importResults } from "./batch-results.js";
import { readJobRequests } from "./batch-submit.js";
import type { BatchTools } from "./batch-tools.js";

const finalStates = new Set(["completed", "failed", "expired", "cancelled"]);

/** Whether the provider does nothing more about a batch. */
export function isFinal({ status }: ProviderBatch): boolean {
	return finalStates.has(status);
}

/** Whether a batch was sent back because the account has too much waiting already. */
export function wasSentBack(batch: ProviderBatch): boolean {
	return batch.status === "failed" && (batch.errors?.data ?? []).some(({ code, message }) => isFull(`${code ?? ""} ${message ?? ""}`));
}

/** Why the provider took no batch at all, in its own words. */
export function describeErrors({ errors }: ProviderBatch): string | undefined {
	const texts = (errors?.data ?? []).map(({ code, message }) => [message, code && `(${code})`].filter(Boolean).join(" "));
	return texts.length === 0 ? undefined : [...new Set(texts)].slice(0, 3).join("; ");
}

/**
 * Puts what a finished batch brought into the ledger, however it ended: what it did not bring is pending again. Then the provider
 * may forget it.
 * @throws CandorError (exit 4) where the server refuses a setting of ours, once everything is put by
 */
export async function finishJob(job: BatchJob, batch: ProviderBatch, tools: BatchTools): Promise<ImportedResults> {
	const { ledger, table, reading, holds, teacher, warn } = tools;
	const fileIds = [batch.output_file_id, batch.error_file_id].filter((id) => id != null);
	const requests = openPendingRequests(tools.runFolder);
	try {
		for await (const { key, request } of readJobRequests(job, tools)) requests.add(key, request);
		let badLines = 0;
		let paid: StageAmount[] = [];
		const imported = await insist(() => {
			badLines = 0;
			paid = [];
			return importResults(readAll(fileIds, tools), {
				ledger,
				requests,
				reading,
				onBadLine: () => badLines++,
				onPaid: ({ pipeline, stage }, usage) => paid.push([{ pipeline, stage }, amountOf(usage, teacher.price, true)]),
			});
		}, tools.insisting);
		if (badLines > 0) warn(`batch ${batch.id}: ${badLines} lines of its results cannot be read; what they answered is asked again`);
		const { answered, refused, inputTokens, outputTokens } = imported;
		const done: BatchJob = {
			...job,
			state: "imported",
			status: batch.status,
			counts: { answered, refused, left: Math.max(0, job.requests - answered - refused - imported.known), inputTokens, outputTokens },
			leftovers: [...(job.fileId === undefined ? [] : [job.fileId]), ...fileIds],
		};
		const hold = holds.get(job.id) ?? tools.budget.hold(noAmount());
		holds.delete(job.id);
		await hold.settle(paid, () => void table.put(job.id, done));
		await cleanUp(done, tools);
		if (imported.settingsError !== undefined) throw imported.settingsError;
		return imported;
	} finally {
		requests.close();
	}
}

async function* readAll(fileIds: readonly string[], { provider, signal }: BatchTools): AsyncGenerator<JsonlItem> {
	for (const id of fileIds) yield* parseJsonlChunks(provider.content(id, signal));
}

/** Removes a finished batch's files, here and at the provider; what cannot be removed now is left to the next start. */
export async function cleanUp(job: BatchJob, { provider, table, runFolder }: BatchTools): Promise<void> {
	await rm(jobFile(runFolder, job), { force: true });
	const left: string[] = [];
	for (const id of job.leftovers ?? []) await provider.deleteFile(id).catch(() => left.push(id));
	const { leftovers: _, ...rest } = job;
	await table.put(job.id, left.length === 0 ? rest : { ...rest, leftovers: left });
}
