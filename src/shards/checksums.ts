import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { CandorError, exitCodes, messageOf } from "../records/index.js";
import { writeFileAtomic } from "./write-jsonl.js";

/** The sha256 of a file's bytes, in hex; the file is streamed. @throws CandorError (exit 1) naming the file, where it cannot be read */
export async function hashFile(path: string): Promise<string> {
	const hash = createHash("sha256");
	try {
		await pipeline(createReadStream(path), hash);
	} catch (error) {
		throw new CandorError(`cannot read ${path}: ${messageOf(error)}`, { exitCode: exitCodes.unexpected, cause: error });
	}
	return hash.digest("hex");
}

/** sha256sum marks a line whose name it had to escape with a backslash in front. */
function checksumLine(sha256: string, file: string): string {
	const escaped = file.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
	return `${escaped === file ? "" : "\\"}${sha256}  ${escaped}\n`;
}

/**
 * Writes SHA256SUMS into a run's folder, sorted by name, as `sha256sum --check` reads it.
 * @param files paths relative to the run's folder, with forward slashes
 * @throws CandorError (exit 1) naming the file that cannot be read or written
 */
export async function writeChecksums(runFolder: string, files: readonly string[]): Promise<void> {
	const lines: string[] = [];
	for (const file of [...new Set(files)].sort()) lines.push(checksumLine(await hashFile(join(runFolder, file)), file));
	await writeFileAtomic(join(runFolder, "SHA256SUMS"), lines.join(""));
}
