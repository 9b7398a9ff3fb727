import { formatConfig, hashConfig, loadConfig, type ResolvedConfig } from "../../config/index.js";
import { CandorError, type ExitCode, exitCodes } from "../../records/index.js";
import type { RunEvents } from "../../run/events.js";
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
	const command = `${writeResumeCommand(resolved, pipelines)}${given.pilot === undefined ? "" : ` --pilot ${given.pilot}`}`;
	const start = (pilot?: number) => (events: RunEvents, signal: AbortSignal) =>
		run(resolved, {
			...(chosen === undefined ? {} : { pipelines: chosen }),
			...(given.only === undefined ? {} : { only: given.only }),
			...(pilot === undefined ? {} : { pilot }),
			extend: given.extend,
			events,
			signal,
		});
	let report: PilotReport | undefined;
	if (given.pilot !== undefined) {
		const steps = await pilotSteps(resolved, given.pilot, chosen);
		const code = steps.isMade ? exitCodes.ok : await followRun(command, start(given.pilot), given, terminal, () => {});
		if (code !== exitCodes.ok) return code;
		report = await steps.report((message) => terminal.err(`warning: ${message}\n`));
		if (!(await askAfterPilot(report, given, terminal))) return exitCodes.ok;
	}
	return followRun(command, start(), given, terminal, (summary) => printSummary(summary, given, terminal, report));
}

/**
 * Shows how a run goes on and what it came to; an interrupt ends it in order, with 130 or 143.
 * @param command goes on with it
 */
export async function followRun(
	command: string,
	start: (events: RunEvents, signal: AbortSignal) => Promise<RunSummary>,
	given: Pick<RunArguments, "json" | "quiet" | "progress">,
	terminal: Terminal,
	show: (summary: RunSummary) => void = (summary) => printSummary(summary, given, terminal),
): Promise<ExitCode> {
	const progress = startProgress(terminal, { shown: given.progress && !given.quiet, warnings: !given.quiet });
	const interrupts = listenForInterrupts(() => progress.say("finishing what is in flight; press again to quit at once"));
	try {
		const summary = await start(progress.events, interrupts.signal);
		progress.stop();
		show(summary);
		if (!summary.interrupted) {
			return exitCodes.ok;
		}
		terminal.err(`interrupted; nothing is lost. To go on: ${command}\n`);
		return interrupts.exitCode() ?? exitCodes.interrupted;
	} catch (thrown) {
		const interrupted = interrupts.exitCode();
		if (interrupted === undefined || !isAbort(thrown, interrupts.signal)) {
			throw addResumeCommand(thrown, command);
		}
		progress.stop();
		terminal.err(`interrupted; nothing is lost. To go on: ${command}\n`);
		return interrupted;
	} finally {
		progress.stop();
		interrupts.stop();
	}
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

function printSummary(summary: RunSummary, given: Pick<RunArguments, "json" | "quiet">, terminal: Terminal, pilot?: PilotReport): void {
	const color = wantsColor(terminal.env, terminal.outIsTty);
	if (given.json) {
		terminal.out(`${JSON.stringify(pilot === undefined ? summary : { ...summary, pilot }, undefined, 2)}\n`);
	} else if (summary.only !== undefined) {
		terminal.out(summary.only.map((outcome) => formatOutcome(outcome, { color })).join("\n"));
	} else if (!given.quiet) {
		terminal.out(formatFunnel(summary, { color }));
	}
}
