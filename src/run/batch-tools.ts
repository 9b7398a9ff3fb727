import type { Config } from "../config/index.js";
import {
	type BatchHold,
	type Budget,
	createImageEncoder,
	type InsistOptions,
	type Ledger,
	type LedgerTable,
	type LineOptions,
	openBatchProvider,
	type ReadOptions,
} from "../teacher/index.js";
import { type BatchJob, openJobTable } from "./batch-jobs.js";
import type { BatchProgress } from "./batch-progress.js";
import { keyOf, modelOf } from "./open-teacher.js";

/** Pictures encoded at once; requests about one picture come close together. @unit bytes */
export const encodedPicturesBytes = 16 * 1024 * 1024;

/** How much goes into a batch, and when the next may go: what a full queue teaches holds for the rest of the run. */
export interface BatchPace {
	readonly maxRequests: number;
	readonly maxBytes: number;
	/** In all batches at the provider. */
	maxTokens: number;
	/** How long was waited for a full queue last. @unit milliseconds */
	waitMs: number;
	/** On the clock of `performance.now()`. */
	blockedUntilMs: number;
}

/** What all that has to do with batches works with. */
export interface BatchTools {
	readonly runFolder: string;
	readonly ledger: Ledger;
	readonly table: LedgerTable<BatchJob>;
	readonly provider: ReturnType<typeof openBatchProvider>;
	readonly teacher: Config["teacher"];
	readonly line: LineOptions;
	readonly reading: ReadOptions;
	readonly insisting: InsistOptions;
	readonly budget: Budget;
	/** What each batch that is on its way has set aside, by the job's id. */
	readonly holds: Map<string, BatchHold>;
	readonly pace: BatchPace;
	readonly signal: AbortSignal;
	/** One line for a person. */
	readonly tell: (message: string) => void;
	readonly warn: (message: string) => void;
	/** The newest state of a round. */
	readonly onProgress: (state: BatchProgress) => void;
}

type Given = Pick<BatchTools, "runFolder" | "ledger" | "budget" | "teacher" | "signal" | "tell" | "warn" | "onProgress">;

export function openBatchTools(given: Given, env: NodeJS.ProcessEnv): BatchTools {
	const { teacher, signal } = given;
	const baseUrl = teacher.baseUrl ?? "";
	const key = keyOf(teacher, env);
	const { maxRequests, maxBytes, maxEnqueuedTokens = Number.POSITIVE_INFINITY } = teacher.batch;
	const names = { model: modelOf(teacher), apiKeyEnv: teacher.apiKeyEnv };
	return {
		...given,
		table: openJobTable(given.ledger),
		provider: openBatchProvider({ baseUrl, ...key }),
		line: {
			baseUrl,
			structuredOutput: teacher.structuredOutput,
			images: createImageEncoder(given.runFolder, encodedPicturesBytes),
			imageTokens: teacher.imageTokens,
		},
		reading: { ...names, ...key },
		insisting: { ...names, outageMs: teacher.outageMs, signal },
		pace: { maxRequests, maxBytes, maxTokens: maxEnqueuedTokens, waitMs: 0, blockedUntilMs: 0 },
		holds: new Map(),
	};
}

/** Sets aside what a batch may cost; one that an earlier start has submitted is paid for whether there is room or not. */
export function holdJob({ id, worst }: BatchJob, { budget, holds }: Pick<BatchTools, "budget" | "holds">): void {
	if (worst !== undefined && !holds.has(id)) holds.set(id, budget.hold(worst));
}
