import type { ResolvedConfig } from "../../config/index.js";
import type { PilotReport } from "../../run/pilot.js";
import type { RunArguments } from "../handlers.js";
import { formatPilot } from "../render/pilot.js";
import { type Terminal, wantsColor } from "../terminal.js";

/** Shows what a pilot has made and what the rest will cost, and asks whether to go on. */
export async function askAfterPilot(report: PilotReport, given: RunArguments, terminal: Terminal): Promise<boolean> {
	if (!given.json && !given.quiet) terminal.out(formatPilot(report, { color: wantsColor(terminal.env, terminal.outIsTty) }));
	const goesOn = given.yes || (await terminal.confirm?.("Go on with the whole run? (y/N) ")) === true;
	if (goesOn) return true;
	if (given.json) terminal.out(`${JSON.stringify({ pilot: report }, undefined, 2)}\n`);
	terminal.err(`stopped after the pilot; its replies serve the whole run. To go on: ${report.goOnCommand}\n`);
	return false;
}

/** Whether the pilot has still to be made, and what it shows once it is. */
export async function pilotSteps(resolved: ResolvedConfig, rows: number, pipelines: readonly string[] | undefined) {
	const { hasPilot, reportPilot } = await import("../../run/pilot.js");
	const names = pipelines === undefined ? {} : { pipelines };
	return {
		isMade: await hasPilot(resolved, rows, pipelines),
		report: (warn: (message: string) => void) => reportPilot(resolved, rows, { ...names, warn, signal: new AbortController().signal }),
	};
}
