import { z } from "zod";
import type { CandorError } from "../records/index.js";
import { isJsonlProblem, type JsonlItem } from "../shards/index.js";
import { createEntry, type Ledger, type ReadOptions, readBatchResult, type Spender, type TeacherAnswer, type Usage } from "../teacher/index.js";
import type { BatchCounts } from "./batch-jobs.js";
import type { PendingRequests } from "./batch-pending.js";

/** What reading results came to. */
export interface ImportedResults extends BatchCounts {
	/** Results that the ledger held already. */
	readonly known: number;
	/** Results of requests that nobody waits for. */
	readonly unknown: number;
	/** Lines that are no results. */
	readonly bad: number;
	/** What was last said of a request that is left. */
	readonly lastProblem?: string;
	/** The server refuses a setting of ours: asking again would not help. */
	readonly settingsError?: CandorError;
}

export interface ImportTools {
	readonly ledger: Ledger;
	readonly requests: Pick<PendingRequests, "find">;
	readonly reading: ReadOptions;
	/** Is told of each line that is no result. */
	readonly onBadLine: (line: number, problem: string) => void;
	/** Is told of each reply that was paid for, those that the ledger held already among them. */
	readonly onPaid?: (who: Spender, usage: Usage) => void;
}

/** A request that so many rounds failed with, while others of its batch were answered, has failed for good. */
const failedRounds = 3;
/** Replies that are committed together at most. */
const together = 512;

const failuresSchema = z.object({ rounds: z.int(), detail: z.string() });

/**
 * Puts a batch's results into the ledger, as if each had been asked live. What is there already stays, so that reading results
 * twice does no harm.
 */
export async function importResults(items: AsyncIterable<JsonlItem>, tools: ImportTools): Promise<ImportedResults> {
	const { ledger, requests } = tools;
	const failures = ledger.table("batch-failures", failuresSchema);
	const counts = { answered: 0, refused: 0, left: 0, inputTokens: 0, outputTokens: 0, known: 0, unknown: 0, bad: 0 };
	const failed: { key: string; detail: string }[] = [];
	let lastProblem: string | undefined;
	let settingsError: CandorError | undefined;
	let writing: Promise<void>[] = [];

	const put = async (key: string, answer: TeacherAnswer) => {
		const stored = requests.find(key);
		if (stored === undefined) return;
		writing.push(ledger.put(key, createEntry(key, stored.request, answer)));
		if (writing.length < together) return;
		await Promise.all(writing);
		writing = [];
	};

	for await (const item of items) {
		const read = isJsonlProblem(item) ? undefined : readBatchResult(item.value, tools.reading);
		if (read === undefined) {
			counts.bad++;
			tools.onBadLine(item.line, isJsonlProblem(item) ? item.problem : "is no result of a batch: it needs custom_id, and response or error");
			continue;
		}
		const { key, result } = read;
		const paid = result.type === "answer" && result.answer.type === "reply" ? result.answer.usage : undefined;
		const who = requests.find(key)?.request.about;
		if (paid !== undefined && who !== undefined) tools.onPaid?.(who, paid);
		if (ledger.get(key) !== undefined) counts.known++;
		else if (requests.find(key) === undefined) counts.unknown++;
		else if (result.type === "answer") {
			await put(key, result.answer);
			if (result.answer.type === "failure") counts.refused++;
			else {
				counts.answered++;
				const { usage } = result.answer;
				counts.inputTokens += usage?.inputTokens ?? 0;
				counts.outputTokens += usage?.outputTokens ?? 0;
			}
			if (failures.get(key) !== undefined) writing.push(failures.remove(key));
		} else {
			counts.left++;
			if (result.type === "settings") settingsError ??= result.error;
			else {
				lastProblem = result.detail;
				if (result.counts) failed.push({ key, detail: result.detail });
			}
		}
	}
	// Where nothing at all was answered, that is an outage, and none of the requests' own doing.
	if (counts.answered + counts.refused > 0) {
		for (const { key, detail } of failed) {
			const rounds = (failures.get(key)?.rounds ?? 0) + 1;
			if (rounds < failedRounds) writing.push(failures.put(key, { rounds, detail }));
			else {
				await put(key, { type: "failure", reason: "request-failed", detail: `failed in ${rounds} rounds while other requests were answered; last: ${detail}` });
				writing.push(failures.remove(key));
				counts.left--;
				counts.refused++;
			}
		}
	}
	await Promise.all(writing);
	return { ...counts, ...(lastProblem === undefined ? {} : { lastProblem }), ...(settingsError === undefined ? {} : { settingsError }) };
}
