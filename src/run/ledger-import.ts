import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { configurationError } from "../records/index.js";
import { isJsonlProblem, readJsonl } from "../shards/index.js";
import { type Ledger, type LedgerEntry, openLedger, openLedgerForReading } from "../teacher/index.js";
import { findLedger, placeLedger } from "./ledger-folder.js";
import { findForbidden, type LedgerLine, readLedgerLine } from "./ledger-lines.js";
import { type Grant, grantSchema, grantsTable } from "./retry-grants.js";

export interface AbsorbedLedger {
	readonly ledger: string;
	/** Entries and grants that were not there, or only as damaged ones. */
	readonly added: number;
	/** Those that were there already. */
	readonly known: number;
	/** Of those, the ones with another answer: ours stays. */
	readonly conflicts: number;
	/** Lines or entries that cannot be used. */
	readonly bad: number;
	/** The first of them, each with its file and line, or its ledger and key. */
	readonly problems: readonly string[];
}

/** So many problems are named. */
const namedProblems = 20;
/** Entries are committed together: each commit waits for the disk. */
const committedTogether = 4000;

/** Brings the lines of an exported ledger back. @throws CandorError (exit 2) where the file cannot be read or a run is at work in the folder */
export async function importLedger(folder: string, file: string): Promise<AbsorbedLedger> {
	async function* lines(): AsyncGenerator<Found> {
		for await (const item of readJsonl(file)) {
			const where = `${file}:${item.line}`;
			if (isJsonlProblem(item)) yield { where, problem: item.problem };
			else yield { where, ...readLedgerLine(item.value) };
		}
	}
	return absorb(folder, lines());
}

/** Adds what other ledgers hold; they stay as they are. @throws CandorError (exit 2) where one of them is none, or is this one */
export async function mergeLedgers(folder: string, others: readonly string[]): Promise<AbsorbedLedger> {
	const paths = others.map(findLedger);
	for (const [index, path] of paths.entries()) {
		if (nameOf(path) === nameOf(placeLedger(folder)))
			throw configurationError(`${others[index]} is the ledger that is added to`, "name the folders of other runs");
	}
	async function* entries(): AsyncGenerator<Found> {
		for (const path of paths) {
			const other = openLedgerForReading(path);
			try {
				for (const scanned of other.scan()) {
					const where = `${path}: ${scanned.key}`;
					const problem = "problem" in scanned ? scanned.problem : findForbidden(JSON.parse(scanned.text));
					if (problem === undefined && "entry" in scanned) yield { where, type: "entry", entry: scanned.entry };
					else yield { where, problem: problem ?? "" };
				}
				for (const [id, grant] of other.readTable(grantsTable, grantSchema).entries()) yield { where: `${path}: ${id}`, type: "grant", id, grant };
			} finally {
				await other.close();
			}
		}
	}
	return absorb(folder, entries());
}

function nameOf(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return resolve(path);
	}
}

type Found = { readonly where: string } & (LedgerLine | { readonly problem: string });

async function absorb(folder: string, found: AsyncIterable<Found>): Promise<AbsorbedLedger> {
	const path = placeLedger(folder);
	const counts = { added: 0, known: 0, conflicts: 0, bad: 0 };
	const problems: string[] = [];
	let ledger: Ledger | undefined;
	try {
		const entries = new Map<string, LedgerEntry>();
		const grants = new Map<string, Grant>();
		const commit = async (to: Ledger) => {
			await to.change(entries.values());
			const table = to.table(grantsTable, grantSchema);
			await to.atomically(() => {
				for (const [id, grant] of grants) void table.put(id, grant);
			});
			entries.clear();
			grants.clear();
		};
		for await (const item of found) {
			// Opened with the first of them: what cannot be read leaves no folder behind.
			ledger ??= openLedger(path);
			if ("problem" in item) {
				counts.bad++;
				if (problems.length < namedProblems) problems.push(`${item.where}: ${item.problem}`);
				continue;
			}
			const isConflict =
				item.type === "entry"
					? addUnlessKnown(entries, item.entry.key, item.entry, ledger.get(item.entry.key), answerOf)
					: addUnlessKnown(grants, item.id, item.grant, ledger.readTable(grantsTable, grantSchema).get(item.id), ({ attempts }) => String(attempts));
			if (isConflict === undefined) counts.added++;
			else counts.known++;
			if (isConflict === true) counts.conflicts++;
			if (entries.size + grants.size >= committedTogether) await commit(ledger);
		}
		if (ledger !== undefined) await commit(ledger);
		return { ledger: path, ...counts, problems };
	} finally {
		await ledger?.close();
	}
}

/** @returns whether what is known says something else; nothing where it was not known, and is added */
function addUnlessKnown<Value>(
	waiting: Map<string, Value>,
	key: string,
	value: Value,
	known: Value | undefined,
	contentOf: (value: Value) => string,
): boolean | undefined {
	const ours = waiting.get(key) ?? known;
	if (ours !== undefined) return contentOf(ours) !== contentOf(value);
	waiting.set(key, value);
	return undefined;
}

/** What rows are made of: not when it came, nor how long it took. */
function answerOf({ answer }: LedgerEntry): string {
	return answer.type === "failure" ? JSON.stringify([answer.reason]) : JSON.stringify([answer.finishReason, answer.text]);
}
