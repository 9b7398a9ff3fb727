import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** Where LMDB's first page holds its magic number, and the size of a page (lmdb 3: mdb.c, MDB_page and MDB_meta). */
const magicOffset = 24;
const magic = 0xbeefc0de;
const pageSizeOffset = 48;

/**
 * Whether a file is one that LMDB can open: new, or with both of its first pages and its magic number. LMDB itself does not
 * ask: another file, or one cut short, kills the process instead of throwing.
 */
export function isDatabaseFile(path: string): boolean {
	let file: number;
	try {
		file = openSync(path, "r");
	} catch (error) {
		return error instanceof Error && "code" in error && error.code === "ENOENT";
	}
	try {
		const { size } = fstatSync(file);
		if (size === 0) return true;
		const start = Buffer.alloc(64);
		readSync(file, start, 0, start.length, 0);
		return start.readUInt32LE(magicOffset) === magic && size >= 2 * start.readUInt32LE(pageSizeOffset);
	} finally {
		closeSync(file);
	}
}
