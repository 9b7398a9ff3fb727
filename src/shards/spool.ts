import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { CandorError, exitCodes, messageOf } from "../records/index.js";
import { writeError } from "./write-error.js";

/** Lines that wait on disk until they are wanted. A handle is one number, and all that a line costs in memory. */
export interface Spool {
	/** Keeps a line; its handle is where it stands in the file. @throws CandorError (exit 1) where the disk is full */
	append(line: string): Promise<number>;
	/** The line of a handle. @throws CandorError (exit 1) where the file cannot be read */
	read(handle: number): Promise<string>;
	/** Closes and deletes the file. */
	close(): Promise<void>;
}

/** Lines are gathered to this size before they are written. @unit bytes */
const bufferBytes = 1024 * 1024;
/** Read at once; most lines fit. @unit bytes */
const readBytes = 16 * 1024;
/** A line is preceded by its length as a 32-bit integer. @unit bytes */
const headerBytes = 4;

function frame(line: string): Buffer {
	const text = Buffer.from(line, "utf8");
	const header = Buffer.alloc(headerBytes);
	header.writeUInt32LE(text.length);
	return Buffer.concat([header, text]);
}

/** The text of the frame that begins at `offset`. */
async function readFrame(file: FileHandle, offset: number): Promise<string> {
	const first = Buffer.alloc(readBytes);
	const { bytesRead } = await file.read(first, 0, first.length, offset);
	if (bytesRead < headerBytes) throw new Error("the file is shorter than what was written to it");
	const end = headerBytes + first.readUInt32LE(0);
	if (end <= bytesRead) return first.toString("utf8", headerBytes, end);
	const whole = Buffer.alloc(end);
	first.copy(whole, 0, 0, bytesRead);
	for (let done = bytesRead; done < end; ) {
		const more = await file.read(whole, done, end - done, offset + done);
		if (more.bytesRead === 0) throw new Error("the file is shorter than what was written to it");
		done += more.bytesRead;
	}
	return whole.toString("utf8", headerBytes);
}

function readError(path: string, thrown: unknown): CandorError {
	return new CandorError(`cannot read ${path}: ${messageOf(thrown)}`, {
		exitCode: exitCodes.unexpected,
		remedy: "Look at the disk, then run the same command again: the spool is made anew.",
		cause: thrown,
	});
}

async function openFile(path: string): Promise<FileHandle> {
	try {
		await mkdir(dirname(path), { recursive: true });
		return await open(path, "w+");
	} catch (error) {
		throw writeError(path, error);
	}
}

/**
 * Opens an empty spool; a file that a dead run left there is overwritten.
 * @throws CandorError (exit 1) naming the file, where it cannot be written
 */
export async function openSpool(path: string): Promise<Spool> {
	const file = await openFile(path);
	let waiting: Buffer[] = [];
	let waitingBytes = 0;
	let endBytes = 0;
	let flushedBytes = 0;
	let flushing = Promise.resolve();

	const writeWaiting = async (): Promise<void> => {
		const data = Buffer.concat(waiting);
		waiting = [];
		waitingBytes = 0;
		for (let done = 0; done < data.length; ) {
			done += (await file.write(data, done, data.length - done, flushedBytes + done)).bytesWritten;
		}
		// Only now: a line counts as written when all of it is.
		flushedBytes += data.length;
	};
	/** Writes happen one after the other. After one failed every later call fails with it: what it held is lost. */
	const flush = (): Promise<void> => {
		flushing = flushing.then(writeWaiting).catch((error: unknown) => {
			throw writeError(path, error);
		});
		return flushing;
	};

	return {
		async append(line) {
			const framed = frame(line);
			const handle = endBytes;
			endBytes += framed.length;
			waiting.push(framed);
			waitingBytes += framed.length;
			if (waitingBytes >= bufferBytes) await flush();
			return handle;
		},
		async read(handle) {
			if (handle >= flushedBytes) await flush();
			try {
				return await readFrame(file, handle);
			} catch (error) {
				throw readError(path, error);
			}
		},
		async close() {
			await flushing.catch(() => undefined);
			await file.close();
			await rm(path, { force: true });
		},
	};
}
