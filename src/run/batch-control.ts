import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { configurationError, messageOf } from "../records/index.js";
import { insist, openBatchProvider, openBudget, openLedger, openLedgerForReading, openSpend, TransportError } from "../teacher/index.js";
import { type BatchJob, isUnsettled, listJobs, readJobTable, tidyJobFiles } from "./batch-jobs.js";
import { openPendingRequests } from "./batch-pending.js";
import type { BatchProgress } from "./batch-progress.js";
import { type RoundOutcome, runRound } from "./batch-round.js";
import { recoverJobs } from "./batch-submit.js";
import { openBatchTools } from "./batch-tools.js";
import { keyOf } from "./open-teacher.js";
import { readRunRecord } from "./run-record.js";

/** A batch as it is known here, and what its provider says of it where it is on its way. */
export interface ShownBatch extends BatchJob {
	/** The provider's word for how far it is, or why it could not be asked. */
	readonly now?: string;
	/** Requests that it has answered or failed so far. */
	readonly done?: number;
}

/** The batches of a run, the oldest first. Changes nothing; a run may be at work meanwhile. @throws CandorError (exit 2) where there is no run */
export async function readBatchStatus(run: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<ShownBatch[]> {
	const { teacher } = (await requireRun(run)).config;
	const ledger = openLedgerForReading(join(run, "ledger"));
	const provider = openBatchProvider({ baseUrl: teacher.baseUrl ?? "http://localhost", ...keyOf(teacher, env) });
	try {
		const shown: ShownBatch[] = [];
		for (const job of listJobs(readJobTable(ledger))) {
			if (job.state !== "submitted") {
				shown.push(job);
				continue;
			}
			try {
				const batch = await provider.retrieve(job.batchId ?? "", signal);
				const { completed = 0, failed = 0 } = batch?.request_counts ?? {};
				shown.push({ ...job, now: batch?.status ?? "gone", done: completed + failed });
			} catch (error) {
				if (!(error instanceof TransportError)) throw error;
				shown.push({ ...job, now: `unknown: ${messageOf(error)}` });
			}
		}
		return shown;
	} finally {
		await provider.close();
		await ledger.close();
	}
}

export interface ControlOptions {
	readonly env: NodeJS.ProcessEnv;
	readonly signal: AbortSignal;
	readonly tell: (message: string) => void;
	readonly warn: (message: string) => void;
	readonly onProgress: (state: BatchProgress) => void;
}

/**
 * Ends the batches of a run that are on their way, and keeps what they have brought so far.
 * @throws CandorError: exit 2 where there is no run or one is at work, 4 where the provider is not to be had
 */
export async function cancelBatches(run: string, { env, ...options }: ControlOptions): Promise<RoundOutcome> {
	const { teacher } = (await requireRun(run)).config;
	const runFolder = resolve(run);
	const ledger = openLedger(join(runFolder, "ledger"));
	// What they have brought is paid for, and nothing more is asked.
	const budget = openBudget(
		openSpend(ledger, () => teacher.price),
		{},
		options.signal,
	);
	const tools = openBatchTools({ runFolder, ledger, budget, teacher, ...options }, env);
	const none = openPendingRequests(runFolder);
	try {
		const running = await recoverJobs(tools);
		for (const { batchId = "" } of running) {
			await insist(() => tools.provider.cancel(batchId), tools.insisting).catch((error: unknown) => {
				// One that has come to its end meanwhile cannot be cancelled, and need not be.
				if (!(error instanceof TransportError)) throw error;
			});
		}
		const outcome = await runRound(0, none, running, tools);
		await tidyJobFiles(runFolder, listJobs(tools.table).filter(isUnsettled));
		return outcome;
	} finally {
		none.close();
		await tools.provider.close();
		await budget.close().finally(ledger.close);
	}
}

async function requireRun(run: string) {
	const record = existsSync(run) ? await readRunRecord(run) : undefined;
	if (record === undefined || !existsSync(join(run, "ledger", "data.mdb")))
		throw configurationError(`${relative(process.cwd(), run) || run} is not a run that has asked anything`, "name the folder of a run");
	return record;
}
