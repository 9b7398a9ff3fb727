import { type ExitCode, exitCodes } from "../../records/errors.js";
import { showRow } from "../../run/show-row.js";
import type { ShowArguments } from "../handlers.js";
import { formatShown } from "../render/shown.js";
import { type Terminal, wantsColor } from "../terminal.js";

/** Prints where a row came from: its candidate, its requests and replies, the rules, the row. */
export async function handleShow(given: ShowArguments, terminal: Terminal): Promise<ExitCode> {
	const shown = await showRow(given.run, given.id);
	terminal.out(given.json ? `${JSON.stringify(shown, undefined, 2)}\n` : formatShown(shown, { color: wantsColor(terminal.env, terminal.outIsTty) }));
	return exitCodes.ok;
}
