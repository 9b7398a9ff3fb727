import type { HarvestPart } from "../../run/harvest.js";
import type { HarvestSummary } from "../../run/harvest-config.js";
import { formatCount, formatDuration, formatShare } from "./format-units.js";

const nameWidth = 24;
const width = 11;

/** What asking the student came to, as it is printed at the end. */
export function formatHarvest({ file, parts, requests, elapsedMs }: HarvestSummary): string {
	const asked = parts.reduce((sum, part) => sum + part.asked, 0);
	const wrong = parts.reduce((sum, part) => sum + part.wrong, 0);
	return `${[
		formatHarvestTable(parts),
		"",
		`took:     ${formatCount(asked)} questions for ${formatCount(wrong)} wrong answers; ${formatCount(requests.asked)} asked, ${formatCount(requests.fromLedger)} from the ledger; ${formatDuration(elapsedMs)}`,
		`file:     ${file}`,
		`next:     dialogue: {firstAnswers: {file: ${file}}}`,
	].join("\n")}\n`;
}

/** By task: questions asked, and what the answers were. A task that ran out of questions says so. */
export function formatHarvestTable(parts: readonly HarvestPart[]): string {
	const line = (name: string, ...cells: readonly string[]) => `${name.padEnd(nameWidth)}${cells.map((cell) => cell.padStart(width)).join("")}`;
	const rows = parts.map(({ task, asked, right, wrong, unparsable, wantedWrong, wantedRight }) => {
		const isShort = wrong < wantedWrong || right < wantedRight;
		const missing = Math.max(wantedWrong - wrong, wantedRight - right);
		return `${line(task, formatCount(asked), formatCount(right), formatCount(wrong), formatCount(unparsable), formatShare(wrong, asked))}${isShort ? `  ${formatCount(missing)} short: no question left` : ""}`;
	});
	return [line("first answers by task", "asked", "right", "wrong", "unparsable", "wrong"), ...rows].join("\n");
}
