import { openLedger, openLedgerForReading } from "../teacher/index.js";
import { findLedger } from "./ledger-folder.js";
import { findForbidden } from "./ledger-lines.js";

export interface LedgerFault {
	readonly key: string;
	readonly problem: string;
}

export interface LedgerReport {
	readonly ledger: string;
	readonly entries: number;
	/** Entries whose checksum, form or key is wrong: a run takes them for absent, and asks again. */
	readonly damaged: number;
	/** Entries that are whole and hold what belongs into no ledger: a key, or a picture's bytes. */
	readonly forbidden: number;
	/** The first of both. */
	readonly faults: readonly LedgerFault[];
	/** How many of them were removed. */
	readonly dropped: number;
}

/** So many faults are named. */
const namedFaults = 20;
/** Entries are removed together, so many in a commit. */
const removedTogether = 4000;

/**
 * Reads every entry of a ledger and says what is wrong.
 * @param drop removes what is: it is asked again by the next run
 * @throws CandorError (exit 2) where there is no ledger, or, to remove, where a run is at work in it
 */
export async function verifyLedger(folder: string, drop: boolean): Promise<LedgerReport> {
	const path = findLedger(folder);
	const writer = drop ? openLedger(path) : undefined;
	const ledger = writer ?? openLedgerForReading(path);
	try {
		const faults: LedgerFault[] = [];
		const faulty: string[] = [];
		let entries = 0;
		let damaged = 0;
		let forbidden = 0;
		for (const scanned of ledger.scan()) {
			entries++;
			const problem = "problem" in scanned ? scanned.problem : findForbidden(JSON.parse(scanned.text));
			if (problem === undefined) continue;
			if ("problem" in scanned) damaged++;
			else forbidden++;
			if (faults.length < namedFaults) faults.push({ key: scanned.key, problem });
			if (drop) faulty.push(scanned.key);
		}
		for (let from = 0; from < faulty.length; from += removedTogether) await writer?.change([], faulty.slice(from, from + removedTogether));
		return { ledger: path, entries, damaged, forbidden, faults, dropped: faulty.length };
	} finally {
		await ledger.close();
	}
}
