import type { RememberEvents } from "../teacher/index.js";
import type { BatchProgress } from "./batch-progress.js";
import type { PipelineProgress, ProgressSnapshot, RequestProgress, RunEvents } from "./events.js";
import type { DispatchStats } from "./open-teacher.js";

/** Counts what happens and tells it as progress. */
export interface Meter {
	readonly teacherEvents: RememberEvents;
	readonly counts: { asked: number; fromLedger: number; failures: number };
	/** How far a pipeline is. Those that are made side by side are told together, in the order in which they were first told. */
	update(pipeline: PipelineProgress): void;
	updateFirstAnswers(progress: NonNullable<ProgressSnapshot["firstAnswers"]>): void;
	/** Batches are waited for; nothing: not any more. */
	wait(batches: BatchProgress | undefined): void;
	/** From now on progress also tells what these say. */
	watch(door: Door): void;
}

/** What is known of the requests on their way, and of what they cost. */
export interface Door {
	readonly stats?: (() => DispatchStats) | undefined;
	readonly cost?: (() => NonNullable<ProgressSnapshot["cost"]>) | undefined;
}

/** The rate of requests is taken over so long. @unit milliseconds */
const windowMs = 10_000;

export function startMeter(events: RunEvents): Meter {
	const counts = { asked: 0, fromLedger: 0, failures: 0, answered: 0 };
	const started = performance.now();
	/** When requests were answered; those before `first` are too long ago, and go when they are many: shifting each would move all. */
	let recent: number[] = [];
	let first = 0;
	const pipelines = new Map<string, PipelineProgress>();
	const tokens = { input: 0, output: 0 };
	let firstAnswers: ProgressSnapshot["firstAnswers"];
	let door: Door = {};
	let waitingFor: BatchProgress | undefined;
	const tell = () => {
		const now = performance.now();
		while ((recent[first] ?? now) < now - windowMs) first++;
		if (first > recent.length / 2) {
			recent = recent.slice(first);
			first = 0;
		}
		const spanMs = Math.min(windowMs, Math.max(1, now - started));
		events.progress({
			pipelines: [...pipelines.values()],
			...(firstAnswers === undefined ? {} : { firstAnswers }),
			requests: {
				...describeDoor(door.stats?.(), counts.asked - counts.answered),
				done: counts.answered,
				perSecond: ((recent.length - first) * 1000) / spanMs,
				ledgerHits: counts.fromLedger,
			},
			tokens: { ...tokens },
			...(door.cost === undefined ? {} : { cost: door.cost() }),
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
			onGiveUp: () => {
				counts.asked--;
			},
			onAnswer: (_, answer) => {
				counts.answered++;
				recent.push(performance.now());
				if (answer.type === "failure") counts.failures++;
				else {
					tokens.input += answer.usage?.inputTokens ?? 0;
					tokens.output += answer.usage?.outputTokens ?? 0;
				}
				tell();
			},
		},
		update(progress) {
			firstAnswers = undefined;
			pipelines.set(progress.name, progress);
			tell();
		},
		updateFirstAnswers(progress) {
			firstAnswers = progress;
			tell();
		},
		wait(batches) {
			waitingFor = batches;
			tell();
		},
		watch(given) {
			door = given;
		},
	};
}

/** @param unanswered requests that were asked, whether they are on their way or wait for it */
function describeDoor(stats: DispatchStats | undefined, unanswered: number): Pick<RequestProgress, "inFlight" | "limit" | "refused" | "endpoints"> {
	if (stats === undefined) return { inFlight: unanswered };
	return { inFlight: stats.inFlight, limit: stats.limit, refused: stats.refusals, endpoints: { up: stats.endpointsUp, all: stats.endpoints } };
}
