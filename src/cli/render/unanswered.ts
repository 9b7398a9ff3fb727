import type { PipelineSummary } from "../../run/summary.js";
import { formatRate, type Unanswered, unansweredSorts } from "../../run/unanswered.js";
import { formatCount } from "./format-units.js";

/** Columns of a scenario's or task's name, and of each share. */
const nameWidth = 26;
const columnWidth = 11;

/** Where candidates came to nothing for want of a reply, 80 columns wide at most; nothing where none did. */
export function formatUnanswered(pipelines: readonly Pick<PipelineSummary, "name" | "unanswered">[]): string[] {
	const tables = pipelines.flatMap(({ name, unanswered }) => {
		if (unanswered.length === 0) return [];
		const line = (label: string, cells: readonly string[]) => `${cut(label).padEnd(nameWidth)}${cells.map((cell) => cell.padStart(columnWidth)).join("")}`;
		const row = (part: Unanswered) => line(`  ${part.name}`, [formatCount(part.in), ...unansweredSorts.map((sort) => formatRate(part[sort], part.in))]);
		return [line(`${name}, without a reply`, ["in", ...unansweredSorts]), ...unanswered.map(row)];
	});
	return tables.length === 0 ? [] : [tables.join("\n")];
}

function cut(text: string): string {
	return text.length >= nameWidth ? `${text.slice(0, nameWidth - 4)}...` : text;
}
