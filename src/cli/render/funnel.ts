import pc from "picocolors";
import { scenarios } from "../../records/index.js";
import type { FunnelPart, PipelineSummary, RunSummary } from "../../run/summary.js";
import { listShortfalls } from "../../sources/reserve/describe-shortfalls.js";
import { formatBytes, formatCount, formatDuration, formatShare } from "./format-units.js";
import { formatHarvestTable } from "./harvest.js";
import { formatSpend } from "./spend.js";
import { formatUnanswered } from "./unanswered.js";

/** Columns of the first table column, of one pipeline, and how many pipelines fit beside each other in 80 columns. */
const nameWidth = 26;
const columnWidth = 17;
const perTable = 3;
/** Tasks and scenarios whose rejections are named; all stand in funnel.json. */
const namedParts = 12;

type Paint = (text: string) => string;
type Part = FunnelPart & { readonly name: string };

/** The funnel of a run as text, 80 columns wide: what went in, what became of it, and why. Colour marks problems only. */
export function formatFunnel(summary: RunSummary, { color }: { readonly color: boolean }): string {
	const paint = pc.createColors(color).yellow;
	const { requests, pipelines } = summary;
	const asked = [`${formatCount(requests.asked)} asked`, `${formatCount(requests.fromLedger)} from the ledger`];
	if (requests.failures > 0) {
		asked.push(paint(`${formatCount(requests.failures)} failed`));
	}
	const tables: string[] = [];
	const unanswered: string[] = [];
	for (let first = 0; first < pipelines.length; first += perTable) {
		const some = pipelines.slice(first, first + perTable);
		tables.push(formatTable(some, paint));
		unanswered.push(...[formatUnanswered(some, { nameWidth, columnWidth })].filter((table) => table !== undefined));
	}
	return `${[
		...tables,
		...(summary.reserved === undefined ? [] : [formatReserved(summary.reserved, paint)]),
		...(summary.firstAnswers === undefined ? [] : [formatHarvestTable(summary.firstAnswers)]),
		...pipelines.flatMap((pipeline) => formatTroubles(pipeline, paint)),
		...unanswered,
		[
			...formatSource(summary.source, paint),
			`requests: ${asked.join(", ")}; ${formatDuration(summary.elapsedMs)}`,
			...(summary.spend === undefined ? [] : formatSpend(summary.spend)),
			...(summary.scripted ? ["replies:  by the scripted teacher, which is no model"] : []),
			`folder:   ${summary.runFolder}`,
			...pipelines.map(
				({ name, shards }) =>
					`  ${name}/: ${formatCount(shards.length)} ${shards.length === 1 ? "shard" : "shards"}, ${formatBytes(shards.reduce((sum, { bytes }) => sum + bytes, 0))}`,
			),
			`next:     ${summary.nextCommand}`,
		].join("\n"),
	].join("\n\n")}\n`;
}

/** Columns of a task's name where sets are reserved: the longest of the ten, indented. */
const taskWidth = 22;

/** Who got what: each task's questions, by the set that has them. */
function formatReserved(reserved: NonNullable<RunSummary["reserved"]>, paint: Paint): string {
	const { tasks, wanted, replaced } = reserved;
	const sets = (["benchmark", "probe-train", "probe-test"] as const).filter((set) => wanted[set] > 0);
	const short = listShortfalls(reserved);
	const heads = ["in source", ...sets, "training"];
	const line = (name: string, cells: readonly string[]) =>
		`${cut(name, taskWidth).padEnd(taskWidth)}${cells.map((cell, index) => cell.padStart(2 + (heads[index]?.length ?? 0))).join("")}`;
	return [
		line("reserved", heads),
		...tasks.map((task) => {
			const isShort = (set: string) => short.some((shortfall) => shortfall.task === task.task && shortfall.set === set);
			const cells = sets.map((set) => `${formatCount(task[set])}${isShort(set) ? "*" : ""}`);
			const text = line(`  ${task.task}`, [formatCount(task.questions), ...cells, formatCount(task.training)]);
			return sets.some(isShort) || task.training === 0 ? paint(text) : text;
		}),
		...(short.length === 0 ? [] : ["* fewer than an equal share: the source has no more on pictures of their own"]),
		...(Object.keys(replaced).length === 0 ? [] : [`  drawn and replaced: ${listReasons(replaced)}`]),
	].join("\n");
}

function formatSource({ questions, badLines, leftOut, notDrawn }: RunSummary["source"], paint: Paint): string[] {
	return [
		`source:   ${formatCount(questions)} questions`,
		...(Object.keys(leftOut).length === 0 ? [] : [`  questions left out: ${listReasons(leftOut)}`]),
		...(Object.keys(badLines).length === 0 ? [] : [paint(`  lines left out: ${listReasons(badLines)}`)]),
		...(Object.keys(notDrawn).length === 0 ? [] : [`  not drawn: ${listReasons(notDrawn)}`]),
	];
}

