import { createHash } from "node:crypto";
import { messageOf, teacherError } from "../records/index.js";
import { delay, settleOrAbort } from "./abort.js";
import { classifyFailure, type Role } from "./classify-failure.js";
import type { Health } from "./health.js";
import { requestKey } from "./request-key.js";
import type { Teacher, TeacherAnswer, TeacherRequest } from "./teacher.js";
import { TransportError } from "./transport-error.js";

export interface RetryOptions {
	/** Further tries of a request that failed in transit, was limited or met a server error. */
	readonly retries: number;
	/** A Retry-After above this uses up the tries at once. @unit milliseconds */
	readonly maxRetryAfterMs: number;
	/** Nothing answered for so long is an outage. @unit milliseconds */
	readonly outageMs: number;
	/** The environment variable that holds the key, for the remedy. */
	readonly apiKeyEnv: string;
	/** Whose server it is, for messages. @default teacher */
	readonly role?: Role;
	/** The setting that holds the address, for remedies. @default baseUrl */
	readonly setting?: string;
	/** The server's address, for messages. */
	readonly address?: string;
	readonly health: Health;
	/** A request is about to be tried again. */
	readonly onRetry?: (request: TeacherRequest) => void;
	/** The wait after the first failure is below this, and doubles. @default 500 @unit milliseconds */
	readonly baseDelayMs?: number;
	/** No wait of our own is longer. @default 30000 @unit milliseconds */
	readonly maxDelayMs?: number;
}

/** A server that was never reached in this run is most likely not there: it is not waited for longer. @unit milliseconds */
const unreachedMs = 10_000;

/** Lets a further try go before new requests of its stage, and after those of the next (see `priorityOf`). */
const retryPriority = 0.5;

/**
 * Tries again what failed in transit, so that what comes out is a reply, a failure that is the request's own, or an outage.
 * Waits are spent outside the layers below: a waiting request holds no slot.
 * @throws CandorError (exit 4) where the server does not let us in, or answered nothing for `outageMs`.
 */
export function retryRequests(teacher: Teacher, options: RetryOptions): Teacher {
	const { health, role = "teacher", setting = "baseUrl", address, baseDelayMs = 500, maxDelayMs = 30_000 } = options;

	async function ask(request: TeacherRequest, signal: AbortSignal): Promise<TeacherAnswer> {
		const random = randomOf(request);
		let firstFailureAtMs: number | undefined;
		let allFailures = 0;
		let failures = 0;
		for (;;) {
			let problem: TransportError;
			try {
				return await askOnce(allFailures === 0 ? request : { ...request, priority: request.priority + retryPriority }, signal);
			} catch (error) {
				signal.throwIfAborted();
				if (!(error instanceof TransportError)) throw error;
				problem = error;
			}
			if (problem.kind !== "connection") health.recordReached();
			const fault = classifyFailure(problem, { model: request.model, apiKeyEnv: options.apiKeyEnv, role });
			if (fault.type === "settings") throw fault.error;
			if (fault.type === "request") return { type: "failure", reason: "request-refused", detail: problem.message };

			allFailures += 1;
			firstFailureAtMs ??= performance.now();
			// Being told to come back later is no fault of the request: it costs a try only where it goes on for ever.
			const isLimited = problem.status === 429 && performance.now() - firstFailureAtMs < options.outageMs;
			if (!isLimited) failures += 1;
			const isUsedUp = failures > options.retries || (problem.retryAfterMs ?? 0) > options.maxRetryAfterMs;
			if (health.answeredSince(firstFailureAtMs)) {
				if (isUsedUp) return { type: "failure", reason: "request-failed", detail: describeOwn(problem, allFailures) };
			} else {
				throwIfOut(problem, firstFailureAtMs);
			}
			options.onRetry?.(request);
			if (!isUsedUp) {
				await delay(Math.max(problem.retryAfterMs ?? 0, random(allFailures) * backoffMs(isLimited ? allFailures : failures)), signal);
			} else if ((await probe(request, signal)) || (await waitForLife(firstFailureAtMs, signal))) {
				// Back from an outage: a server that has just come up may still refuse a few.
				failures = 0;
			}
		}
	}

	async function askOnce(request: TeacherRequest, signal: AbortSignal): Promise<TeacherAnswer> {
		const startedAtMs = performance.now();
		const answer = await teacher.ask(request, signal);
		health.recordSuccess((answer.type === "reply" ? answer.latencyMs : undefined) ?? performance.now() - startedAtMs);
		return answer;
	}

	/** Whether the endpoint answers the smallest of questions: the last request of a run has no others to compare itself with. */
	async function probe(request: TeacherRequest, signal: AbortSignal): Promise<boolean> {
		const smallest: TeacherRequest = {
			model: request.model,
			messages: [{ role: "user", content: [{ type: "text", text: "Say OK." }] }],
			sampling: { temperature: 0, maxOutputTokens: 16, seed: 0 },
			attempt: 1,
			about: request.about,
			priority: request.priority + retryPriority,
		};
		try {
			await askOnce(smallest, signal);
			return true;
		} catch (error) {
			signal.throwIfAborted();
			if (error instanceof TransportError) return false;
			throw error;
		}
	}

	function backoffMs(failures: number): number {
		return Math.min(maxDelayMs, baseDelayMs * 2 ** Math.min(failures - 1, 20));
	}

	/** How long nothing has been answered that this request could tell. */
	function silenceMs(firstFailureAtMs: number): number {
		return performance.now() - Math.max(firstFailureAtMs, health.lastSuccessAtMs ?? firstFailureAtMs);
	}

	function patienceMs(): number {
		return health.everReached ? options.outageMs : Math.min(options.outageMs, unreachedMs);
	}

	function throwIfOut(problem: TransportError, firstFailureAtMs: number): void {
		if (silenceMs(firstFailureAtMs) < patienceMs()) return;
		throw teacherError(
			health.everReached
				? `The ${role} has answered nothing for ${Math.round(silenceMs(firstFailureAtMs) / 1000)} s: ${messageOf(problem)}`
				: `The ${role} cannot be reached: ${messageOf(problem)}`,
			health.everReached
				? `Run the same command again when the ${role} is back; nothing is lost.`
				: `Check ${role}.${setting}${address === undefined ? "" : ` (${address})`} and that the server runs, then run the same command again; nothing is lost.`,
			problem,
		);
	}

	/** Waits until another request is answered (true) or it is time to try again (false). */
	function waitForLife(firstFailureAtMs: number, signal: AbortSignal): Promise<boolean> {
		const leftMs = patienceMs() - silenceMs(firstFailureAtMs);
		return settleOrAbort(signal, (resolve) => {
			const timer = setTimeout(() => resolve(false), Math.max(1, Math.min(maxDelayMs, leftMs)));
			const unsubscribe = health.onSuccess(() => {
				if (health.answeredSince(firstFailureAtMs)) resolve(true);
			});
			return () => {
				clearTimeout(timer);
				unsubscribe();
			};
		});
	}

	return { ask, close: () => teacher.close() };
}

function describeOwn(problem: TransportError, tries: number): string {
	return `failed ${tries === 1 ? "once" : `${tries} times`} while other requests were answered; last: ${problem.message}`;
}

/** Numbers from 0 to 1 that follow from the request and the try, so that a run's waits can be reproduced. */
function randomOf(request: TeacherRequest): (tryNumber: number) => number {
	let key: string | undefined;
	return (tryNumber) => {
		key ??= requestKey(request);
		return createHash("sha256").update(`${key}:${tryNumber}`).digest().readUInt32BE() / 2 ** 32;
	};
}
