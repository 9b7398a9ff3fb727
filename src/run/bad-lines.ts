import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { stringifyRow } from "../shards/index.js";
import { writeError } from "../shards/write-error.js";
import type { BadLine } from "../sources/source.js";

/** Parts of a source that cannot be used, on their way to the run's rejects.jsonl. */
export interface BadLineLog {
	readonly count: number;
	/** By reason. */
	readonly reasons: Readonly<Record<string, number>>;
	add(bad: BadLine): void;
	/** Puts the file in its place; where nothing was added, none is left there. */
	close(): void;
}

/** Bad lines told one by one before the rest is only counted. */
const toldLines = 10;
/** Lines are gathered to this size before they are written. @unit characters */
const bufferLength = 1024 * 1024;

/**
 * Writes bad lines as they come: a folder without its pictures gives hundreds of thousands. Writes at once and not later, since
 * whoever tells of a line does not wait.
 * @throws CandorError (exit 1) where the file cannot be written
 */
export function openBadLineLog(path: string, warn: (message: string) => void): BadLineLog {
	const temporary = `${path}.tmp`;
	const reasons: Record<string, number> = {};
	let file: number | undefined;
	let waiting = "";
	let count = 0;

	const attempt = (write: () => void): void => {
		try {
			write();
		} catch (error) {
			throw writeError(path, error);
		}
	};
	const flush = (): void => {
		file ??= openSync(temporary, "w");
		writeSync(file, waiting);
		waiting = "";
	};
	return {
		get count() {
			return count;
		},
		reasons,
		add(bad) {
			count++;
			reasons[bad.reason] = (reasons[bad.reason] ?? 0) + 1;
			waiting += `${stringifyRow(bad)}\n`;
			if (waiting.length > bufferLength) attempt(flush);
			if (count <= toldLines) warn(`${bad.file}${bad.line === undefined ? "" : `:${bad.line}`}: left out: ${bad.detail} (${bad.reason})`);
		},
		close() {
			attempt(() => {
				if (count === 0) {
					rmSync(path, { force: true });
					return;
				}
				flush();
				if (file === undefined) return;
				fsyncSync(file);
				closeSync(file);
				renameSync(temporary, path);
			});
			if (count > toldLines) warn(`${count - toldLines} more lines were left out; all are in ${path}`);
		},
	};
}
