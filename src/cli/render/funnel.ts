import pc from "picocolors";
import type { FunnelPart, PipelineSummary, RunSummary } from "../../run/summary.js";
import { formatBytes, formatCount, formatDuration, formatShare } from "./format-units.js";

const width = 80;

type Paint = (text: string) => string;

/** The funnel of a run as text, 80 columns wide: what went in, what became of it, and why. Colour marks problems only. */
export function formatFunnel(summary: RunSummary, { color }: { readonly color: boolean }): string {
	const paint = pc.createColors(color).yellow;
	const { requests } = summary;
	const asked = [`${formatCount(requests.asked)} asked`, `${formatCount(requests.fromLedger)} from the ledger`];
	if (requests.failures > 0) {
		asked.push(paint(`${formatCount(requests.failures)} failed`));
	}
	return `${[
		...summary.pipelines.map((pipeline) => formatPipeline(pipeline, paint)),
		[
			...formatSource(summary.source, paint),
			`requests: ${asked.join(", ")}; ${formatDuration(summary.elapsedMs)}`,
			...(summary.scripted ? ["replies: by the scripted teacher, which is no model"] : []),
			`folder:   ${summary.runFolder}`,
			`next:     ${summary.nextCommand}`,
		].join("\n"),
	].join("\n\n")}\n`;
}

function formatSource({ questions, badLines, notDrawn }: RunSummary["source"], paint: Paint): string[] {
	const list = (counts: Readonly<Record<string, number>>): string => sortReasons(counts).map(([reason, count]) => `${reason} ${formatCount(count)}`).join(", ");
	return [
		`source:   ${formatCount(questions)} questions`,
		...(Object.keys(badLines).length === 0 ? [] : [paint(`  lines left out: ${list(badLines)}`)]),
		...(Object.keys(notDrawn).length === 0 ? [] : [`  not drawn: ${list(notDrawn)}`]),
	];
}

function formatPipeline(pipeline: PipelineSummary, paint: Paint): string {
	const { name, kind, rows, wanted, short, candidatesIn, surplus, rejected } = pipeline;
	const rejections = Object.values(rejected).reduce((sum, count) => sum + count, 0);
	const title = `${name}${name === kind ? "" : ` (${kind})`}: ${formatCount(rows)} of ${formatCount(wanted)} rows`;
	const reasons = sortReasons(rejected).map(([reason, count]) => formatStep(`  ${reason}`, count));
	const bytes = pipeline.shards.reduce((sum, shard) => sum + shard.bytes, 0);
	return [
		rows < wanted ? paint(title) : title,
		formatStep("candidates in", candidatesIn),
		formatStep("rows", rows, formatShare(rows, candidatesIn)),
		formatStep("rejected", rejections, formatShare(rejections, candidatesIn)),
		...reasons,
		formatStep("surplus", surplus, formatShare(surplus, candidatesIn)),
		...(short > 0 ? [paint(formatStep("short", short, "no question was left for them"))] : []),
		...formatParts("task", pipeline.byTask.map((part) => ({ ...part, name: part.task }))),
		...formatParts("scenario", pipeline.byScenario.map((part) => ({ ...part, name: part.scenario }))),
		...pipeline.warnings.map((warning) => paint(`  warning: ${warning}`)),
		`  ${pipeline.shards.length === 1 ? "1 shard" : `${formatCount(pipeline.shards.length)} shards`}, ${formatBytes(bytes)}: ${pipeline.manifest}`,
	].join("\n");
}

function formatStep(label: string, count: number, note = ""): string {
	return `  ${label.padEnd(34)}${formatCount(count).padStart(9)}${note === "" ? "" : `  ${note}`}`;
}

function formatParts(label: string, parts: readonly (FunnelPart & { readonly name: string })[]): string[] {
	if (parts.length === 0) {
		return [];
	}
	return [formatColumns(`by ${label}`, ["in", "rows", "rejected"], ""), ...parts.map(formatPart)];
}

function formatPart(part: FunnelPart & { readonly name: string }): string {
	const name = part.name.length > 22 ? `${part.name.slice(0, 19)}...` : part.name;
	const share = part.rejected === 0 ? "" : formatShare(part.rejected, part.in);
	const counts = formatColumns(name, [part.in, part.rows, part.rejected].map(formatCount), share);
	return `${counts}  ${nameReasons(part.reasons, width - counts.length - 2)}`.trimEnd();
}

function formatColumns(name: string, [first = "", second = "", third = ""]: readonly string[], share: string): string {
	return `  ${name.padEnd(22)} ${first.padStart(6)} ${second.padStart(6)} ${third.padStart(8)} ${share.padStart(5)}`.trimEnd();
}

/** As many reasons as there is room for, and how many more there are. */
function nameReasons(reasons: Readonly<Record<string, number>>, room: number): string {
	const sorted = sortReasons(reasons).map(([reason, count]) => `${reason} ${formatCount(count)}`);
	for (let named = sorted.length; named > 0; named -= 1) {
		const others = sorted.length - named;
		const text = `${sorted.slice(0, named).join(", ")}${others === 0 ? "" : ` +${others}`}`;
		if (text.length <= room) {
			return text;
		}
	}
	return sorted.length === 0 ? "" : `${sorted[0]?.slice(0, Math.max(0, room - 3))}...`;
}

/** The most frequent first; equally frequent ones by name. */
function sortReasons(reasons: Readonly<Record<string, number>>): [string, number][] {
	return Object.entries(reasons).sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
}
