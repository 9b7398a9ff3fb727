import { type FileHandle, open } from "node:fs/promises";
import { configurationError, messageOf, type Row, rowSchema } from "../records/index.js";
import { describeRowFault } from "./describe-row-fault.js";

/** @unit bytes */
const pieceBytes = 64 * 1024;

/**
 * Reads one row of a file again.
 * @throws CandorError (exit 2) where the line is no row
 */
export async function readRowAt({ file, line, byteOffset }: { readonly file: string; readonly line: number; readonly byteOffset: number }): Promise<Row> {
	const value = parseLine(await readLineAt(file, byteOffset));
	const parsed = rowSchema.safeParse(value);
	if (parsed.success) return parsed.data;
	throw notARow(file, line, describeRowFault(parsed.error, value));
}

/** What is thrown where a line of a shard is not what it should be. */
export function notARow(file: string, line: number, detail: string): Error {
	return configurationError(`${file}:${line}: is not a row: ${detail}`, `candor validate ${file} says all that is wrong with it`);
}

function parseLine(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

async function readLineAt(file: string, byteOffset: number): Promise<string> {
	let handle: FileHandle | undefined;
	try {
		handle = await open(file, "r");
		const pieces: Buffer[] = [];
		for (let at = byteOffset; ; ) {
			const { bytesRead, buffer } = await handle.read(Buffer.alloc(pieceBytes), 0, pieceBytes, at);
			const piece = buffer.subarray(0, bytesRead);
			const end = piece.indexOf(0x0a);
			pieces.push(end < 0 ? piece : piece.subarray(0, end));
			if (end >= 0 || bytesRead === 0) return Buffer.concat(pieces).toString("utf8");
			at += bytesRead;
		}
	} catch (error) {
		throw configurationError(`cannot read ${file}: ${messageOf(error)}`, undefined, error);
	} finally {
		await handle?.close();
	}
}
