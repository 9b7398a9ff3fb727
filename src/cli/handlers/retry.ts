import { type ExitCode, exitCodes } from "../../records/errors.js";
import { planRetry, type RetryPlan, retryRun, writeRetryCommand } from "../../run/retry-run.js";
import type { RetryArguments } from "../handlers.js";
import { formatCount } from "../render/format-units.js";
import type { Terminal } from "../terminal.js";
import { followRun } from "./run.js";

/** Gives rejected candidates one more attempt and goes on with their run, or says how many they are. */
export async function handleRetry(given: RetryArguments, terminal: Terminal): Promise<ExitCode> {
	const planned = await planRetry(given);
	const { plan } = planned;
	if (given.dryRun) {
		terminal.out(given.json ? `${JSON.stringify(plan, undefined, 2)}\n` : formatPlan(plan));
		return exitCodes.ok;
	}
	if (!given.quiet) terminal.err(formatPlan(plan));
	return followRun(writeRetryCommand(given), (events, signal) => retryRun(planned, events, signal), given, terminal);
}

function formatPlan({ pipelines, total }: RetryPlan): string {
	const lines = pipelines.map(({ name, candidates, waiting }) => {
		const reasons = Object.entries(candidates).map(([reason, count]) => `${reason} ${formatCount(count)}`);
		const before = waiting === 0 ? "" : `; ${formatCount(waiting)} of them were given it before`;
		return `  ${name}: ${reasons.join(", ") || "none"}${before}\n`;
	});
	return `${formatCount(total)} ${total === 1 ? "candidate gets" : "candidates get"} one more attempt:\n${lines.join("")}`;
}
