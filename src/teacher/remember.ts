import { waitFor } from "./abort.js";
import { createEntry, type Ledger } from "./ledger.js";
import { requestKey } from "./request-key.js";
import type { Teacher, TeacherAnswer, TeacherRequest } from "./teacher.js";

/** What progress wants to know. Each is called once per request. */
export interface RememberEvents {
	/** Answered from the ledger, or by an identical request in flight. */
	readonly onHit?: (request: TeacherRequest) => void;
	/** Goes on to the teacher. */
	readonly onAsk?: (request: TeacherRequest) => void;
	/** No answer came: it was never sent, or was given up. */
	readonly onGiveUp?: (request: TeacherRequest) => void;
	/** The teacher's answer has been committed. */
	readonly onAnswer?: (request: TeacherRequest, answer: TeacherAnswer) => void;
}

/**
 * Asks only for what the ledger does not hold, and for that only once at a time: identical requests in flight share one
 * answer, or one error. An answer is returned after it is committed. An exception is never stored: it may be an outage.
 */
export function rememberReplies(teacher: Teacher, ledger: Ledger, events: RememberEvents = {}): Teacher {
	const inFlight = new Map<string, { answer: Promise<TeacherAnswer>; signal: AbortSignal }>();

	async function askAndCommit(key: string, request: TeacherRequest, signal: AbortSignal): Promise<TeacherAnswer> {
		events.onAsk?.(request);
		const answer = await teacher.ask(request, signal).catch((error: unknown) => {
			events.onGiveUp?.(request);
			throw error;
		});
		await ledger.put(key, createEntry(key, request, answer));
		events.onAnswer?.(request, answer);
		return answer;
	}

	async function ask(request: TeacherRequest, signal: AbortSignal): Promise<TeacherAnswer> {
		signal.throwIfAborted();
		const key = requestKey(request);
		for (;;) {
			const known = ledger.get(key);
			if (known !== undefined) {
				events.onHit?.(request);
				return known.answer;
			}
			const running = inFlight.get(key);
			if (running === undefined) {
				const answer = askAndCommit(key, request, signal).finally(() => inFlight.delete(key));
				inFlight.set(key, { answer, signal });
				return answer;
			}
			try {
				const answer = await waitFor(running.answer, signal);
				events.onHit?.(request);
				return answer;
			} catch (error) {
				// The one who asked has gone; we have not.
				if (!running.signal.aborted || signal.aborted) throw error;
			}
		}
	}

	return { ask, close: () => teacher.close() };
}
