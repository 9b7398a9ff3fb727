import { randomUUID } from "node:crypto";
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { writeError } from "./write-error.js";

/** Lines on disk that can be had back at once, in any order. */
export interface LineShelf {
	/** Keeps a line; its handle is where it stands. @throws CandorError (exit 1) where the disk is full */
	put(line: string): number;
	get(handle: number): string;
	close(): void;
}

/** Lines are gathered to this size before they are written. @unit bytes */
const bufferBytes = 256 * 1024;
/** Read at once; most lines fit. @unit bytes */
const readBytes = 4 * 1024;
/** A line is preceded by its length as a 32-bit integer. @unit bytes */
const headerBytes = 4;

/**
 * Opens an empty shelf. Its file has no name any more once it is open, so that nothing is left of it however the process ends.
 * What is read again and again stays in the system's cache: a line comes back in some microseconds, and waiting for it would cost
 * more than reading it.
 */
export function openLineShelf(folder: string): LineShelf {
	const path = join(folder, `.${randomUUID()}.shelf`);
	const attempt = <T>(work: () => T): T => {
		try {
			return work();
		} catch (error) {
			throw writeError(path, error);
		}
	};
	const file = attempt(() => {
		mkdirSync(folder, { recursive: true });
		const opened = openSync(path, "wx+");
		rmSync(path);
		return opened;
	});
	const waiting = Buffer.alloc(bufferBytes);
	let waitingBytes = 0;
	let flushedBytes = 0;
	let scratch = Buffer.alloc(readBytes);

	const write = (data: Buffer): void => {
		for (let done = 0; done < data.length; ) done += writeSync(file, data, done, data.length - done, flushedBytes + done);
		flushedBytes += data.length;
	};
	const flush = (): void => {
		attempt(() => write(waiting.subarray(0, waitingBytes)));
		waitingBytes = 0;
	};
	const readAt = (offset: number, bytes: number): number => {
		if (scratch.length < bytes) scratch = Buffer.alloc(bytes);
		let done = 0;
		while (done < bytes) {
			const read = readSync(file, scratch, done, bytes - done, offset + done);
			if (read === 0) break;
			done += read;
		}
		return done;
	};

	return {
		put(line) {
			const bytes = Buffer.byteLength(line, "utf8");
			if (waitingBytes + headerBytes + bytes > bufferBytes) flush();
			const handle = flushedBytes + waitingBytes;
			if (headerBytes + bytes > bufferBytes) {
				const framed = Buffer.alloc(headerBytes + bytes);
				framed.writeUInt32LE(bytes);
				framed.write(line, headerBytes, "utf8");
				attempt(() => write(framed));
				return handle;
			}
			waiting.writeUInt32LE(bytes, waitingBytes);
			waiting.write(line, waitingBytes + headerBytes, "utf8");
			waitingBytes += headerBytes + bytes;
			return handle;
		},
		get(handle) {
			if (handle >= flushedBytes) {
				const at = handle - flushedBytes;
				const bytes = waiting.readUInt32LE(at);
				return waiting.toString("utf8", at + headerBytes, at + headerBytes + bytes);
			}
			const first = readAt(handle, readBytes);
			const bytes = first < headerBytes ? Number.NaN : scratch.readUInt32LE(0);
			if (headerBytes + bytes > first && readAt(handle, headerBytes + bytes) < headerBytes + bytes) throw new Error("the shelf's file has been cut");
			return scratch.toString("utf8", headerBytes, headerBytes + bytes);
		},
		close() {
			closeSync(file);
		},
	};
}
