import type { HarvestPart } from "../../run/harvest.js";
import type { HarvestSummary } from "../../run/harvest-config.js";
import { formatCount, formatDuration, formatShare } from "./format-units.js";

const nameWidth = 24;
const width = 11;

/**
 * What asking the student came to, as it is printed at the end.
 * @param paths the file as seen from the working directory, and from the config's folder
 */
export function formatHarvest({ parts, requests, elapsedMs }: HarvestSummary, paths: { readonly file: string; readonly inConfig: string }): string {
	const asked = sumOf(parts, ({ asked }) => asked);
	const [wrong, wanted] = [sumOf(parts, ({ wrong }) => wrong), sumOf(parts, ({ wantedWrong }) => wantedWrong)];
	return `${[
		formatHarvestTable(parts),
		"",
		`took:     ${formatCount(asked)} questions for ${formatCount(wrong)} wrong answers of ${formatCount(wanted)} wanted`,
		`requests: ${formatCount(requests.asked)} asked, ${formatCount(requests.fromLedger)} from the ledger; ${formatDuration(elapsedMs)}`,
		`file:     ${paths.file}`,
		`next:     dialogue.firstAnswers.file: ${paths.inConfig}`,
	].join("\n")}\n`;
}

/** What is told before anything is asked: how much of it there will be, as far as anyone can say. */
export function describeHarvest(wrong: number, questionsPerWrongAnswer: number): string {
	return `asking until ${formatCount(wrong)} answers are wrong: some ${formatCount(wrong * questionsPerWrongAnswer)} questions, if one answer in ${questionsPerWrongAnswer} is`;
}

function sumOf(parts: readonly HarvestPart[], count: (part: HarvestPart) => number): number {
	return parts.reduce((sum, part) => sum + count(part), 0);
}

/** By task: questions asked, and what the answers were; then which tasks ran out of questions. 80 columns at most. */
export function formatHarvestTable(parts: readonly HarvestPart[]): string {
	const line = (name: string, ...cells: readonly string[]) => `${name.padEnd(nameWidth)}${cells.map((cell) => cell.padStart(width)).join("")}`;
	const rows = parts.map(({ task, asked, right, wrong, unparsable }) =>
		line(task, formatCount(asked), formatCount(right), formatCount(wrong), formatCount(unparsable), formatShare(wrong, asked)),
	);
	return [line("first answers by task", "asked", "right", "wrong", "unparsable", "wrong"), ...rows, ...parts.flatMap(describeShortfalls)].join("\n");
}

function describeShortfalls({ task, right, wrong, wantedRight, wantedWrong, withoutPicture }: HarvestPart): string[] {
	const short = [
		...(wrong < wantedWrong ? [`${formatCount(wantedWrong - wrong)} wrong`] : []),
		...(right < wantedRight ? [`${formatCount(wantedRight - right)} right`] : []),
	];
	return [
		...(short.length === 0 ? [] : [`  ${task}: ${short.join(" and ")} short, no question left`]),
		...(withoutPicture === 0 ? [] : [`  ${task}: ${formatCount(withoutPicture)} without a picture that can be read`]),
	];
}
