import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** Where LMDB's first page holds its magic number, and the size of a page (lmdb 3: mdb.c, MDB_page and MDB_meta). */
const magicOffset = 24;
const magic = 0xbeefc0de;
const pageSizeOffset = 48;
/** In each of the first two pages: the number of the last page in use, and of the transaction that wrote it. */
const lastPageOffset = 144;
const transactionOffset = 152;
/** Pages at the end that a transaction took and gave back are not written: so many may be missing. */
const slackPages = 256;

/**
 * Whether a file is one that LMDB can open: with both of its first pages, its magic number, and as long as it says; or new, where it
 * is to be written. LMDB itself does not ask: another file, or one cut short, kills the process instead of throwing.
 */
export function isDatabaseFile(path: string, mayBeNew: boolean): boolean {
	let file: number;
	try {
		file = openSync(path, "r");
	} catch (error) {
		return mayBeNew && error instanceof Error && "code" in error && error.code === "ENOENT";
	}
	try {
		const { size } = fstatSync(file);
		if (size === 0) return mayBeNew;
		const readMeta = (position: number) => {
			const meta = Buffer.alloc(transactionOffset + 8);
			readSync(file, meta, 0, meta.length, position);
			return meta;
		};
		const first = readMeta(0);
		const pageSize = first.readUInt32LE(pageSizeOffset);
		if (first.readUInt32LE(magicOffset) !== magic || size < 2 * pageSize) return false;
		const second = readMeta(pageSize);
		const newest = second.readBigUInt64LE(transactionOffset) > first.readBigUInt64LE(transactionOffset) ? second : first;
		return size >= (Number(newest.readBigUInt64LE(lastPageOffset)) + 1 - slackPages) * pageSize;
	} finally {
		closeSync(file);
	}
}
