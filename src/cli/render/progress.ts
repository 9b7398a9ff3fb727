import type { ProgressSnapshot, RunEvents } from "../../run/events.js";
import type { Terminal } from "../terminal.js";
import { createBatchNews, formatBatchProgress } from "./batch-progress.js";
import { createRemainingEstimator, type RemainingEstimator } from "./estimate-remaining.js";
import { formatCount, formatDuration, formatTokens, formatUsd } from "./format-units.js";

/** Four times a second on a terminal; elsewhere a line now and then, which a log can hold. */
const liveIntervalMs = 250;
const plainIntervalMs = 30_000;

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
	const remaining = new Map<string, RemainingEstimator>();
	const batches = createBatchNews();
	let newest: ProgressSnapshot | undefined;
	let newestAtMs = 0;
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
		// Time goes on also while nothing happens.
		const shownNow = { ...newest, elapsedMs: newest.elapsedMs + performance.now() - newestAtMs };
		const remainingMs = estimateRemaining(shownNow, remaining);
		if (!live) {
			if (!batches.isNews(newest.batches)) {
				return;
			}
			terminal.err(`${formatProgress(shownNow, remainingMs, Number.POSITIVE_INFINITY).join("; ")}\n`);
			return;
		}
		const lines = formatProgress(shownNow, remainingMs, terminal.columns());
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
				newestAtMs = performance.now();
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

/** The time left of the part that takes longest: parts go on side by side. Undefined while one of them tells nothing. */
function estimateRemaining({ pipelines, firstAnswers, elapsedMs }: ProgressSnapshot, estimators: Map<string, RemainingEstimator>): number | undefined {
	const parts =
		firstAnswers === undefined
			? pipelines.map(({ name, rows }) => ({ name: `pipeline ${name}`, ...rows }))
			: [{ name: "first answers", done: firstAnswers.found, wanted: firstAnswers.wanted }];
	const left = parts.map(({ name, done, wanted }) => {
		const estimator = estimators.get(name) ?? createRemainingEstimator();
		estimators.set(name, estimator);
		return estimator.update(elapsedMs, done, wanted);
	});
	return left.length === 0 || left.includes(undefined) ? undefined : Math.max(...left.map((ms) => ms ?? 0));
}

/**
 * The display's lines, none wider than `columns`.
 * @param remainingMs milliseconds left, where that can be told
 */
export function formatProgress(snapshot: ProgressSnapshot, remainingMs: number | undefined, columns: number): string[] {
	const { firstAnswers, elapsedMs } = snapshot;
	if (snapshot.batches !== undefined) return [cutLine(formatBatchProgress(snapshot.batches), columns)];
	const left = remainingMs === undefined ? "" : `, about ${formatDuration(remainingMs)} left`;
	const lines = [
		firstAnswers === undefined ? describeRows(snapshot) : describeAsking(firstAnswers),
		`time: ${[`${formatDuration(elapsedMs)}${left}`, ...describeSpent(snapshot)].join("; ")}`,
		describeRequests(snapshot),
	];
	return lines.map((line) => cutLine(line, columns));
}

/** A line that wraps would take two, and the display would climb up the screen. */
function cutLine(line: string, columns: number): string {
	return line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 4))}...`;
}

function describeRows({ pipelines }: ProgressSnapshot): string {
	const rows = pipelines.map(({ name, rows: { done, wanted } }) => `${name} ${formatCount(done)} of ${formatCount(wanted)}`);
	const rejected = pipelines.reduce((sum, pipeline) => sum + pipeline.rejected, 0);
	return `rows: ${rows.join(", ") || "none yet"}${rejected === 0 ? "" : `; ${formatCount(rejected)} rejected`}`;
}

function describeRequests({ requests }: ProgressSnapshot): string {
	const { inFlight, limit, done, perSecond, ledgerHits, refused = 0, endpoints } = requests;
	const asked = [
		`${formatCount(inFlight)}${limit === undefined ? "" : ` of ${formatCount(limit)}`} in flight`,
		`${formatCount(done)} done`,
		`${perSecond.toFixed(1)}/s`,
		...(refused === 0 ? [] : [`${formatCount(refused)} refused (429)`]),
		...(endpoints === undefined || endpoints.up === endpoints.all ? [] : [`${endpoints.up} of ${endpoints.all} servers`]),
		`${formatCount(ledgerHits)} from the ledger`,
	];
	return `requests: ${asked.join(", ")}`;
}

function describeSpent({ tokens, cost }: ProgressSnapshot): string[] {
	return [
		...(tokens.input + tokens.output === 0 ? [] : [`${formatTokens(tokens.input)} tokens in, ${formatTokens(tokens.output)} out`]),
		...(cost === undefined ? [] : [`${formatUsd(cost.usd)}${cost.budgetUsd === undefined ? "" : ` of ${formatUsd(cost.budgetUsd)}`}`]),
	];
}

function isLive({ env, errIsTty }: Terminal): boolean {
	return errIsTty && env.TERM !== "dumb" && ["", "0", "false"].includes(env.CI ?? "");
}

/** How far a harvest is, and how many questions it looks like taking. */
function describeAsking({ found, wanted, asked }: NonNullable<ProgressSnapshot["firstAnswers"]>): string {
	const inAll = found === 0 || found >= wanted ? "" : ` of about ${formatCount(Math.round((asked / found) * wanted))}`;
	return `first answers: ${formatCount(found)} of ${formatCount(wanted)} wrong after ${formatCount(asked)}${inAll} questions`;
}
