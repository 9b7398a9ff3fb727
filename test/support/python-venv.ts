import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../../src/pipeline/package-folder.js";

export interface VenvWish {
	readonly name: string;
	/** As pip takes them, pinned. */
	readonly requirements: readonly string[];
	/** What must not be newer, or must not be there at all. */
	readonly constraints?: readonly string[];
}

export type Venv = { readonly type: "ready"; readonly python: string; program(name: string): string } | { readonly type: "missing"; readonly why: string };

/** Some hundreds of megabytes come over the network. @unit milliseconds */
const installLimitMs = 20 * 60_000;
const oldest = [3, 10];

/** Of all that is made outside the tests' own temporary folders, for another time. */
export function cacheFolder(): string {
	return join(packageFolder(), "node_modules", ".cache", "candor");
}

/**
 * A Python environment of its own with these packages, made in the cache folder where it is not there yet. Missing: why it cannot
 * be had here, in words.
 */
export async function prepareVenv({ name, requirements, constraints = [] }: VenvWish): Promise<Venv> {
	const folder = join(cacheFolder(), `venv-${name}`);
	const program = (file: string) => join(folder, "bin", file);
	const ready = { type: "ready" as const, python: program("python"), program };
	const marker = join(folder, "candor.json");
	const wanted = createHash("sha256").update(JSON.stringify({ requirements, constraints })).digest("hex");
	if (existsSync(marker) && JSON.parse(readFileSync(marker, "utf8")) === wanted) return ready;

	const python = await findPython();
	if (python === undefined) return { type: "missing", why: `there is no python3 of ${oldest.join(".")} or later on the PATH` };
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(cacheFolder(), { recursive: true });
	process.stderr.write(`installing ${requirements.join(", ")} into ${folder}\n`);
	const made = await runTool(python, ["-m", "venv", folder]);
	if (made.code !== 0) return { type: "missing", why: `python -m venv failed: ${lastLine(made.err)}` };
	const constraintsFile = join(folder, "constraints.txt");
	writeFileSync(constraintsFile, `${constraints.join("\n")}\n`);
	const installed = await runTool(program("python"), [
		"-m",
		"pip",
		"install",
		"--quiet",
		"--disable-pip-version-check",
		"--constraint",
		constraintsFile,
		...requirements,
	]);
	if (installed.code !== 0) return { type: "missing", why: `pip could not install ${requirements.join(", ")}: ${lastLine(installed.err)}` };
	writeFileSync(marker, JSON.stringify(wanted));
	return ready;
}

async function findPython(): Promise<string | undefined> {
	for (const name of ["python3.11", "python3.12", "python3"]) {
		const { code, out } = await runTool(name, ["-c", "import sys; print(*sys.version_info[:2])"]);
		const [major = 0, minor = 0] = out.trim().split(" ").map(Number);
		if (code === 0 && (major > (oldest[0] ?? 0) || (major === oldest[0] && minor >= (oldest[1] ?? 0)))) return name;
	}
	return undefined;
}

/** Runs a program to its end. A program that is not there ends with -1. */
export function runTool(
	command: string,
	args: readonly string[],
	options: { readonly env?: NodeJS.ProcessEnv; readonly limitMs?: number } = {},
): Promise<{ code: number; out: string; err: string }> {
	return new Promise((resolve) => {
		const child = spawn(command, args, {
			env: options.env ?? process.env,
			stdio: ["ignore", "pipe", "pipe"],
			timeout: options.limitMs ?? installLimitMs,
			killSignal: "SIGKILL",
		});
		let [out, err] = ["", ""];
		child.stdout.setEncoding("utf8").on("data", (text: string) => {
			out += text;
		});
		child.stderr.setEncoding("utf8").on("data", (text: string) => {
			err += text;
		});
		child.once("error", (error) => resolve({ code: -1, out, err: error.message }));
		child.once("close", (code) => resolve({ code: code ?? -1, out, err }));
	});
}

function lastLine(text: string): string {
	return text.trim().split("\n").at(-1)?.slice(0, 300) ?? "";
}
