import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { amountSchema, type Ledger, type LedgerReader, type LedgerTableReader } from "../teacher/index.js";

const countsSchema = z.object({
	/** Replies that the ledger did not hold before. */
	answered: z.int(),
	/** Refused for their content's sake: final. */
	refused: z.int(),
	/** Left for another round. */
	left: z.int(),
	inputTokens: z.number(),
	outputTokens: z.number(),
});
export type BatchCounts = z.infer<typeof countsSchema>;

const jobSchema = z.object({
	id: z.string(),
	round: z.int(),
	/**
	 * How far it is: nothing but an intent; its file is at the provider; it has been submitted, and will be paid for; its results
	 * are in the ledger.
	 */
	state: z.enum(["intent", "uploaded", "submitted", "imported"]),
	/** How often it was submitted: a provider whose queue is full sends it back. */
	tries: z.int(),
	requests: z.int(),
	/** Of its file, pictures included. */
	bytes: z.number(),
	/** Of its input, estimated. */
	tokens: z.number(),
	/** What it may cost at most. */
	worst: amountSchema.exactOptional(),
	createdAt: z.string(),
	/** The provider's names of its file and of itself. */
	fileId: z.string().exactOptional(),
	batchId: z.string().exactOptional(),
	/** How it ended, as the provider calls it, and what came of it. */
	status: z.string().exactOptional(),
	counts: countsSchema.exactOptional(),
	/** Files that the provider still holds although nobody needs them any more. */
	leftovers: z.array(z.string()).exactOptional(),
});
/** A batch of ours from the intent to its last result, durable at each step: a start finds out where the one before ended. */
export type BatchJob = z.infer<typeof jobSchema>;

const tableName = "batches";

export function openJobTable(ledger: Ledger) {
	return ledger.table(tableName, jobSchema);
}

export function readJobTable(ledger: LedgerReader): LedgerTableReader<BatchJob> {
	return ledger.readTable(tableName, jobSchema);
}

/** In the order in which they were made. */
export function listJobs(table: LedgerTableReader<BatchJob>): BatchJob[] {
	return [...table.entries()].map(([, job]) => job);
}

export function isUnsettled({ state }: BatchJob): boolean {
	return state !== "imported";
}

/** The folder of the requests that are on their way, without pictures' bytes. */
export function jobFolder(runFolder: string): string {
	return join(runFolder, "batches");
}

/** Where a job's requests stand until their results are in the ledger. */
export function jobFile(runFolder: string, { id }: Pick<BatchJob, "id">): string {
	return join(jobFolder(runFolder), `${id}.jsonl`);
}

/** Removes the files of requests that no batch needs any more, and the folder with the last of them. */
export async function tidyJobFiles(runFolder: string, unsettled: readonly BatchJob[]): Promise<void> {
	const folder = jobFolder(runFolder);
	const needed = new Set(unsettled.map(({ id }) => `${id}.jsonl`));
	const found = await readdir(folder).catch(() => []);
	for (const name of found) if (!needed.has(name)) await rm(join(folder, name), { force: true });
	if (needed.size === 0) await rm(folder, { recursive: true, force: true });
}
