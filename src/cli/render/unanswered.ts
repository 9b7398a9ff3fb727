import type { PipelineSummary } from "../../run/summary.js";
import { formatRate, unansweredSorts } from "../../run/unanswered.js";

/** As in the funnel's own table, so that a pipeline's figures stand below each other. */
export interface Columns {
	readonly nameWidth: number;
	readonly columnWidth: number;
}

type Pipeline = Pick<PipelineSummary, "name" | "unanswered">;

/**
 * Where candidates came to nothing for want of a reply: a line for each scenario and task that had such, a column for each pipeline;
 * nothing where none did.
 */
export function formatUnanswered(pipelines: readonly Pipeline[], { nameWidth, columnWidth }: Columns): string | undefined {
	const cut = (text: string, width: number) => (text.length > width ? `${text.slice(0, width - 3)}...` : text);
	const line = (name: string, cells: readonly string[]) =>
		`${cut(name, nameWidth).padEnd(nameWidth)}${cells.map((cell) => cut(cell, columnWidth - 1).padStart(columnWidth)).join("")}`;
	const rows = (by: "scenario" | "task") => {
		const names = new Set(pipelines.flatMap(({ unanswered }) => unanswered.filter((part) => part.by === by).map(({ name }) => name)));
		return [...names].sort().map((name) =>
			line(
				`  ${name}`,
				pipelines.map((pipeline) => formatShares(pipeline, by, name)),
			),
		);
	};
	const lines = [...rows("scenario"), ...rows("task")];
	if (lines.length === 0) return undefined;
	return [
		line(
			`% ${unansweredSorts.join("/")}`,
			pipelines.map(({ name }) => name),
		),
		...lines,
	].join("\n");
}

function formatShares({ unanswered }: Pipeline, by: "scenario" | "task", name: string): string {
	const part = unanswered.find((other) => other.by === by && other.name === name);
	return part === undefined ? "-" : unansweredSorts.map((sort) => formatRate(part[sort], part.in).replace(" %", "").replace("-", "0")).join("/");
}
