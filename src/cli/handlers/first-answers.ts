import { dirname, relative } from "node:path";
import { loadConfig } from "../../config/index.js";
import { type ExitCode, exitCodes } from "../../records/index.js";
import type { FirstAnswersArguments } from "../handlers.js";
import { isAbort, listenForInterrupts } from "../interrupt.js";
import { describeHarvest, formatHarvest } from "../render/harvest.js";
import { startProgress } from "../render/progress.js";
import type { Terminal } from "../terminal.js";

/** Asks the student for its own first answers. Interrupted, it ends with 130 or 143; the same command goes on. */
export async function handleFirstAnswers(given: FirstAnswersArguments, terminal: Terminal): Promise<ExitCode> {
	const resolved = loadConfig({ file: given.config, env: terminal.env, flags: [] });
	const { harvestConfig, questionsPerWrongAnswer } = await import("../../run/harvest-config.js");
	const progress = startProgress(terminal, { shown: given.progress && !given.quiet, warnings: !given.quiet });
	const interrupts = listenForInterrupts(() => progress.say("finishing what is in flight; press again to quit at once"));
	try {
		const { wrong, out } = given;
		if (!given.quiet && given.progress) progress.say(describeHarvest(wrong, questionsPerWrongAnswer));
		const summary = await harvestConfig(resolved, { wrong, ...(out === undefined ? {} : { out }), events: progress.events, signal: interrupts.signal });
		progress.stop();
		if (given.json) terminal.out(`${JSON.stringify(summary, undefined, 2)}\n`);
		else if (!given.quiet)
			terminal.out(formatHarvest(summary, { file: relative(process.cwd(), summary.file), inConfig: relative(dirname(resolved.file), summary.file) }));
		return exitCodes.ok;
	} catch (thrown) {
		const interrupted = interrupts.exitCode();
		if (interrupted === undefined || !isAbort(thrown, interrupts.signal)) throw thrown;
		progress.stop();
		terminal.err("interrupted; every answer is kept. To go on, give the same command again.\n");
		return interrupted;
	} finally {
		progress.stop();
		interrupts.stop();
	}
}
