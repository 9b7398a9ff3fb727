import { hash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { open, type RootDatabase } from "lmdb";
import type { z } from "zod";
import { CandorError, configurationError, exitCodes, messageOf } from "../records/index.js";
import { isDatabaseFile } from "./check-database-file.js";
import { type LedgerEntry, ledgerEntrySchema } from "./ledger-entry.js";
import { lockFolder } from "./lock-folder.js";

export { createEntry, type LedgerEntry, type RecordedRequest } from "./ledger-entry.js";

/** What has been answered so far, as one may read it while a run goes on. */
export interface LedgerReader {
	/** The entry of a request key. A damaged one is counted and treated as absent. */
	get(key: string): LedgerEntry | undefined;
	/** How many entries there are, damaged ones included. */
	count(): number;
	/** All entries in the order of their keys, without damaged ones. */
	entries(): Iterable<LedgerEntry>;
	/** How many damaged entries this reader has met, each counted once. */
	damagedCount(): number;
	/** What {@link Ledger.table} has put. */
	readTable<Value>(name: string, schema: z.ZodType<Value>): LedgerTableReader<Value>;
	close(): Promise<void>;
}

/** The durable record of every teacher's reply, and of what has to be as durable as they are. */
export interface Ledger extends LedgerReader {
	/** Resolves once the entry would survive a power cut. */
	put(key: string, entry: LedgerEntry): Promise<void>;
	/** Values of another kind beside the replies, such as what has been spent. Keys and names are short and of ASCII. */
	table<Value>(name: string, schema: z.ZodType<Value>): LedgerTable<Value>;
	/** What `write` puts and removes, without waiting for anything, is durable together or not at all. Resolves once it is. */
	atomically(write: () => void): Promise<void>;
}

/** Values of one kind in a ledger, as one may read them while a run goes on. */
export interface LedgerTableReader<Value> {
	/** A damaged value is treated as absent. */
	get(key: string): Value | undefined;
	/** In the order of the keys. */
	entries(): Iterable<readonly [key: string, value: Value]>;
}

export interface LedgerTable<Value> extends LedgerTableReader<Value> {
	/** Resolves once the value would survive a power cut. */
	put(key: string, value: Value): Promise<void>;
	remove(key: string): Promise<void>;
}

/**
 * Opens the ledger in a folder, which is made where it does not exist, for this process alone.
 * @throws CandorError (exit 2) where another process writes to it, or it is not a ledger.
 */
export function openLedger(folder: string): Ledger {
	mkdirSync(folder, { recursive: true });
	const unlock = lockFolder(folder);
	try {
		const database = openDatabase(folder, false);
		const durably = async (write: () => Promise<unknown>) => {
			try {
				await write();
				await database.flushed;
			} catch (error) {
				throw unwritable(folder, error);
			}
		};
		const reader = readerOf(database);
		return {
			...reader,
			put: (key, entry) => durably(() => database.put(key, seal(JSON.stringify(entry)))),
			table: (name, schema) => ({
				...reader.readTable(name, schema),
				put: (key, value) => durably(() => database.put(tableKey(name, key), seal(JSON.stringify(value)))),
				remove: (key) => durably(() => database.remove(tableKey(name, key))),
			}),
			atomically: (write) => durably(() => database.batch(write)),
			async close() {
				await database.close();
				unlock();
			},
		};
	} catch (error) {
		unlock();
		throw error;
	}
}

/**
 * Opens a ledger for reading only, also while a run writes to it.
 * @throws CandorError (exit 2) where there is none.
 */
export function openLedgerForReading(folder: string): LedgerReader {
	if (!existsSync(join(folder, "data.mdb"))) {
		throw configurationError(`${folder} holds no ledger`, "Name the folder of a run that has asked a teacher.");
	}
	return readerOf(openDatabase(folder, true));
}

/** Keys of replies are hexadecimal, and sort before those of tables. */
const tables = "~";

function tableKey(table: string, key: string): string {
	return `${tables}${table}/${key}`;
}

/** Hexadecimal digits of the sha256 that stands before an entry's text. */
const sealLength = 16;

/** An entry's text with its checksum: a disk that changes a letter must not put it into a row. */
function seal(text: string): string {
	return `${hash("sha256", text, "hex").slice(0, sealLength)}${text}`;
}

function unseal(sealed: string): string {
	const text = sealed.slice(sealLength);
	if (seal(text) !== sealed) throw new Error("the checksum does not fit");
	return text;
}

function unwritable(folder: string, error: unknown): CandorError {
	// The database tells the cause in a promise of its own, which nobody else listens to.
	if (error instanceof Error && "commitError" in error) Promise.resolve(error.commitError).catch(() => {});
	return new CandorError(`the ledger in ${folder} cannot be written (${messageOf(error)}): the disk is full, or not writable`, {
		exitCode: exitCodes.unexpected,
		remedy: "make room, then run the same command again: what was committed is not asked for again",
		cause: error,
	});
}

function openDatabase(folder: string, readOnly: boolean): RootDatabase<string, string> {
	try {
		if (!isDatabaseFile(join(folder, "data.mdb"))) throw new Error("data.mdb is not a ledger, or is damaged");
		return open<string, string>({ path: folder, noSubdir: false, encoding: "string", compression: true, readOnly });
	} catch (error) {
		throw configurationError(
			`The ledger in ${folder} cannot be opened: ${messageOf(error)}`,
			"Check that the folder is on a local disk and writable. If the file is damaged, move the folder away: what it held is asked again.",
			error,
		);
	}
}

function readerOf(database: RootDatabase<string, string>): LedgerReader {
	const damaged = new Set<string>();

	function parse(key: string, read: () => string | undefined): LedgerEntry | undefined {
		try {
			const text = read();
			if (text === undefined) return undefined;
			const entry = ledgerEntrySchema.parse(JSON.parse(unseal(text)));
			if (entry.key === key) return entry;
		} catch {
			// Counted below: whatever is wrong with it, it is asked again.
		}
		damaged.add(key);
		return undefined;
	}

	function* entries(): Generator<LedgerEntry> {
		for (const key of database.getKeys({ end: tables })) {
			const entry = parse(key, () => database.get(key));
			if (entry !== undefined) yield entry;
		}
	}

	function readTable<Value>(name: string, schema: z.ZodType<Value>): LedgerTableReader<Value> {
		const get = (key: string): Value | undefined => {
			try {
				const text = database.get(tableKey(name, key));
				return text === undefined ? undefined : schema.parse(JSON.parse(unseal(text)));
			} catch {
				return undefined;
			}
		};
		return {
			get,
			*entries() {
				const start = tableKey(name, "");
				for (const key of database.getKeys({ start, end: `${start}\u007f` })) {
					const value = get(key.slice(start.length));
					if (value !== undefined) yield [key.slice(start.length), value];
				}
			},
		};
	}

	return {
		get: (key) => parse(key, () => database.get(key)),
		count: () => database.getKeysCount({ end: tables }),
		entries,
		readTable,
		damagedCount: () => damaged.size,
		close: () => database.close(),
	};
}
