import { openLedgerForReading } from "../teacher/index.js";
import { findLedger } from "./ledger-folder.js";
import { writeEntryLine, writeGrantLine } from "./ledger-lines.js";
import { grantSchema, grantsTable } from "./retry-grants.js";

export interface ExportedLedger {
	readonly ledger: string;
	readonly entries: number;
	readonly grants: number;
	/** Left out: a run takes them for absent. */
	readonly damaged: number;
}

/** Lines are handed on together to this size. @unit characters */
const handedOnTogether = 256 * 1024;

/**
 * Hands a ledger on as JSON Lines, piece by piece: an entry a line in the order of their keys, then the attempts that were granted.
 * Equal ledgers give equal bytes.
 * @param take is awaited before the next piece is read: memory does not grow with the ledger
 * @throws CandorError (exit 2) where there is no ledger
 */
export async function exportLedger(folder: string, take: (pieces: AsyncIterable<string>) => Promise<void>): Promise<ExportedLedger> {
	const path = findLedger(folder);
	const ledger = openLedgerForReading(path);
	const counts = { entries: 0, grants: 0 };

	function* lines(): Generator<string> {
		for (const entry of ledger.entries()) {
			counts.entries++;
			yield writeEntryLine(entry);
		}
		for (const [id, grant] of ledger.readTable(grantsTable, grantSchema).entries()) {
			counts.grants++;
			yield writeGrantLine(id, grant);
		}
	}

	try {
		await take(joinLines(lines()));
		return { ledger: path, ...counts, damaged: ledger.damagedCount() };
	} finally {
		await ledger.close();
	}
}

async function* joinLines(lines: Iterable<string>): AsyncGenerator<string> {
	let waiting = "";
	for (const line of lines) {
		waiting += line;
		if (waiting.length < handedOnTogether) continue;
		yield waiting;
		waiting = "";
	}
	if (waiting !== "") yield waiting;
}
