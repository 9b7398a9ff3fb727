import pc from "picocolors";
import { type ExitCode, exitCodes } from "../../records/errors.js";
import { showRow } from "../../run/show-row.js";
import type { ShowArguments } from "../handlers.js";
import { formatRow } from "../render/row.js";
import { type Terminal, wantsColor } from "../terminal.js";

export async function handleShow(given: ShowArguments, terminal: Terminal): Promise<ExitCode> {
	const shown = await showRow(given.run, given.id);
	if (given.json) {
		terminal.out(`${JSON.stringify(shown, undefined, 2)}\n`);
		return exitCodes.ok;
	}
	const color = wantsColor(terminal.env, terminal.outIsTty);
	const { bold, red } = pc.createColors(color);
	const parts = [
		...(shown.where === undefined ? [] : [`${shown.where}\n`]),
		...(shown.row === undefined ? [] : [formatRow(shown.row, { color })]),
		...(shown.rejection === undefined ? [] : [`${red(`rejected: ${shown.rejection.reason}`)}\n${shown.rejection.detail}\n`]),
		...shown.exchanges.map(({ stage, attempt, prompt, answer }) => `${bold(`${stage}, attempt ${attempt}`)}\n${indent(prompt)}${bold("answer")}\n${indent(answer)}`),
	];
	terminal.out(parts.join("\n"));
	return exitCodes.ok;
}

function indent(text: string): string {
	return text.split("\n").map((line) => `  ${line}\n`).join("");
}
