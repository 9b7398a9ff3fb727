import pc from "picocolors";
import { type ExitCode, exitCodes } from "../../records/errors.js";
import { validatePaths } from "../../run/validate-paths.js";
import type { ValidateArguments } from "../handlers.js";
import { type Terminal, wantsColor } from "../terminal.js";

/** Prints what does not pass, a line each, then the counts. Exit 3 where anything does not. */
export async function handleValidate(given: ValidateArguments, terminal: Terminal): Promise<ExitCode> {
	const report = await validatePaths(given.paths);
	const passed = report.problemCount === 0;
	if (given.json) {
		terminal.out(`${JSON.stringify({ passed, ...report }, undefined, 2)}\n`);
		return passed ? exitCodes.ok : exitCodes.gateFailed;
	}
	const { red } = pc.createColors(wantsColor(terminal.env, terminal.outIsTty));
	for (const { file, line, id, reason, detail } of report.problems) {
		terminal.out(`${file}${line === undefined ? "" : `:${line}`}: ${red(reason)}${id === undefined ? "" : ` (${id})`}: ${detail}\n`);
	}
	const untold = report.problemCount - report.problems.length;
	if (untold > 0) {
		terminal.out(`... and ${untold} more problems\n`);
	}
	for (const { file, rows, bad } of report.files) {
		terminal.out(`${file}: ${rows} rows, ${bad === 0 ? "all good" : red(`${bad} bad`)}\n`);
	}
	return passed ? exitCodes.ok : exitCodes.gateFailed;
}
