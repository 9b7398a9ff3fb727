import { hash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { open, type RootDatabase } from "lmdb";
import { z } from "zod";
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
	/** Every entry in the order of their keys, with its text as it lies on disk; of damaged ones, what is wrong with them. */
	scan(): Iterable<ScannedEntry>;
	/** How many damaged entries this reader has met, each counted once. */
	damagedCount(): number;
	/** What {@link Ledger.table} has put. */
	readTable<Value>(name: string, schema: z.ZodType<Value>): LedgerTableReader<Value>;
	close(): Promise<void>;
}

export type ScannedEntry = { readonly key: string } & ({ readonly entry: LedgerEntry; readonly text: string } | { readonly problem: string });

/** The durable record of every teacher's reply, and of what has to be as durable as they are. */
export interface Ledger extends LedgerReader {
	/** Resolves once the entry would survive a power cut. */
	put(key: string, entry: LedgerEntry): Promise<void>;
	/** Puts and removes all of that in one commit. Resolves once it would survive a power cut. */
	change(entries: Iterable<LedgerEntry>, removedKeys?: Iterable<string>): Promise<void>;
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

/** What a run has before it has asked anybody. */
export const emptyLedger: Pick<LedgerReader, "get" | "readTable"> = {
	get: () => undefined,
	readTable: () => ({ get: () => undefined, entries: () => [] }),
};

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
	makeFolder(folder);
	const unlock = lockFolder(folder);
	try {
		const database = openDatabase(folder, false);
		let isClosed = false;
		const durably = async (write: () => Promise<unknown>) => {
			// The database does not ask: a write after its end takes the process down.
			if (isClosed) throw new Error(`the ledger in ${folder} is closed`);
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
			change: (entries, removedKeys = []) =>
				durably(async () => {
					const writes: Promise<unknown>[] = [];
					await database.batch(() => {
						for (const entry of entries) writes.push(database.put(entry.key, seal(JSON.stringify(entry))));
						for (const key of removedKeys) writes.push(database.remove(key));
					});
					await Promise.all(writes);
				}),
			table: (name, schema) => ({
				...reader.readTable(name, schema),
				put: (key, value) => durably(() => database.put(tableKey(name, key), seal(JSON.stringify(value)))),
				remove: (key) => durably(() => database.remove(tableKey(name, key))),
			}),
			atomically: (write) => durably(() => database.batch(write)),
			async close() {
				isClosed = true;
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

/** What LMDB says where its pages do not hang together any more. */
const damagedPattern = /MDB_(?:BAD_TXN|CORRUPTED|PAGE_NOTFOUND|PANIC|INVALID|CURSOR_FULL)/;

function damagedError(error: unknown): CandorError {
	return configurationError(
		`The ledger is damaged: ${messageOf(error)}`,
		"Restore its folder from a copy, or move it away: what it held is asked again. Entries that can still be read one by one are not to be had.",
		error,
	);
}

function unwritable(folder: string, error: unknown): CandorError {
	if (damagedPattern.test(messageOf(error))) return damagedError(error);
	// The database tells the cause in a promise of its own, which nobody else listens to.
	if (error instanceof Error && "commitError" in error) Promise.resolve(error.commitError).catch(() => {});
	return new CandorError(`the ledger in ${folder} cannot be written (${messageOf(error)}): the disk is full, or not writable`, {
		exitCode: exitCodes.unexpected,
		remedy: "make room, then run the same command again: what was committed is not asked for again",
		cause: error,
	});
}

function makeFolder(folder: string): void {
	try {
		mkdirSync(folder, { recursive: true });
	} catch (error) {
		throw configurationError(`${folder} cannot be made: ${messageOf(error)}`, "Make the folder above it writable for this user, or use another one.", error);
	}
}

function openDatabase(folder: string, readOnly: boolean): RootDatabase<string, string> {
	try {
		if (!isDatabaseFile(join(folder, "data.mdb"), !readOnly)) throw new Error("data.mdb is not a ledger, or is damaged or cut short");
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

	function parse(key: string): { entry: LedgerEntry; text: string } | { problem: string } | undefined {
		try {
			const sealed = database.get(key);
			if (sealed === undefined) return undefined;
			const text = unseal(sealed);
			const entry = ledgerEntrySchema.parse(JSON.parse(text));
			if (entry.key !== key) throw new Error("it is another entry than its key says");
			return { entry, text };
		} catch (error) {
			// Whatever is wrong with it, it is asked again.
			damaged.add(key);
			return { problem: error instanceof z.ZodError ? z.prettifyError(error).replace(/\s*\n\s*/g, "; ") : messageOf(error) };
		}
	}

	function get(key: string): LedgerEntry | undefined {
		const parsed = parse(key);
		return parsed !== undefined && "entry" in parsed ? parsed.entry : undefined;
	}

	function* scan(): Generator<ScannedEntry> {
		try {
			for (const key of database.getKeys({ end: tables })) {
				const parsed = parse(key);
				if (parsed !== undefined) yield { key, ...parsed };
			}
		} catch (error) {
			throw /^MDB_/.test(messageOf(error)) ? damagedError(error) : error;
		}
	}

	function* entries(): Generator<LedgerEntry> {
		for (const scanned of scan()) if ("entry" in scanned) yield scanned.entry;
	}

	function readTable<Value>(name: string, schema: z.ZodType<Value>): LedgerTableReader<Value> {
		const getValue = (key: string): Value | undefined => {
			try {
				const text = database.get(tableKey(name, key));
				return text === undefined ? undefined : schema.parse(JSON.parse(unseal(text)));
			} catch {
				return undefined;
			}
		};
		return {
			get: getValue,
			*entries() {
				const start = tableKey(name, "");
				for (const key of database.getKeys({ start, end: `${start}\u007f` })) {
					const value = getValue(key.slice(start.length));
					if (value !== undefined) yield [key.slice(start.length), value];
				}
			},
		};
	}

	return {
		get,
		count: () => database.getKeysCount({ end: tables }),
		entries,
		scan,
		readTable,
		damagedCount: () => damaged.size,
		close: () => database.close(),
	};
}
