import type { ProgressSnapshot, RunEvents } from "../../run/events.js";
import type { Terminal } from "../terminal.js";
import { createBatchNews, formatBatchProgress } from "./batch-progress.js";
import { createRemainingEstimator } from "./estimate-remaining.js";
import { formatCount, formatDuration, formatShare } from "./format-units.js";

/** Four times a second on a terminal; elsewhere a line now and then, which a log can hold. */
const liveIntervalMs = 250;
const plainIntervalMs = 10_000;

export interface Progress {
	readonly events: RunEvents;
	/** Writes a line above the display. */
	say(text: string): void;
	/** Takes the display away. May be called twice. */
	stop(): void;
}

export interface ProgressOptions {
	readonly shown: boolean;
	readonly warnings: boolean;
}

/** Shows a run's progress on the error stream: live on a terminal, else as plain lines; nothing where not `shown`. */
export function startProgress(terminal: Terminal, { shown, warnings }: ProgressOptions): Progress {
	const live = isLive(terminal);
	const remaining = createRemainingEstimator();
	const batches = createBatchNews();
	let newest: ProgressSnapshot | undefined;
	let drawnLines = 0;

	const erase = (): void => {
		if (drawnLines > 0) {
			terminal.err(`\u001b[${drawnLines}A\u001b[0J`);
			drawnLines = 0;
		}
	};
	const draw = (): void => {
		if (newest === undefined) {
			return;
		}
		const remainingMs = remaining.update(newest.elapsedMs, newest.rows.done, newest.rows.wanted);
		if (!live) {
			if (!batches.isNews(newest.batches)) {
				return;
			}
			terminal.err(`${formatProgress(newest, remainingMs, Number.POSITIVE_INFINITY).join("; ")}\n`);
			return;
		}
		const lines = formatProgress(newest, remainingMs, terminal.columns());
		erase();
		terminal.err(lines.map((line) => `${line}\n`).join(""));
		drawnLines = lines.length;
	};
	const say = (text: string): void => {
		erase();
		terminal.err(`${text}\n`);
	};
	const timer = shown ? setInterval(draw, live ? liveIntervalMs : plainIntervalMs).unref() : undefined;
	return {
		events: {
			progress: (snapshot) => {
				newest = snapshot;
			},
			warn: (message) => {
				if (warnings) {
					say(`warning: ${message}`);
				}
			},
			tell: (message) => {
				if (shown) {
					say(message);
				}
			},
		},
		say,
		stop: () => {
			clearInterval(timer);
			erase();
		},
	};
}

/**
 * The display's lines, none wider than `columns`.
 * @param remainingMs milliseconds left, where that can be told
 */
export function formatProgress(snapshot: ProgressSnapshot, remainingMs: number | undefined, columns: number): string[] {
	const { pipeline, rows, rejected, requests, elapsedMs, stages } = snapshot;
	if (snapshot.batches !== undefined) return [cutLine(formatBatchProgress(snapshot.batches), columns)];
	const left = remainingMs === undefined ? "" : `, about ${formatDuration(remainingMs)} left`;
	const lines = [
		...(snapshot.asked === undefined
			? [
					`${pipeline}: ${formatCount(rows.done)} of ${formatCount(rows.wanted)} rows (${formatShare(rows.done, rows.wanted)}), ${formatCount(rejected)} rejected, ${formatDuration(elapsedMs)}${left}`,
				]
			: [describeAsking(rows, snapshot.asked), `time: ${formatDuration(elapsedMs)}${left}`]),
		`requests: ${formatCount(requests.inFlight)} in flight, ${formatCount(requests.done)} done, ${requests.perSecond.toFixed(1)}/s, ${formatCount(requests.ledgerHits)} from the ledger`,
		...(stages === undefined || stages.length === 0 ? [] : [`stages: ${stages.map(({ name, active }) => `${name} ${formatCount(active)}`).join(", ")}`]),
	];
	return lines.map((line) => cutLine(line, columns));
}

/** A line that wraps would take two, and the display would climb up the screen. */
function cutLine(line: string, columns: number): string {
	return line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 4))}...`;
}

function isLive({ env, errIsTty }: Terminal): boolean {
	return errIsTty && env.TERM !== "dumb" && ["", "0", "false"].includes(env.CI ?? "");
}

/** How far a harvest is, and how many questions it looks like taking. */
function describeAsking({ done, wanted }: ProgressSnapshot["rows"], asked: number): string {
	const inAll = done === 0 || done >= wanted ? "" : ` of about ${formatCount(Math.round((asked / done) * wanted))}`;
	return `first answers: ${formatCount(done)} of ${formatCount(wanted)} wrong after ${formatCount(asked)}${inAll} questions`;
}
