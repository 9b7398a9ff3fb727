import pc from "picocolors";
import { type ExitCode, exitCodes } from "../../records/errors.js";
import { projectRun } from "../../run/project-run.js";
import type { ProjectArguments } from "../handlers.js";
import { formatProjection } from "../render/projection.js";
import { type Terminal, wantsColor } from "../terminal.js";

/** Writes a projection of a run, and prints what is in it. */
export async function handleProject(given: ProjectArguments, terminal: Terminal): Promise<ExitCode> {
	const { run, out, where, first, trace, pipelines } = given;
	const summary = await projectRun({
		run,
		out,
		where,
		...(first === undefined ? {} : { first }),
		...(trace === undefined ? {} : { trace }),
		...(pipelines.length === 0 ? {} : { pipelines }),
	});
	const { yellow } = pc.createColors(wantsColor(terminal.env, terminal.errIsTty));
	for (const warning of summary.warnings) terminal.err(yellow(`warning: ${warning}\n`));
	terminal.out(given.json ? `${JSON.stringify(summary, undefined, 2)}\n` : formatProjection(summary));
	return exitCodes.ok;
}
