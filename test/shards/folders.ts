import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { messageOf } from "../../src/records/index.js";

/** Runs something in an empty folder that is removed afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(join(tmpdir(), "candor-test-"));
	try {
		return await work(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Runs something on a disk of 1 MiB. Where none can be made (not root, not Linux), says why and does nothing. */
export async function onSmallDisk(work: (folder: string) => Promise<void>): Promise<void> {
	await inFolder(async (folder) => {
		try {
			execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], { stdio: "pipe" });
		} catch (error) {
			console.warn(`a full disk was not tried, since no small one could be mounted: ${messageOf(error)}`);
			return;
		}
		try {
			await work(folder);
		} finally {
			execFileSync("umount", [folder], { stdio: "pipe" });
		}
	});
}

/** The error that something throws. */
export async function thrownBy(work: () => Promise<unknown>): Promise<unknown> {
	try {
		await work();
	} catch (error) {
		return error;
	}
	throw new Error("nothing was thrown");
}

/** Everything a stream gives. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
	const all: T[] = [];
	for await (const item of items) all.push(item);
	return all;
}
