import { hash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { open, type RootDatabase } from "lmdb";
import { CandorError, configurationError, exitCodes, messageOf } from "../records/index.js";
import { isDatabaseFile } from "./check-database-file.js";
import { type LedgerEntry, ledgerEntrySchema } from "./ledger-entry.js";
import { lockFolder } from "./lock-folder.js";

export { createEntry, type LedgerEntry } from "./ledger-entry.js";

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
	close(): Promise<void>;
}

/** The durable record of every teacher's reply. */
export interface Ledger extends LedgerReader {
	/** Resolves once the entry would survive a power cut. */
	put(key: string, entry: LedgerEntry): Promise<void>;
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
		return {
			...readerOf(database),
			async put(key, entry) {
				try {
					await database.put(key, seal(JSON.stringify(entry)));
					await database.flushed;
				} catch (error) {
					throw unwritable(folder, error);
				}
			},
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
		for (const key of database.getKeys()) {
			const entry = parse(key, () => database.get(key));
			if (entry !== undefined) yield entry;
		}
	}

	return {
		get: (key) => parse(key, () => database.get(key)),
		count: () => database.getKeysCount(),
		entries,
		damagedCount: () => damaged.size,
		close: () => database.close(),
	};
}
