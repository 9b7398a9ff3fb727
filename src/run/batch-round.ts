import { delay } from "../teacher/abort.js";
import { insist, isFull, noAmount, TransportError } from "../teacher/index.js";
import { type BatchCut, cutBatches } from "./batch-cut.js";
import { describeErrors, finishJob, isFinal, wasSentBack } from "./batch-finish.js";
import type { BatchCounts, BatchJob } from "./batch-jobs.js";
import type { PendingRequests } from "./batch-pending.js";
import { dropJob, openJob, submitJob } from "./batch-submit.js";
import type { BatchTools } from "./batch-tools.js";

/** What a round of batches came to. */
export interface RoundOutcome extends BatchCounts {
	readonly batches: number;
	/** Whether the provider's queue was too full for what we wanted. */
	readonly wasFull: boolean;
	/** What was last said of a request or batch that failed. */
	readonly lastProblem?: string;
}

/** A job at the provider, and what it said of it last. */
interface Flight {
	job: BatchJob;
	status: string;
	done: number;
}

/** A provider whose queue is full is asked again after at most so long. @unit milliseconds */
const longestWaitMs = 600_000;
/** Polls are spread, so that many runs do not come at the same moment. */
const jitter = 0.2;

/**
 * Submits what is pending, as much at a time as the provider takes, and waits until every batch has come to its end. Batches that
 * an earlier start has submitted are waited for too.
 * @throws the signal's reason where the run is stopped: the batches go on at the provider
 */
export async function runRound(round: number, pending: PendingRequests, running: readonly BatchJob[], tools: BatchTools): Promise<RoundOutcome> {
	const { provider, signal, pace, budget } = tools;
	const { pollMs } = tools.teacher.batch;
	const startedMs = performance.now();
	const cuts = cutBatches(pending.all(), pace, tools.line, { hasRoom: budget.hasRoom, price: tools.teacher.price });
	let flights: Flight[] = running.map((job) => ({ job, status: job.status ?? "submitted", done: 0 }));
	/** The provider has their files, and sent them back for now. */
	let waiting: BatchJob[] = [];
	const outcome = { batches: flights.length, wasFull: false, answered: 0, refused: 0, left: 0, inputTokens: 0, outputTokens: 0 };
	let lastProblem: string | undefined;
	const total = { requests: running.reduce((sum, { requests }) => sum + requests, 0), bytes: running.reduce((sum, { bytes }) => sum + bytes, 0), done: 0 };

	const enqueuedTokens = () => flights.reduce((sum, { job }) => sum + job.tokens, 0);
	const fits = (tokens: number) => performance.now() >= pace.blockedUntilMs && (flights.length === 0 || enqueuedTokens() + tokens <= pace.maxTokens);

	/** What the provider took is what fits; where it took nothing, half as much may. The requests of what is dropped wait for the next round. */
	const hold = async (job: BatchJob, problem: string): Promise<void> => {
		outcome.wasFull = true;
		lastProblem = problem;
		pace.waitMs = Math.min(longestWaitMs, Math.max(pollMs, 2 * pace.waitMs));
		pace.blockedUntilMs = performance.now() + pace.waitMs;
		const taken = enqueuedTokens();
		if (taken > 0 || job.requests === 1) {
			if (taken > 0) pace.maxTokens = Math.min(pace.maxTokens, taken);
			waiting.push(job);
			return;
		}
		pace.maxTokens = Math.max(1, Math.floor(job.tokens / 2));
		tools.tell(`the provider's queue takes no more (${problem}): asking for half as much at a time`);
		await dropJob(job, tools);
		total.requests -= job.requests;
		total.bytes -= job.bytes;
	};

	const start = async (job: BatchJob): Promise<void> => {
		try {
			const submitted = await submitJob(job, tools);
			flights.push({ job: submitted, status: submitted.status ?? "submitted", done: 0 });
		} catch (error) {
			if (!(error instanceof TransportError) || !isFull(error.message)) throw error;
			await hold({ ...job, tries: job.tries + 1 }, error.message);
		}
	};

	const land = async (flight: Flight): Promise<void> => {
		const { job } = flight;
		const batch = await insist(() => provider.retrieve(job.batchId ?? "", signal), tools.insisting);
		if (batch === undefined) {
			tools.warn(`the provider knows nothing of the batch ${job.batchId} any more: its ${job.requests} requests are asked again`);
			flights = flights.filter((other) => other !== flight);
			return dropJob(job, tools);
		}
		flight.status = batch.status;
		flight.done = (batch.request_counts?.completed ?? 0) + (batch.request_counts?.failed ?? 0);
		if (batch.status !== "validating" && batch.status !== "failed") pace.waitMs = 0;
		if (!isFinal(batch)) return;
		flights = flights.filter((other) => other !== flight);
		if (wasSentBack(batch)) return hold(job, describeErrors(batch) ?? batch.status);
		const imported = await finishJob(job, batch, tools);
		total.done += job.requests;
		for (const key of ["answered", "refused", "left", "inputTokens", "outputTokens"] as const) outcome[key] += imported[key];
		lastProblem = describeErrors(batch) ?? imported.lastProblem ?? lastProblem;
		if (batch.status !== "completed")
			tools.tell(`batch ${batch.id} ${batch.status}: ${describeErrors(batch) ?? "what it brought is kept, the rest is asked again"}`);
	};

	const report = () => {
		const states: Record<string, number> = waiting.length === 0 ? {} : { waiting: waiting.length };
		for (const { status } of flights) states[status] = (states[status] ?? 0) + 1;
		const done = total.done + flights.reduce((sum, flight) => sum + flight.done, 0);
		tools.onProgress({ round, requests: total.requests, done, bytes: total.bytes, states, elapsedMs: performance.now() - startedMs });
	};

	let next: BatchCut | undefined = (await cuts.next()).value ?? undefined;
	for (;;) {
		signal.throwIfAborted();
		// Its time may be up while it waits; the batches go on at the provider.
		budget.hasRoom(noAmount());
		while (!signal.aborted) {
			const [held] = waiting;
			if (held !== undefined && fits(held.tokens)) {
				waiting = waiting.slice(1);
				await start(held);
			} else if (held === undefined && next !== undefined && fits(next.tokens) && budget.hasRoom(next.worst)) {
				const job = await openJob(next, pending, round, tools);
				outcome.batches++;
				total.requests += job.requests;
				total.bytes += job.bytes;
				await start(job);
				next = (await cuts.next()).value ?? undefined;
			} else break;
			report();
		}
		if (flights.length === 0 && waiting.length === 0 && (next === undefined || !budget.hasRoom(next.worst))) {
			if (next?.keys.length === 1) budget.refuse(next.worst);
			// Cut when there was more room: the next round cuts it to what there is.
			outcome.wasFull ||= next !== undefined;
			break;
		}
		report();
		await delay(pollMs * (1 - jitter / 2 + jitter * Math.random()), signal);
		for (const flight of flights) await land(flight);
	}
	return { ...outcome, ...(lastProblem === undefined ? {} : { lastProblem }) };
}
