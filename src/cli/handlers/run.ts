import { formatConfig, hashConfig, loadConfig, type ResolvedConfig } from "../../config/index.js";
import { CandorError, type ExitCode, exitCodes } from "../../records/index.js";
import type { PilotReport } from "../../run/pilot.js";
import { writeResumeCommand } from "../../run/resume-command.js";
import type { RunConfigOptions } from "../../run/run-config.js";
import type { RunSummary } from "../../run/summary.js";
import type { RunArguments } from "../handlers.js";
import { isAbort, listenForInterrupts } from "../interrupt.js";
import { formatFunnel } from "../render/funnel.js";
import { formatOutcome } from "../render/outcome.js";
import { startProgress } from "../render/progress.js";
import { type Terminal, wantsColor } from "../terminal.js";
import { askAfterPilot, pilotSteps } from "./pilot.js";
import { handlePlan } from "./plan.js";
import { readPipeline } from "./read-pipeline.js";

type RunConfig = (resolved: ResolvedConfig, options: RunConfigOptions) => Promise<RunSummary>;

/**
 * Makes what a config describes. An interrupted run ends with 130 or 143 and the command that goes on with it.
 * @param runConfig given in tests; loaded only once the config has proved good
 */
export async function handleRun(given: RunArguments, terminal: Terminal, runConfig?: RunConfig): Promise<ExitCode> {
	const resolved = loadConfig({ file: given.config, env: terminal.env, flags: given.settings });
	const pipelines = given.pipelines.map(readPipeline);
	if (given.printConfig) {
		terminal.out(given.json ? formatConfigAsJson(resolved) : formatConfig(resolved));
		return exitCodes.ok;
	}
	if (given.dryRun) return handlePlan(given, terminal);
	const run = runConfig ?? (await import("../../run/run-config.js")).runConfig;
	const chosen = pipelines.length === 0 ? undefined : pipelines;
	let progress = startProgress(terminal, { shown: given.progress && !given.quiet, warnings: !given.quiet });
	const interrupts = listenForInterrupts(() => progress.say("finishing what is in flight; press again to quit at once"));
	const start = (pilot?: number) =>
		run(resolved, {
			...(chosen === undefined ? {} : { pipelines: chosen }),
			...(given.only === undefined ? {} : { only: given.only }),
			...(pilot === undefined ? {} : { pilot }),
			extend: given.extend,
			events: progress.events,
			signal: interrupts.signal,
		});
	try {
		let report: PilotReport | undefined;
		if (given.pilot !== undefined) {
			const steps = await pilotSteps(resolved, given.pilot, chosen);
			const pilot = steps.isMade ? undefined : await start(given.pilot);
			progress.stop();
			if (pilot?.interrupted === true) return sayInterrupted(pilot, interrupts.exitCode(), terminal);
			report = await steps.report(progress.events.warn, interrupts.signal);
			if (!(await askAfterPilot(report, given, terminal))) return exitCodes.ok;
			progress = startProgress(terminal, { shown: given.progress && !given.quiet, warnings: !given.quiet });
		}
		const summary = await start();
		progress.stop();
		printSummary(summary, report, given, terminal);
		return summary.interrupted ? sayInterrupted(summary, interrupts.exitCode(), terminal) : exitCodes.ok;
	} catch (thrown) {
		const interrupted = interrupts.exitCode();
		if (interrupted === undefined || !isAbort(thrown, interrupts.signal)) {
			throw addResumeCommand(thrown, writeResumeCommand(resolved, pipelines));
		}
		progress.stop();
		terminal.err(`interrupted; nothing is lost. To go on: ${writeResumeCommand(resolved, pipelines)}\n`);
		return interrupted;
	} finally {
		progress.stop();
		interrupts.stop();
	}
}

function sayInterrupted({ resumeCommand }: RunSummary, code: ExitCode | undefined, terminal: Terminal): ExitCode {
	terminal.err(`interrupted; nothing is lost. To go on: ${resumeCommand}\n`);
	return code ?? exitCodes.interrupted;
}

/** A run that its teacher or its budget ended is gone on with later: whoever finds it in the morning need not look for how. */
function addResumeCommand(thrown: unknown, command: string): unknown {
	if (!(thrown instanceof CandorError) || (thrown.exitCode !== exitCodes.teacherUnavailable && thrown.exitCode !== exitCodes.budgetReached)) return thrown;
	const { message, exitCode, remedy } = thrown;
	return new CandorError(message, { exitCode, remedy: [...(remedy === undefined ? [] : [remedy]), `To go on: ${command}`].join("\n"), cause: thrown });
}

function formatConfigAsJson(resolved: ResolvedConfig): string {
	const { config, origins, file } = resolved;
	return `${JSON.stringify({ file, hash: hashConfig(config), config, origins: Object.fromEntries(origins) }, undefined, 2)}\n`;
}

function printSummary(summary: RunSummary, pilot: PilotReport | undefined, given: RunArguments, terminal: Terminal): void {
	const color = wantsColor(terminal.env, terminal.outIsTty);
	if (given.json) {
		terminal.out(`${JSON.stringify(pilot === undefined ? summary : { ...summary, pilot }, undefined, 2)}\n`);
	} else if (summary.only !== undefined) {
		terminal.out(summary.only.map((outcome) => formatOutcome(outcome, { color })).join("\n"));
	} else if (!given.quiet) {
		terminal.out(formatFunnel(summary, { color }));
	}
}
