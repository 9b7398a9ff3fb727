import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

export interface ProcessUse {
	/** 0 where all went well. */
	readonly code: number | null;
	/** From start to end of the whole process. @unit milliseconds */
	readonly wallMs: number;
	/** Of the process and all that it started, together, without mapped files; absent where the system does not tell. @unit bytes */
	readonly peakBytes: number | undefined;
	/** The end of what it wrote. */
	readonly written: string;
}

/** @unit milliseconds */
const betweenLooksMs = 250;
const keptCharacters = 4000;

/** Runs a process to its end, or for so long, and measures it. */
export async function measureProcess(
	command: string,
	args: readonly string[],
	options: { readonly env: NodeJS.ProcessEnv; readonly limitMs: number; readonly cwd: string },
): Promise<ProcessUse> {
	const startedMs = performance.now();
	// A group of its own: what it started ends with it.
	const child = spawn(command, args, { env: options.env, cwd: options.cwd, stdio: ["ignore", "pipe", "pipe"], detached: true });
	let written = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding("utf8").on("data", (text: string) => {
			written = (written + text).slice(-keptCharacters);
		});
	}
	let peakBytes: number | undefined;
	const look = setInterval(() => {
		const bytes = child.pid === undefined ? undefined : memoryOfGroup(child.pid);
		if (bytes !== undefined) peakBytes = Math.max(peakBytes ?? 0, bytes);
	}, betweenLooksMs);
	const limit = setTimeout(() => {
		if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
	}, options.limitMs);
	const [code]: (number | null)[] = await once(child, "exit");
	clearInterval(look);
	clearTimeout(limit);
	return { code: code ?? null, wallMs: performance.now() - startedMs, peakBytes, written };
}

/** Linux alone tells; the third field after the name in `stat` is the process group. */
function memoryOfGroup(group: number): number | undefined {
	try {
		const own = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && groupOf(name) === group);
		return own.reduce((sum, name) => sum + anonymousBytes(name), 0);
	} catch {
		return undefined;
	}
}

function groupOf(name: string): number | undefined {
	const stat = readProc(name, "stat");
	return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]);
}

function anonymousBytes(name: string): number {
	return Number(/^RssAnon:\s+(\d+) kB/m.exec(readProc(name, "status"))?.[1] ?? 0) * 1024;
}

/** Processes come and go while they are looked at. */
function readProc(name: string, file: string): string {
	try {
		return readFileSync(join("/proc", name, file), "utf8");
	} catch {
		return "";
	}
}

/** What lies in a folder, all told. @unit bytes */
export function sizeOfFolder(folder: string): number {
	return readdirSync(folder, { recursive: true, encoding: "utf8" }).reduce((sum, name) => {
		const stats = statSync(join(folder, name), { throwIfNoEntry: false });
		return sum + (stats?.isFile() ? stats.size : 0);
	}, 0);
}
