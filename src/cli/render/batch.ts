import type { ShownBatch } from "../../run/batch-control.js";
import type { ExportSummary } from "../../run/batch-files.js";
import type { ImportedResults } from "../../run/batch-results.js";
import type { RoundOutcome } from "../../run/batch-round.js";
import { formatBytes, formatCount } from "./format-units.js";

/** A line for each batch: its round, how far it is, what it asks, what came of it. */
export function formatBatchStatus(batches: readonly ShownBatch[]): string {
	if (batches.length === 0) return "no batches\n";
	return batches.map((batch) => `${formatBatch(batch)}\n`).join("");
}

function formatBatch({ round, batchId, id, state, status, now, done, requests, bytes, counts }: ShownBatch): string {
	const name = batchId ?? id;
	const asked = `${formatCount(requests)} requests (${formatBytes(bytes)})`;
	if (counts === undefined)
		return `round ${round}  ${name}  ${(now ?? state).replaceAll("_", " ")}${done === undefined ? "" : `, ${formatCount(done)} done`}  ${asked}`;
	const { answered, refused, left, inputTokens, outputTokens } = counts;
	return `round ${round}  ${name}  ${status ?? state}  ${asked}: ${formatCount(answered)} answered, ${formatCount(refused)} refused, ${formatCount(left)} left; ${formatCount(inputTokens)} tokens in, ${formatCount(outputTokens)} out`;
}

/** What became of batches that were cancelled. */
export function formatCancelled({ batches, answered, refused }: RoundOutcome): string {
	if (batches === 0) return "no batch is on its way\n";
	return `${formatCount(batches)} ${batches === 1 ? "batch has" : "batches have"} ended; ${formatCount(answered)} replies kept, ${formatCount(refused)} refused. candor run asks the rest again.\n`;
}

/** @param config as one would type it */
export function formatExport({ file, requests, bytes }: ExportSummary, config: string): string {
	if (requests === 0) return `nothing is pending: candor run ${config} makes the shards\n`;
	return `${formatCount(requests)} requests (${formatBytes(bytes)}) in ${file}\nnext: have them answered, then candor batch import ${config} <results.jsonl>\n`;
}

/** @param config as one would type it */
export function formatImport({ answered, refused, left, known, unknown, bad }: ImportedResults, config: string): string {
	const rest = [
		[refused, "refused"],
		[left, "failed, to be asked again"],
		[known, "known already"],
		[unknown, "of other requests"],
		[bad, "that are no results"],
	] as const;
	const parts = rest.filter(([count]) => count > 0).map(([count, what]) => `${formatCount(count)} ${what}`);
	return `${[`${formatCount(answered)} replies`, ...parts].join(", ")}\nnext: candor batch export ${config} for what comes next, or candor run ${config}\n`;
}
