import pc from "picocolors";
import type { OnlyOutcome } from "../../run/summary.js";
import { formatRow } from "./row.js";

/** What became of the one candidate that was asked for: its row, or why there is none. */
export function formatOutcome(outcome: OnlyOutcome, { color }: { readonly color: boolean }): string {
	const { bold, yellow } = pc.createColors(color);
	if (outcome.type === "row") {
		return `${bold(outcome.pipeline)}: a row\n${formatRow(outcome.row, { color })}`;
	}
	const { reason, detail, stage, reply } = outcome.rejection;
	const attempts = outcome.attempts === 1 ? "1 attempt" : `${outcome.attempts} attempts`;
	const lines = [
		`${bold(outcome.pipeline)}: ${yellow(`rejected as ${reason}`)} after ${attempts}${stage === undefined ? "" : `, by the stage ${stage}`}`,
		`  ${detail}`,
	];
	return `${[...lines, ...(reply === undefined ? [] : [`  the teacher's last reply: ${reply}`])].join("\n")}\n`;
}
