import { open, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { writeError } from "./write-error.js";

/** Replaces every character of a JSON text above 0x7E by its escape. Such characters stand in strings only, so the value stays the same. */
export function escapeNonAscii(json: string): string {
	return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * A value as one line of JSONL, without the newline. ASCII only: some readers split lines at U+2028 or U+0085, and some guess
 * the encoding.
 * @throws TypeError for a value that JSON has no word for, such as undefined
 */
export function stringifyRow(value: unknown): string {
	const json: string | undefined = JSON.stringify(value);
	if (json === undefined) throw new TypeError(`JSON cannot hold ${typeof value}`);
	return escapeNonAscii(json);
}

/** Makes renames and removals inside a folder last through a power cut. */
export async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder, "r");
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/**
 * Writes a whole file, or nothing: readers see the old file or the new one. The temporary name is fixed, so that what a dead
 * run left is overwritten; one writer per path at a time.
 * @throws CandorError (exit 1) naming the file, where it cannot be written
 */
export async function writeFileAtomic(path: string, data: string | Uint8Array | AsyncIterable<string | Uint8Array>): Promise<void> {
	const temporary = `${path}.tmp`;
	try {
		const handle = await open(temporary, "w");
		try {
			await writeFile(handle, data);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await rename(temporary, path);
		await syncFolder(dirname(path));
	} catch (error) {
		// What went wrong first is what is told, also where cleaning up goes wrong too.
		await rm(temporary, { force: true }).catch(() => undefined);
		throw writeError(path, error);
	}
}
