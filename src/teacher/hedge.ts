import { onAbort } from "./abort.js";
import type { AskHooks, Dispatcher } from "./dispatch/index.js";
import type { Teacher, TeacherAnswer, TeacherRequest } from "./teacher.js";

export interface HedgeOptions {
	/** A request that takes longer than this percentile of the recent ones is sent a second time. */
	readonly afterPercentile: number;
	/** Of all requests, so large a share at most is sent twice. */
	readonly maxShare: number;
	readonly onHedge?: (request: TeacherRequest) => void;
}

/** Latencies that count as recent, how many say enough, and after how many new ones the percentile is taken again. */
const recentCount = 500;
const enough = 50;
const renewal = 25;

/** Lets the second of a pair go before new requests of its priority (priorities are whole numbers). */
const hedgePriority = 0.5;

/**
 * Sends a request that is unusually slow a second time, to another endpoint where there is one; the first answer wins, and the other is
 * given up. Time in line does not count, since it says nothing about the server.
 */
export function hedgeRequests(teacher: Dispatcher, { afterPercentile, maxShare, onHedge }: HedgeOptions): Teacher {
	let recent: number[] = [];
	let sinceRenewal = 0;
	let thresholdMs: number | undefined;
	let sent = 0;
	let hedged = 0;
	/** Requests that went before the first percentile was known. */
	const unarmed = new Set<() => void>();

	function record(latencyMs: number): void {
		recent.push(latencyMs);
		sinceRenewal += 1;
		if (recent.length < enough || sinceRenewal < renewal) return;
		recent = recent.slice(-recentCount);
		sinceRenewal = 0;
		const sorted = [...recent].sort((a, b) => a - b);
		thresholdMs = sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * afterPercentile) / 100))];
		for (const arm of [...unarmed]) arm();
	}

	function ask(request: TeacherRequest, signal: AbortSignal): Promise<TeacherAnswer> {
		return new Promise((resolve, reject) => {
			const controller = new AbortController();
			signal.throwIfAborted();
			const stopListening = onAbort(signal, () => controller.abort(signal.reason));
			let sentAtMs: number | undefined;
			let endpoint: string | undefined;
			let timer: NodeJS.Timeout | undefined;
			let running = 1;
			let isSettled = false;
			let problem: { readonly error: unknown } | undefined;

			const arm = (): void => {
				unarmed.delete(arm);
				if (isSettled || sentAtMs === undefined || timer !== undefined) return;
				if (thresholdMs === undefined) unarmed.add(arm);
				else timer = setTimeout(sendAgain, Math.max(0, sentAtMs + thresholdMs - performance.now()));
			};
			const onSend = (name: string): void => {
				sent += 1;
				// Sent elsewhere after a failure, it is a new request to that server.
				sentAtMs = performance.now();
				endpoint = name;
				clearTimeout(timer);
				timer = undefined;
				arm();
			};
			const settle = (finish: () => void): void => {
				if (isSettled) return;
				isSettled = true;
				clearTimeout(timer);
				unarmed.delete(arm);
				stopListening();
				finish();
				// The loser of the pair.
				if (running > 0) controller.abort();
			};
			const follow = (asked: Promise<TeacherAnswer>): void => {
				asked.then(
					(answer) =>
						settle(() => {
							running -= 1;
							// Of a pair, as long as the first took at least: else the slow ones would vanish, and more and more be taken for slow.
							if (sentAtMs !== undefined && answer.type === "reply") record(performance.now() - sentAtMs);
							resolve(answer);
						}),
					(error) => {
						running -= 1;
						problem ??= { error };
						if (running === 0) settle(() => reject(problem?.error));
					},
				);
			};
			const sendAgain = (): void => {
				if (running === 0 || hedged + 1 > maxShare * sent) return;
				hedged += 1;
				running += 1;
				let wasSent = false;
				const hooks: AskHooks = {
					...(endpoint === undefined ? {} : { avoid: endpoint }),
					onSend() {
						if (!wasSent) onHedge?.(request);
						wasSent = true;
					},
				};
				const second = teacher.ask({ ...request, priority: request.priority + hedgePriority }, controller.signal, hooks).finally(() => {
					// The first was answered before the second had its turn.
					if (!wasSent) hedged -= 1;
				});
				follow(second);
			};
			follow(teacher.ask(request, controller.signal, { onSend }));
		});
	}

	return { ask, close: () => teacher.close() };
}
