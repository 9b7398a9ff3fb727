import { z } from "zod";
import type { Candidate } from "../records/index.js";
import type { LedgerReader } from "../teacher/index.js";

/**
 * Attempts that `candor retry` gave to candidates beyond those of the config. They lie in the ledger, since rows depend on them as
 * they do on replies.
 */
export const grantSchema = z.object({
	/** How many, over all times that it was given one. */
	attempts: z.int().min(1).max(1000),
	/** The rejection that the last one was given for, as a hash: given for that once, however often it is asked for. */
	rejection: z.string(),
});
export type Grant = z.infer<typeof grantSchema>;

/** The ledger's table of them; their keys are the ids that the candidates' rows have or would have. */
export const grantsTable = "grants";
export const grantKeyPattern = /^[a-z][a-z0-9-]{0,200}$/;

/** How many a pipeline's candidates were given. */
export function readGrants(ledger: Pick<LedgerReader, "readTable">, pipeline: string): (candidate: Candidate) => number {
	const grants = ledger.readTable(grantsTable, grantSchema);
	return ({ group }) => grants.get(`${pipeline}-${group}`)?.attempts ?? 0;
}
