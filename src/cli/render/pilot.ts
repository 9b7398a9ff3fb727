import pc from "picocolors";
import type { PilotReport } from "../../run/pilot.js";
import { formatCount, formatShare } from "./format-units.js";
import { formatOutlook } from "./plan.js";
import { formatRow } from "./row.js";

/** What a pilot has made, for a person to decide by: some rows in full, what was kept, and what the rest will cost. */
export function formatPilot({ rows, pipelines, samples, plan }: PilotReport, { color }: { readonly color: boolean }): string {
	const { bold } = pc.createColors(color);
	const kept = pipelines.map(
		({ name, candidates, rows: made }) => `${name} ${formatCount(made)} of ${formatCount(candidates)} (${formatShare(made, candidates)})`,
	);
	return `${[
		bold(`Pilot: ${formatCount(rows)} rows of each pipeline. ${formatCount(samples.length)} of them:`),
		"",
		...samples.map((row) => formatRow(row, { color })),
		`kept:     ${kept.join(", ")}`,
		...formatOutlook(plan),
	].join("\n")}\n`;
}
