import { createHash } from "node:crypto";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeError } from "./write-error.js";
import { syncFolder } from "./write-jsonl.js";

/** A finished shard. `file` is its name within its folder. */
export const shardInfoSchema = z.strictObject({
	file: z.string().min(1),
	rows: z.int().positive(),
	bytes: z.int().positive(),
	sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ShardInfo = z.infer<typeof shardInfoSchema>;

export interface ShardOptions {
	readonly folder: string;
	/** What shards are called: `<name>-00000-of-00003.jsonl`. */
	readonly name: string;
	/** Lines without their newline. */
	readonly rows: AsyncIterable<string> | Iterable<string>;
	/** Rows in one shard at most. */
	readonly maxRows: number;
	/** Size of one shard at most; a line that is longer has a shard to itself. @unit bytes */
	readonly maxBytes: number;
}

/** Lines are gathered to this size before they are written. @unit bytes */
const bufferBytes = 1024 * 1024;

function fiveDigits(index: number): string {
	return String(index).padStart(5, "0");
}

function temporaryName(name: string, index: number): string {
	return `${name}-${fiveDigits(index)}.jsonl.tmp`;
}

function shardName(name: string, index: number, count: number): string {
	return `${name}-${fiveDigits(index)}-of-${fiveDigits(count)}.jsonl`;
}

async function removeMatching(folder: string, name: string, rest: RegExp, keep: ReadonlySet<string>): Promise<void> {
	for (const file of await readdir(folder)) {
		if (!file.startsWith(`${name}-`) || keep.has(file)) continue;
		if (rest.test(file.slice(name.length + 1))) await rm(join(folder, file), { force: true });
	}
}

type Written = Omit<ShardInfo, "file">;

/** One temporary file that lines are appended to. */
async function openShard(
	path: string,
): Promise<{ bytes(): number; rows(): number; append(line: Buffer): Promise<void>; finish(): Promise<Written>; close(): Promise<void> }> {
	const handle = await open(path, "w");
	const hash = createHash("sha256");
	let bytes = 0;
	let rows = 0;
	let waiting: Buffer[] = [];
	let waitingBytes = 0;

	const flush = async (): Promise<void> => {
		const data = Buffer.concat(waiting);
		waiting = [];
		waitingBytes = 0;
		hash.update(data);
		await handle.appendFile(data);
	};
	return {
		bytes: () => bytes,
		rows: () => rows,
		async append(line) {
			waiting.push(line);
			waitingBytes += line.length;
			bytes += line.length;
			rows += 1;
			if (waitingBytes >= bufferBytes) await flush();
		},
		async finish() {
			await flush();
			await handle.sync();
			return { rows, bytes, sha256: hash.digest("hex") };
		},
		close: () => handle.close(),
	};
}

/** Fills temporary files one after the other. `temporaries` names those begun, also where this throws. */
async function writeTemporaries({ folder, name, rows, maxRows, maxBytes }: ShardOptions, temporaries: string[]): Promise<Written[]> {
	const written: Written[] = [];
	let shard: Awaited<ReturnType<typeof openShard>> | undefined;
	try {
		for await (const row of rows) {
			if (row.includes("\n")) throw new TypeError("a row of a JSONL shard must be one line");
			const line = Buffer.from(`${row}\n`, "utf8");
			if (shard !== undefined && (shard.rows() >= maxRows || shard.bytes() + line.length > maxBytes)) {
				written.push(await shard.finish());
				await shard.close();
				shard = undefined;
			}
			if (shard === undefined) {
				const temporary = temporaryName(name, temporaries.length);
				temporaries.push(temporary);
				shard = await openShard(join(folder, temporary));
			}
			await shard.append(line);
		}
		if (shard !== undefined) written.push(await shard.finish());
	} finally {
		await shard?.close();
	}
	return written;
}

/**
 * Writes rows to shards in their order. Rows go to temporary files, which get their names once their number is known, so a file
 * under a final name is whole. Shards that an earlier sealing left under this name are replaced or removed. No rows: no shards.
 * @throws CandorError (exit 1) naming the file, where it cannot be written; its temporary files are removed
 */
export async function writeShards(options: ShardOptions): Promise<ShardInfo[]> {
	const { folder, name } = options;
	const temporaries: string[] = [];
	try {
		await mkdir(folder, { recursive: true });
		await removeMatching(folder, name, /^\d{5,}\.jsonl\.tmp$/, new Set());
		const written = await writeTemporaries(options, temporaries);
		const shards = written.map((info, index) => ({ file: shardName(name, index, written.length), ...info }));
		await removeMatching(folder, name, /^\d{5,}-of-\d{5,}\.jsonl$/, new Set(shards.map((shard) => shard.file)));
		for (const [index, shard] of shards.entries()) await rename(join(folder, temporaryName(name, index)), join(folder, shard.file));
		await syncFolder(folder);
		return shards;
	} catch (error) {
		// What went wrong first is what is told, also where cleaning up goes wrong too.
		for (const temporary of temporaries) await rm(join(folder, temporary), { force: true }).catch(() => undefined);
		throw isSystemError(error) ? writeError(join(folder, temporaries.at(-1) ?? ""), error) : error;
	}
}

/** Rows may come from anywhere, and what their source throws is passed on as it is. */
function isSystemError(thrown: unknown): boolean {
	return thrown instanceof Error && "syscall" in thrown;
}
