import PQueue from "p-queue";
import { allowManyListeners } from "./abort.js";
import type { Teacher } from "./teacher.js";

/**
 * Lets at most `concurrency` requests through at a time, those of higher priority first, and of equal priority in the order
 * they came. A request that is aborted leaves the queue at once.
 */
export function limitConcurrency(teacher: Teacher, concurrency: number): Teacher {
	// No timeout: p-queue's would free the slot and leave the request running.
	const queue = new PQueue({ concurrency });
	return {
		ask(request, signal) {
			allowManyListeners(signal);
			return queue.add(() => teacher.ask(request, signal), { priority: request.priority, signal });
		},
		close: () => teacher.close(),
	};
}
