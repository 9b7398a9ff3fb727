import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { configurationError } from "../records/index.js";

/** The ledger of a folder, which is a run's or the ledger's own. @throws CandorError (exit 2) where it holds none */
export function findLedger(folder: string): string {
	if (isLedger(folder)) return folder;
	if (isLedger(join(folder, "ledger"))) return join(folder, "ledger");
	throw configurationError(
		existsSync(folder) ? `${folder} holds no ledger` : `${folder} does not exist`,
		"Name the folder of a run that has asked a teacher, or a ledger's own folder.",
	);
}

/** Where a ledger is to be written: the one that is there, or a new one in what is, or will be, a run's folder. */
export function placeLedger(folder: string): string {
	return isLedger(folder) || (basename(folder) === "ledger" && !isLedger(join(folder, "ledger"))) ? folder : join(folder, "ledger");
}

function isLedger(folder: string): boolean {
	return existsSync(join(folder, "data.mdb"));
}