function formatTable(pipelines: readonly PipelineSummary[], paint: Paint): string {
	const line = (name: string, cells: readonly string[]) =>
		`${cut(name, nameWidth).padEnd(nameWidth)}${cells.map((cell) => cell.padStart(columnWidth)).join("")}`.trimEnd();
	const counts = (name: string, count: (pipeline: PipelineSummary) => number) =>
		line(
			name,
			pipelines.map((pipeline) => formatCount(count(pipeline))),
		);
	const rows = pipelines.map((pipeline) => `${formatCount(pipeline.rows)} of ${formatCount(pipeline.wanted)}`);
	const reasons = [...new Set(pipelines.flatMap(({ rejected }) => sortReasons(rejected).map(([reason]) => reason)))];
	const isShort = pipelines.some(({ rows: made, wanted }) => made < wanted);
	return [
		line(
			"",
			pipelines.map(({ name, kind }) => cut(name === kind ? name : `${name} (${kind})`, columnWidth - 1)),
		),
		isShort ? paint(line("rows", rows)) : line("rows", rows),
		counts("candidates in", ({ candidatesIn }) => candidatesIn),
		counts("rejected", ({ rejected }) => Object.values(rejected).reduce((sum, count) => sum + count, 0)),
		...reasons.map((reason) => counts(`  ${reason}`, ({ rejected }) => rejected[reason] ?? 0)),
		counts("surplus", ({ surplus }) => surplus),
		...(pipelines.some(({ short }) => short > 0) ? [paint(counts("short: no question left", ({ short }) => short))] : []),
		line(
			"by task",
			pipelines.map(() => "rows / in"),
		),
		...formatParts(
			pipelines.map(({ byTask }) => byTask.map((part) => ({ ...part, name: part.task }))),
			line,
		),
		line(
			"by scenario",
			pipelines.map(() => "rows / in"),
		),
		...formatParts(
			pipelines.map(({ byScenario }) => byScenario.map((part) => ({ ...part, name: part.scenario }))),
			line,
		),
		...formatTokens(pipelines, line),
	].join("\n");
}

function formatParts(columns: readonly (readonly Part[])[], line: (name: string, cells: readonly string[]) => string): string[] {
	const names = [...new Set(columns.flatMap((parts) => parts.map(({ name }) => name)))];
	return names.map((name) => {
		const cells = columns.map((parts) => {
			const part = parts.find((other) => other.name === name);
			return part === undefined ? "-" : `${formatCount(part.rows)} / ${formatCount(part.in)}`;
		});
		return line(`  ${name}`, cells);
	});
}

/** Losses are summed over tokens: what a model sees of each scenario is a matter of tokens as much as of rows. */
function formatTokens(pipelines: readonly PipelineSummary[], line: (name: string, cells: readonly string[]) => string): string[] {
	const counts = (name: string, count: (tokens: PipelineSummary["trainedTokens"]) => number | undefined) => {
		const cells = pipelines.map(({ trainedTokens }) => count(trainedTokens));
		return cells.every((cell) => cell === undefined)
			? []
			: [
					line(
						name,
						cells.map((cell) => (cell === undefined ? "-" : formatCount(cell))),
					),
				];
	};
	const tokenizers = [...new Set(pipelines.map(({ trainedTokens }) => trainedTokens.tokenizer))].join(", ");
	return [
		...counts(`trained tokens (${tokenizers})`, ({ total }) => total),
		...scenarios.flatMap((scenario) => counts(`  ${scenario}`, ({ byScenario }) => byScenario[scenario])),
		...counts("  of rejected replies", ({ rejected }) => rejected?.total),
	];
}

/** What a person should look at: where candidates were rejected and why, and the pipeline's warnings. */
function formatTroubles(pipeline: PipelineSummary, paint: Paint): string[] {
	const parts: Part[] = [
		...pipeline.byTask.map((part) => ({ ...part, name: part.task })),
		...pipeline.byScenario.map((part) => ({ ...part, name: part.scenario })),
	];
	const failing = parts.filter(({ rejected }) => rejected > 0).sort((a, b) => b.rejected / b.in - a.rejected / a.in);
	const lines = [
		...failing
			.slice(0, namedParts)
			.map(({ name, rejected, in: candidates, reasons }) => cut(`  ${name}: ${formatShare(rejected, candidates)} (${listReasons(reasons)})`, 80)),
		...(failing.length > namedParts ? [`  ... and ${failing.length - namedParts} more, see funnel.json`] : []),
	];
	const warnings = pipeline.warnings.map((warning) => paint(`warning: ${pipeline.name}: ${warning}`));
	return lines.length + warnings.length === 0 ? [] : [[...(lines.length === 0 ? [] : [`${pipeline.name}, rejected:`, ...lines]), ...warnings].join("\n")];
}

/** The most frequent first; equally frequent ones by name. */
function sortReasons(reasons: Readonly<Record<string, number>>): [string, number][] {
	return Object.entries(reasons).sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
}

function listReasons(reasons: Readonly<Record<string, number>>): string {
	return sortReasons(reasons)
		.map(([reason, count]) => `${reason} ${formatCount(count)}`)
		.join(", ");
}

function cut(text: string, width: number): string {
	return text.length > width ? `${text.slice(0, width - 3)}...` : text;
}
