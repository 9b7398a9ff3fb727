import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { compileProgram } from "./compile-program.js";

export interface Finished {
	/** null where a signal ended it. */
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
}

export interface CandorProcess {
	readonly child: ChildProcess;
	/** What it has written to stderr so far. */
	err(): string;
	readonly finished: Promise<Finished>;
}

export interface CandorOptions {
	/** The working directory. */
	readonly cwd: string;
	readonly env?: Readonly<Record<string, string>>;
	/** Another copy of the program. */
	readonly main?: string;
}

/** Starts the real command line in a process of its own, with an environment that holds nothing of ours. */
export async function startCandor(args: readonly string[], { cwd, env = {}, main }: CandorOptions): Promise<CandorProcess> {
	const program = main ?? join(await compileProgram(), "src", "cli", "main.js");
	const { PATH = "", HOME = "" } = process.env;
	const child = spawn(process.execPath, [program, ...args], { cwd, env: { PATH, HOME, NO_COLOR: "1", ...env }, stdio: ["ignore", "pipe", "pipe"] });
	const written = { out: "", err: "" };
	child.stdout.setEncoding("utf8").on("data", (text: string) => {
		written.out += text;
	});
	child.stderr.setEncoding("utf8").on("data", (text: string) => {
		written.err += text;
	});
	return {
		child,
		err: () => written.err,
		finished: new Promise((resolve) => child.once("close", (code) => resolve({ code, ...written }))),
	};
}

/** Runs a command line to its end. */
export async function runCandor(args: readonly string[], options: CandorOptions): Promise<Finished> {
	return (await startCandor(args, options)).finished;
}
