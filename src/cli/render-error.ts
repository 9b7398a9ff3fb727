import pc from "picocolors";
import { CandorError, type ExitCode, exitCodes, messageOf } from "../records/errors.js";
import { type Terminal, wantsColor } from "./terminal.js";

/**
 * Tells a person what went wrong and what to do, and answers with the exit status. The stack is shown only with
 * CANDOR_DEBUG=1.
 */
export function renderError(thrown: unknown, terminal: Terminal): ExitCode {
	const { red, dim } = pc.createColors(wantsColor(terminal.env, terminal.errIsTty));
	const debug = (terminal.env.CANDOR_DEBUG ?? "") !== "" && terminal.env.CANDOR_DEBUG !== "0";
	const stack = debug && thrown instanceof Error ? `${dim(describeStack(thrown))}\n` : "";
	if (thrown instanceof CandorError) {
		const [first, ...others] = thrown.message.split("\n");
		const text = others.length === 0 ? ` ${first}` : `\n${[first, ...others].map((line) => `  ${line}`).join("\n")}`;
		terminal.err(`${red("error:")}${text}\n${thrown.remedy === undefined ? "" : `${thrown.remedy}\n`}${stack}`);
		return thrown.exitCode;
	}
	const message = isCommitError(thrown)
		? "the ledger cannot be written: the disk is full, or not writable. Make room, then run the same command again: what was committed is not asked for again"
		: messageOf(thrown).split("\n")[0];
	terminal.err(`${red("unexpected error:")} ${message}${debug ? "" : " (CANDOR_DEBUG=1 shows where)"}\n${stack}`);
	return exitCodes.unexpected;
}

/** The database rejects a promise of its own, beside the one that is awaited, where it cannot commit. */
function isCommitError(thrown: unknown): boolean {
	return thrown instanceof Error && "commitError" in thrown;
}

function describeStack(error: Error): string {
	const cause = error.cause instanceof Error ? `\ncaused by ${describeStack(error.cause)}` : "";
	return `${error.stack ?? error.message}${cause}`;
}
