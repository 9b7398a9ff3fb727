import { type CandorError, messageOf, teacherError } from "../../records/index.js";
import { delay } from "../abort.js";
import { classifyFailure } from "../classify-failure.js";
import { TransportError } from "../transport-error.js";

export interface InsistOptions {
	readonly model: string;
	readonly apiKeyEnv: string;
	/** Nothing answered for so long is an outage. @unit milliseconds */
	readonly outageMs: number;
	/** Aborted: nothing is tried any more. */
	readonly signal: AbortSignal;
	/** @default 30000 @unit milliseconds */
	readonly maxDelayMs?: number;
}

/** The first wait, which doubles. @unit milliseconds */
const firstDelayMs = 200;

/**
 * Calls a provider until it answers. What a call itself is to blame for is thrown as it came.
 * @param tryNumber is 1 for the first try: what must not happen twice can be looked for before the next
 * @throws CandorError (exit 4) where the provider does not let us in, or answers nothing for `outageMs`
 */
export async function insist<Value>(call: (tryNumber: number) => Promise<Value>, options: InsistOptions): Promise<Value> {
	const { signal, outageMs, maxDelayMs = 30_000 } = options;
	const startedAtMs = performance.now();
	for (let tryNumber = 1; ; tryNumber += 1) {
		try {
			return await call(tryNumber);
		} catch (error) {
			signal.throwIfAborted();
			if (!(error instanceof TransportError)) throw error;
			const fault = classifyFailure(error, options);
			if (fault.type === "settings") throw isMissing(error) ? noBatchApi(error) : fault.error;
			if (fault.type === "request" || isFull(error.message)) throw error;
			const lastedMs = performance.now() - startedAtMs;
			if (lastedMs >= outageMs) {
				throw teacherError(
					`The teacher's Batch API has answered nothing for ${Math.round(lastedMs / 1000)} s: ${messageOf(error)}`,
					"Run the same command again when it is back; nothing is lost, and no batch is paid for twice.",
					error,
				);
			}
			const waitMs = Math.min(maxDelayMs, firstDelayMs * 2 ** Math.min(tryNumber - 1, 20), Math.max(1, outageMs - lastedMs));
			await delay(Math.max(error.retryAfterMs ?? 0, waitMs), signal);
		}
	}
}

/** What providers say where an account has too many tokens or batches waiting: it passes. */
const fullPattern = /token_limit_exceeded|enqueued|batch_limit_exceeded|too many batches/i;

/** Whether a provider takes no more for the time being. */
export function isFull(message: string): boolean {
	return fullPattern.test(message);
}

function isMissing({ status }: TransportError): boolean {
	return status === 404 || status === 405;
}

/** What a provider's refusal means for the run, where nothing else is known to be at fault. */
export function explainRefusal(error: unknown): unknown {
	if (!(error instanceof TransportError)) return error;
	if (isMissing(error)) return noBatchApi(error);
	return teacherError(
		`The teacher's Batch API refuses what it is asked: ${error.message}`,
		"Mend what it complains of, then run the same command again: nothing is lost. teacher.mode live asks without batches.",
		error,
	);
}

function noBatchApi(error: TransportError): CandorError {
	return teacherError(
		`The teacher's server has no Batch API at this address: ${error.message}`,
		"Check teacher.baseUrl, ask it live (teacher.mode: live), or let an engine work offline with candor batch export and candor batch import.",
		error,
	);
}
