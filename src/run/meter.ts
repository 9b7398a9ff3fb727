import type { RememberEvents } from "../teacher/index.js";
import type { BatchProgress } from "./batch-progress.js";
import type { RunEvents } from "./events.js";

/** Counts what happens and tells it as progress. */
export interface Meter {
	readonly teacherEvents: RememberEvents;
	readonly counts: { asked: number; fromLedger: number; failures: number };
	/** A pipeline begins. */
	enter(pipeline: string): void;
	update(rows: { done: number; wanted: number }, rejected: number, asked?: number): void;
	/** Batches are waited for; nothing: not any more. */
	wait(batches: BatchProgress | undefined): void;
}

/** The rate of requests is taken over so long. @unit milliseconds */
const windowMs = 10_000;

export function startMeter(events: RunEvents): Meter {
	const counts = { asked: 0, fromLedger: 0, failures: 0, answered: 0 };
	const started = performance.now();
	/** When requests were answered; those before `first` are too long ago, and go when they are many: shifting each would move all. */
	let recent: number[] = [];
	let first = 0;
	let pipeline = "";
	let waitingFor: BatchProgress | undefined;
	let state: { rows: { done: number; wanted: number }; rejected: number; asked?: number } = { rows: { done: 0, wanted: 0 }, rejected: 0 };
	const tell = () => {
		const now = performance.now();
		while ((recent[first] ?? now) < now - windowMs) first++;
		if (first > recent.length / 2) {
			recent = recent.slice(first);
			first = 0;
		}
		const spanMs = Math.min(windowMs, Math.max(1, now - started));
		events.progress({
			pipeline,
			...state,
			requests: {
				inFlight: counts.asked - counts.answered,
				done: counts.answered,
				perSecond: ((recent.length - first) * 1000) / spanMs,
				ledgerHits: counts.fromLedger,
			},
			elapsedMs: now - started,
			...(waitingFor === undefined ? {} : { batches: waitingFor }),
		});
	};
	return {
		counts,
		teacherEvents: {
			onHit: () => {
				counts.fromLedger++;
			},
			onAsk: () => {
				counts.asked++;
			},
			onAnswer: (_, answer) => {
				counts.answered++;
				recent.push(performance.now());
				if (answer.type === "failure") counts.failures++;
				tell();
			},
		},
		enter(name) {
			pipeline = name;
			state = { rows: { done: 0, wanted: 0 }, rejected: 0 };
		},
		update(rows, rejected, asked) {
			state = { rows, rejected, ...(asked === undefined ? {} : { asked }) };
			tell();
		},
		wait(batches) {
			waitingFor = batches;
			tell();
		},
	};
}
