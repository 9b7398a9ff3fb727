import { loadConfig } from "../../config/index.js";
import { type ExitCode, exitCodes } from "../../records/index.js";
import type { PlanArguments } from "../handlers.js";
import { isAbort, listenForInterrupts } from "../interrupt.js";
import { formatPlan } from "../render/plan.js";
import type { Terminal } from "../terminal.js";
import { readPipeline } from "./read-pipeline.js";

/** Prints what a run would ask and what it would cost. */
export async function handlePlan(given: PlanArguments, terminal: Terminal): Promise<ExitCode> {
	const resolved = loadConfig({ file: given.config, env: terminal.env, flags: given.settings });
	const pipelines = given.pipelines.map(readPipeline);
	const { planRun } = await import("../../run/plan-run.js");
	const interrupts = listenForInterrupts(() => {});
	try {
		const plan = await planRun(resolved, {
			...(pipelines.length === 0 ? {} : { pipelines }),
			warn: (message) => terminal.err(`warning: ${message}\n`),
			signal: interrupts.signal,
		});
		terminal.out(given.json ? `${JSON.stringify(plan, undefined, 2)}\n` : formatPlan(plan, given.config));
		return exitCodes.ok;
	} catch (thrown) {
		const interrupted = interrupts.exitCode();
		if (interrupted === undefined || !isAbort(thrown, interrupts.signal)) throw thrown;
		return interrupted;
	} finally {
		interrupts.stop();
	}
}
