import type { AbsorbedLedger } from "../../run/ledger-import.js";
import type { LedgerCounts, LedgerStats } from "../../run/ledger-stats.js";
import type { LedgerReport } from "../../run/ledger-verify.js";
import { formatBytes, formatCount } from "./format-units.js";

/** Columns of who was asked, and of each count. */
const nameWidth = 24;
const columnWidth = 9;
const heads = ["replies", "failed", "input", "output", "p50", "p95"];

/** What a ledger holds as text, 80 columns wide: by model, pipeline and stage. */
export function formatLedgerStats(stats: LedgerStats): string {
	const { tokens, parts, latencyMs, first, last } = stats;
	const models = [...new Set(parts.map(({ model }) => model))];
	const of = (name: string, whole: number, part: number) =>
		part === 0 ? "" : `, ${formatCount(part)} of them ${name} (${Math.round((part / whole) * 100)} %)`;
	return `${[
		`ledger:   ${stats.ledger}, ${formatBytes(stats.bytesOnDisk)}`,
		`entries:  ${formatCount(stats.entries)}: ${formatCount(stats.replies)} replies, ${formatCount(stats.failures)} failures${stats.damaged === 0 ? "" : `, ${formatCount(stats.damaged)} damaged`}`,
		...(stats.granted === 0 ? [] : [`granted:  ${formatCount(stats.granted)} further attempts`]),
		...(first === undefined || last === undefined ? [] : [`answered: ${toMinutes(first)} to ${toMinutes(last)} (UTC)`]),
		`tokens:   ${formatCount(tokens.input)} input${of("cached", tokens.input, tokens.cached)}`,
		`          ${formatCount(tokens.output)} output${of("reasoning", tokens.output, tokens.reasoning)}`,
		...(latencyMs === undefined ? [] : [`latency:  p50 ${formatMs(latencyMs.p50)}, p95 ${formatMs(latencyMs.p95)}, p99 ${formatMs(latencyMs.p99)}`]),
		...models.flatMap((model) => [
			"",
			`${cut(model, nameWidth).padEnd(nameWidth)}${heads.map((head) => head.padStart(columnWidth)).join("")}`,
			...parts.filter((part) => part.model === model).flatMap(formatPart),
		]),
	].join("\n")}\n`;
}

function formatPart(part: LedgerCounts & { readonly pipeline: string; readonly stage: string }): string[] {
	const { replies, failures, tokens, latencyMs, reasons } = part;
	const cells = [
		formatCount(replies),
		formatCount(failures),
		formatShort(tokens.input),
		formatShort(tokens.output),
		latencyMs === undefined ? "-" : formatMs(latencyMs.p50),
		latencyMs === undefined ? "-" : formatMs(latencyMs.p95),
	];
	const name = `  ${part.pipeline} ${part.stage}`;
	return [
		`${cut(name, nameWidth).padEnd(nameWidth)}${cells.map((cell) => cell.padStart(columnWidth)).join("")}`,
		...Object.entries(reasons).map(([reason, count]) => `    ${reason} ${formatCount(count)}`),
	];
}

/** What is wrong with a ledger as text. */
export function formatLedgerReport({ ledger, entries, damaged, forbidden, faults, dropped }: LedgerReport): string {
	const bad = damaged + forbidden;
	if (bad === 0) return `${ledger}: ${formatCount(entries)} entries, all whole\n`;
	const counts = [
		...(damaged === 0 ? [] : [`${formatCount(damaged)} damaged`]),
		...(forbidden === 0 ? [] : [`${formatCount(forbidden)} with what belongs into no ledger`]),
	];
	return `${[
		`${ledger}: ${formatCount(entries)} entries, ${counts.join(", ")}`,
		...faults.map(({ key, problem }) => `  ${key}\n    ${problem}`),
		...(bad > faults.length ? [`  ... and ${formatCount(bad - faults.length)} more`] : []),
		dropped > 0
			? `${formatCount(dropped)} removed; the next run asks for them again`
			: "A run takes damaged entries for absent, and asks again. To remove all that is named here: --drop-damaged",
	].join("\n")}\n`;
}

/** What an import or a merge came to. */
export function formatAbsorbed({ ledger, added, known, conflicts, bad }: AbsorbedLedger): string {
	return `${[
		`${ledger}: ${formatCount(added)} added, ${formatCount(known)} known already${bad === 0 ? "" : `, ${formatCount(bad)} that cannot be used`}`,
		...(conflicts === 0 ? [] : [`of those known, ${formatCount(conflicts)} have another answer there: ours stays`]),
	].join("\n")}\n`;
}

function toMinutes(iso: string): string {
	return iso.slice(0, 16).replace("T", " ");
}

function formatMs(ms: number): string {
	return ms < 1000 ? `${ms} ms` : ms < 100_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

/** A count in eight columns, up to 10^15. */
function formatShort(count: number): string {
	if (count < 1_000_000) return formatCount(count);
	return count < 1e9 ? `${(count / 1e6).toFixed(1)} M` : `${(count / 1e9).toFixed(count < 1e12 ? 1 : 0)} G`;
}

function cut(text: string, width: number): string {
	return text.length >= width ? `${text.slice(0, width - 4)}... ` : text;
}
