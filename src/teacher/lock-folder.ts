import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { configurationError, messageOf } from "../records/index.js";

const holderSchema = z.object({
	pid: z.int().positive(),
	/** When the process started, in the kernel's own count: tells a process from a later one that got its number. Linux only. */
	started: z.string().optional(),
	/** The machine that the process is one of: on another, its id means nothing. */
	host: z.string().optional(),
});
type Holder = z.infer<typeof holderSchema>;

/**
 * Takes a folder for this process alone, through a file named `lock` in it that holds the process id. A lock that a dead
 * process left behind is taken over; one of another machine never is, since nobody here can tell whether its holder lives.
 * @returns what gives the folder back.
 * @throws CandorError (exit 2) naming holder and folder where a living process holds it, or one elsewhere; or where the folder is not
 * writable.
 */
export function lockFolder(folder: string): () => void {
	const path = join(folder, "lock");
	const own = join(folder, `lock.${process.pid}`);
	const holder: Holder = { pid: process.pid, ...startOf(process.pid), host: hostname() };
	const text = JSON.stringify(holder);
	try {
		writeFileSync(own, text);
	} catch (error) {
		throw configurationError(`${folder} cannot be written (${messageOf(error)})`, "Make the folder writable for this user, or use another one.", error);
	}
	try {
		// A link appears with its content, and fails where one exists: no moment at which two could believe they hold it.
		for (let tries = 0; !tryLink(own, path); tries += 1) {
			const found = readIfAny(path);
			if (found === undefined) continue;
			const other = parseHolder(found);
			if (other !== undefined && isElsewhere(other)) throw elsewhereError(folder, path, other);
			if ((other !== undefined && isAlive(other)) || tries >= 10) throw heldError(folder, other);
			removeStale(path, found);
		}
	} finally {
		rmSync(own, { force: true });
	}
	return () => {
		if (readIfAny(path) === text) rmSync(path, { force: true });
	};
}

function heldError(folder: string, holder: Holder | undefined): Error {
	return configurationError(
		`${folder} is in use by another run (process ${holder?.pid ?? "unknown"})`,
		"Wait for that run or stop it, or give this one another folder.",
	);
}

function isElsewhere({ host }: Holder): boolean {
	return host !== undefined && host !== hostname();
}

function elsewhereError(folder: string, path: string, { host, pid }: Holder): Error {
	return configurationError(
		`${folder} is in use by a run on the machine ${host} (process ${pid}), or one ended there without giving it back`,
		`Wait for that run, or stop it. Only where you are sure that no such process runs on ${host} any more: remove ${path}, and run the same command again.`,
	);
}

function tryLink(from: string, to: string): boolean {
	try {
		linkSync(from, to);
		return true;
	} catch (error) {
		if (hasCode(error, "EEXIST")) return false;
		throw error;
	}
}

/** Moves the lock away before looking at it again: what another process took in between is put back. */
function removeStale(path: string, stale: string): void {
	const aside = `${path}.stale-${process.pid}`;
	try {
		renameSync(path, aside);
	} catch (error) {
		if (hasCode(error, "ENOENT")) return;
		throw error;
	}
	if (readIfAny(aside) !== stale) tryLink(aside, path);
	rmSync(aside, { force: true });
}

function readIfAny(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch (error) {
		if (hasCode(error, "ENOENT")) return undefined;
		throw error;
	}
}

function parseHolder(text: string): Holder | undefined {
	try {
		return holderSchema.safeParse(JSON.parse(text)).data;
	} catch {
		return undefined;
	}
}

function isAlive(holder: Holder): boolean {
	try {
		process.kill(holder.pid, 0);
	} catch (error) {
		if (hasCode(error, "ESRCH")) return false;
	}
	if (isExiting(holder.pid)) return false;
	const { started } = startOf(holder.pid);
	return started === undefined || holder.started === undefined || started === holder.started;
}

/** Field 22 of /proc/<pid>/stat. */
function startOf(pid: number): { started?: string } {
	const started = statOf(pid)?.[19];
	return started === undefined ? {} : { started };
}

/** The kernel's flag of a process that is on its way out (PF_EXITING, field 9). */
const exitingFlag = 0x4;

/** Whether a process was killed but is not gone yet: a zombie, or one that the kernel is taking down. It writes nothing more. */
function isExiting(pid: number): boolean {
	const stat = statOf(pid);
	return stat !== undefined && (stat[0] === "Z" || stat[0] === "X" || (Number(stat[6]) & exitingFlag) !== 0);
}

/** The fields of /proc/<pid>/stat from the third on; the name in field 2 may hold spaces and parentheses. Linux only. */
function statOf(pid: number): string[] | undefined {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
		return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	} catch {
		return undefined;
	}
}

function hasCode(error: unknown, code: string): boolean {
	return error instanceof Error && "code" in error && error.code === code;
}
