import { statSync } from "node:fs";
import { join } from "node:path";
import { createHistogram, type RecordableHistogram } from "node:perf_hooks";
import { type LedgerEntry, openLedgerForReading, replyProblem } from "../teacher/index.js";
import { findLedger } from "./ledger-folder.js";
import { grantSchema, grantsTable } from "./retry-grants.js";

/** What a part of a ledger holds. */
export interface LedgerCounts {
	readonly replies: number;
	/** Requests that were given up: their failure is final. */
	readonly failures: number;
	/** Replies that cannot be used, and failures, by reason code. */
	readonly reasons: Readonly<Record<string, number>>;
	/** As the servers counted them. @unit tokens */
	readonly tokens: { readonly input: number; readonly output: number; readonly cached: number; readonly reasoning: number };
	/** Of the replies; absent where none says how long it took. @unit milliseconds */
	readonly latencyMs?: { readonly p50: number; readonly p95: number; readonly p99: number };
}

export interface LedgerStats extends LedgerCounts {
	readonly ledger: string;
	readonly entries: number;
	readonly damaged: number;
	/** Attempts that candidates were given by `candor retry`. */
	readonly granted: number;
	readonly bytesOnDisk: number;
	/** When the first and the last answer came, ISO 8601. Absent in an empty ledger. */
	readonly first?: string;
	readonly last?: string;
	/** By who was asked for what; a request that several pipelines share counts for the one that asked first. */
	readonly parts: readonly (LedgerCounts & { readonly model: string; readonly pipeline: string; readonly stage: string })[];
}

/** What a run's ledger holds, counted while it is read once; also while the run goes on. @throws CandorError (exit 2) where there is none */
export async function describeLedger(folder: string): Promise<LedgerStats> {
	const path = findLedger(folder);
	const ledger = openLedgerForReading(path);
	try {
		const total = startTally();
		const parts = new Map<string, { model: string; pipeline: string; stage: string; tally: Tally }>();
		let first: string | undefined;
		let last: string | undefined;
		for (const entry of ledger.entries()) {
			const { pipeline, stage } = entry.about;
			const { model } = entry.request;
			const key = JSON.stringify([model, pipeline, stage]);
			const part = parts.get(key) ?? { model, pipeline, stage, tally: startTally() };
			parts.set(key, part);
			for (const tally of [total, part.tally]) tally.add(entry);
			if (first === undefined || entry.at < first) first = entry.at;
			if (last === undefined || entry.at > last) last = entry.at;
		}
		const granted = [...ledger.readTable(grantsTable, grantSchema).entries()].reduce((sum, [, { attempts }]) => sum + attempts, 0);
		return {
			ledger: path,
			entries: ledger.count(),
			damaged: ledger.damagedCount(),
			granted,
			bytesOnDisk: statSync(join(path, "data.mdb")).size,
			...(first === undefined || last === undefined ? {} : { first, last }),
			...total.counts(),
			parts: [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { model, pipeline, stage, tally }]) => ({ model, pipeline, stage, ...tally.counts() })),
		};
	} finally {
		await ledger.close();
	}
}

interface Tally {
	add(entry: LedgerEntry): void;
	counts(): LedgerCounts;
}

function startTally(): Tally {
	const reasons: Record<string, number> = {};
	const tokens = { input: 0, output: 0, cached: 0, reasoning: 0 };
	// Of a fixed size, however many it counts.
	const latencies: RecordableHistogram = createHistogram({ figures: 3 });
	let replies = 0;
	let failures = 0;
	return {
		add({ answer }) {
			const reason = answer.type === "failure" ? answer.reason : replyProblem(answer)?.reason;
			if (reason !== undefined) reasons[reason] = (reasons[reason] ?? 0) + 1;
			if (answer.type === "failure") {
				failures++;
				return;
			}
			replies++;
			const { usage, latencyMs } = answer;
			tokens.input += usage?.inputTokens ?? 0;
			tokens.output += usage?.outputTokens ?? 0;
			tokens.cached += usage?.cachedTokens ?? 0;
			tokens.reasoning += usage?.reasoningTokens ?? 0;
			if (latencyMs !== undefined) latencies.record(Math.max(1, Math.round(latencyMs)));
		},
		counts: () => ({
			replies,
			failures,
			reasons: Object.fromEntries(Object.entries(reasons).sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))),
			tokens,
			...(latencies.count === 0 ? {} : { latencyMs: { p50: latencies.percentile(50), p95: latencies.percentile(95), p99: latencies.percentile(99) } }),
		}),
	};
}
