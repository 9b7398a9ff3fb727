import type { ReaderResult } from "./run-reader.js";

/** The results as a Markdown table, which a terminal shows as well: one line each, aligned. */
export function formatReaders(results: readonly ReaderResult[]): string {
	const header = ["reader", "pair", "timing", "task", "per side", "accuracy", "95 %", "limit", ""];
	const lines = results.map((result) => [
		result.reader,
		result.pair,
		result.timing,
		result.task,
		String(result.perSide),
		result.accuracy.toFixed(3),
		`${result.low.toFixed(3)} to ${result.high.toFixed(3)}`,
		result.limit?.toFixed(2) ?? "",
		describeVerdict(result),
	]);
	const widths = header.map((title, column) => Math.max(3, ...[header, ...lines].map((line) => (line[column] ?? title).length)));
	const format = (line: readonly string[]) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
	return [format(header), format(widths.map((width) => "-".repeat(width))), ...lines.map(format)].join("\n");
}

/** The features that weigh most with a reader, for a person who looks for a leak: `+` speaks for the first side. */
export function formatTelling(result: ReaderResult): string {
	const features = result.telling.map(
		({ feature, weight, errors }) => `${weight < 0 ? "" : "+"}${weight.toFixed(2)} ${feature} (${errors.toFixed(1)} standard errors)`,
	);
	return [`${result.reader}, ${result.pair}, ${result.timing}, ${result.task}:`, ...features.map((line) => `  ${line}`)].join("\n");
}

function describeVerdict({ limit, passes }: ReaderResult): string {
	if (limit === undefined) return "";
	return passes === undefined ? "too few to tell" : passes ? "passes" : "FAILS";
}
