import pc from "picocolors";
import { type ExitCode, exitCodes } from "../../records/errors.js";
import { validatePaths } from "../../run/validate-paths.js";
import type { ValidateArguments } from "../handlers.js";
import { type Terminal, wantsColor } from "../terminal.js";

/** Prints what does not pass, a line each, then the counts. Exit 3 where anything does not. */
export async function handleValidate(given: ValidateArguments, terminal: Terminal): Promise<ExitCode> {
	const report = await validatePaths(given.paths);
	const bad = report.files.reduce((sum, file) => sum + file.bad, 0);
	const passed = bad === 0 && report.problems.length === 0;
	if (given.json) {
		terminal.out(`${JSON.stringify({ passed, ...report }, undefined, 2)}\n`);
		return passed ? exitCodes.ok : exitCodes.gateFailed;
	}
	const { red } = pc.createColors(wantsColor(terminal.env, terminal.outIsTty));
	for (const { file, line, id, reason, detail } of report.problems) {
		terminal.out(`${file}${line === undefined ? "" : `:${line}`}: ${red(reason)}${id === undefined ? "" : ` (${id})`}: ${detail}\n`);
	}
	for (const { file, rows, bad: badRows } of report.files) {
		terminal.out(`${file}: ${rows} rows, ${badRows === 0 ? "all good" : red(`${badRows} bad`)}\n`);
	}
	return passed ? exitCodes.ok : exitCodes.gateFailed;
}
