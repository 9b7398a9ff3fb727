import type { ProjectedPipeline, ProjectionSummary } from "../../run/project-run.js";
import { formatCount } from "./format-units.js";

const width = 80;
const countWidth = 12;

/** What a projection holds, as a table 80 columns wide. */
export function formatProjection({ out, pipelines, pictures }: ProjectionSummary): string {
	const nameWidth = Math.max(8, ...pipelines.map(({ name }) => name.length));
	const line = (name: string, rows: string, of: string) => `${name.padEnd(nameWidth)}${rows.padStart(countWidth)}${of.padStart(countWidth)}  `;
	const indent = line("", "", "").length;
	const table = pipelines.flatMap(({ name, rows, of, byScenario }) => {
		const [first = "", ...rest] = wrap(byScenario, width - indent);
		return [`${line(name, formatCount(rows), formatCount(of))}${first}`, ...rest.map((text) => " ".repeat(indent) + text)];
	});
	return `${[
		`${line("", "rows", "of")}scenarios`,
		...table,
		"",
		`pictures: ${formatCount(pictures)}`,
		`folder:   ${out}`,
		`next:     candor validate ${out}`,
	].join("\n")}\n`;
}

function wrap(byScenario: ProjectedPipeline["byScenario"], room: number): string[] {
	const lines: string[] = [];
	for (const [index, { scenario, rows }] of byScenario.entries()) {
		const part = `${scenario} ${formatCount(rows)}${index < byScenario.length - 1 ? "," : ""}`;
		const last = lines.at(-1);
		if (last === undefined || last.length + 1 + part.length > room) lines.push(part);
		else lines[lines.length - 1] = `${last} ${part}`;
	}
	return lines;
}
