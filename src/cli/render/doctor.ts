import pc from "picocolors";
import type { Finding } from "../../run/doctor/check.js";
import type { Examination } from "../../run/doctor/index.js";
import { formatCount } from "./format-units.js";

interface Style {
	readonly color: boolean;
	/** Of the terminal. */
	readonly columns: number;
}

const nameWidth = 19;
const resultWidth = 9;
const indent = nameWidth + resultWidth;
/** Longer lines are hard to read, shorter ones leave no room beside the names. */
const widest = 120;
const narrowest = 60;

/** The head of a server's table. */
export function formatServer({ path, address, model }: Pick<Examination, "path" | "address" | "model">, { color }: Style): string {
	const { bold, dim } = pc.createColors(color);
	return `${bold(`${path}: ${model} at ${address}`)}\n${dim(`${"check".padEnd(nameWidth)}${"result".padEnd(resultWidth)}found, and what to do about it`)}\n`;
}

/** A row of the table: the check, its result, what was found, and below it the remedy. */
export function formatFinding({ check, result, found, remedy }: Finding, { color, columns }: Style): string {
	const colors = pc.createColors(color);
	const paint = { ok: colors.green, warn: colors.yellow, fail: colors.red, skipped: colors.dim }[result];
	const width = Math.min(Math.max(columns, narrowest), widest) - indent;
	// A server's words may hold what a terminal takes for commands.
	const lines = [...wrap(found.replace(/\p{Cc}/gu, "\ufffd"), width), ...(remedy === undefined ? [] : wrap(`→ ${remedy}`, width, "  "))];
	return lines.map((line, index) => `${index === 0 ? `${check.padEnd(nameWidth)}${paint(result.padEnd(resultWidth))}` : " ".repeat(indent)}${line}\n`).join("");
}

/** What finding that out took. */
export function formatCost(servers: readonly Examination[]): string {
	const sum = (part: keyof Examination["cost"]) => servers.reduce((total, { cost }) => total + cost[part], 0);
	const uncounted = sum("uncounted");
	const tokens = `${formatCount(sum("inputTokens"))} tokens in, ${formatCount(sum("outputTokens"))} out`;
	const left = servers.flatMap(({ path, stoppedBy }) =>
		stoppedBy === undefined ? [] : [`${path}: the checks after ${stoppedBy} are left out until that is mended\n`],
	);
	return `\n${left.join("")}took: ${formatCount(sum("requests"))} requests, ${tokens}${uncounted === 0 ? "" : `, and ${formatCount(uncounted)} replies that did not say`}\n`;
}

export function formatNothingToCheck(): string {
	return "The teacher is scripted: it answers from what is known about each question, offline. There is nothing to check.\n";
}

/** Lines of words, where a word that is longer than a line has one to itself; those after the first begin with `hang`. */
function wrap(text: string, width: number, hang = ""): string[] {
	const lines: string[] = [];
	let line = "";
	for (const word of text.split(" ")) {
		if (line.trim() !== "" && line.length + 1 + word.length > width) {
			lines.push(line);
			line = hang + word;
		} else line = line === "" ? word : `${line} ${word}`;
	}
	return [...lines, line];
}
