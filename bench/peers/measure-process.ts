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
	/** Processor time of all of them, the last quarter of a second left out; as above. @unit milliseconds */
	readonly cpuMs: number | undefined;
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
	let seen: Sighting | undefined;
	const look = setInterval(() => {
		const { bytes, cpuMs } = (child.pid === undefined ? undefined : lookAtGroup(child.pid)) ?? { bytes: 0, cpuMs: 0 };
		if (bytes > 0) seen = { bytes: Math.max(seen?.bytes ?? 0, bytes), cpuMs: Math.max(seen?.cpuMs ?? 0, cpuMs) };
	}, betweenLooksMs);
	const limit = setTimeout(() => {
		if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
	}, options.limitMs);
	const [code]: (number | null)[] = await once(child, "exit");
	clearInterval(look);
	clearTimeout(limit);
	return { code: code ?? null, wallMs: performance.now() - startedMs, peakBytes: seen?.bytes, cpuMs: seen?.cpuMs, written };
}

interface Sighting {
	readonly bytes: number;
	readonly cpuMs: number;
}

/** Linux alone tells. */
function lookAtGroup(group: number): Sighting | undefined {
	try {
		const seen = readdirSync("/proc")
			.filter((name) => /^\d+$/.test(name))
			.map((name) => ({ name, fields: statOf(name) }))
			.filter(({ fields }) => fields[groupField] === group);
		return {
			bytes: seen.reduce((sum, { name }) => sum + anonymousBytes(name), 0),
			cpuMs: seen.reduce((sum, { fields }) => sum + timeFields.reduce((ticks, field) => ticks + (fields[field] ?? 0), 0), 0) * tickMs,
		};
	} catch {
		return undefined;
	}
}

/** In proc_pid_stat(5), counted from the field after the name: the process group, and user and system time with that of ended children. */
const groupField = 2;
const timeFields = [11, 12, 13, 14];
/** @unit milliseconds */
const tickMs = 10;

function statOf(name: string): number[] {
	const stat = readProc(name, "stat");
	return stat
		.slice(stat.lastIndexOf(")") + 2)
		.split(" ")
		.map(Number);
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
