import { z } from "zod";
import { holdsKey } from "../config/secrets.js";
import { escapeNonAscii } from "../shards/write-jsonl.js";
import { canonicalJson } from "../teacher/canonical-json.js";
import { type LedgerEntry, ledgerEntrySchema } from "../teacher/ledger-entry.js";
import { type Grant, grantKeyPattern, grantSchema } from "./retry-grants.js";

/**
 * A ledger as JSON Lines: an entry a line, then a line for each grant. Members are sorted and characters outside ASCII escaped, so
 * that equal ledgers are equal bytes.
 */
export type LedgerLine = { readonly type: "entry"; readonly entry: LedgerEntry } | { readonly type: "grant"; readonly id: string; readonly grant: Grant };

const entryLineSchema = ledgerEntrySchema.extend({ key: z.string().regex(/^[0-9a-f]{64}$/, "must be a sha256 in lower-case hex") });
const grantLineSchema = grantSchema.extend({ grant: z.string().regex(grantKeyPattern, "must be the id of a row") });

export function writeEntryLine(entry: LedgerEntry): string {
	return `${escapeNonAscii(canonicalJson(entry))}\n`;
}

export function writeGrantLine(id: string, grant: Grant): string {
	return `${escapeNonAscii(canonicalJson({ grant: id, ...grant }))}\n`;
}

/** Reads a line's value; members that a later version adds are left out. @returns what is wrong with it, where it cannot be used */
export function readLedgerLine(value: unknown): LedgerLine | { readonly problem: string } {
	const problem = findForbidden(value);
	if (problem !== undefined) return { problem };
	if (typeof value === "object" && value !== null && "grant" in value) {
		const { data, error } = grantLineSchema.safeParse(value);
		if (data === undefined) return { problem: describe(error) };
		const { grant: id, ...grant } = data;
		return { type: "grant", id, grant };
	}
	const { data, error } = entryLineSchema.safeParse(value);
	return data === undefined ? { problem: describe(error) } : { type: "entry", entry: data };
}

function describe(error: z.ZodError): string {
	return z.prettifyError(error).replace(/\s*\n\s*/g, "; ");
}

/** Names of members that hold what belongs into no file. */
const secretName =
	/^(?:x-)?(?:authorization|(?:api|secret|private|access)[-_]?key|(?:access|auth|bearer|refresh)[-_]?token|secret|passwo?r?d|credentials?|cookie)$/i;
/** A picture as text: a data URL, or the beginning of a PNG, JPEG, GIF or WebP in base64 with a good deal after it. */
const picture = /data:image\/[a-z0-9.+-]+;base64,|(?:iVBORw0KGgo|\/9j\/|R0lGOD[lh]|UklGR)[A-Za-z0-9+/]{200}/;

/** Entries are flat; what goes deeper is none, and is not followed. */
const maxDepth = 16;

/** Says what a ledger must not hold, where a value holds it: a key, or a picture's bytes. The finding itself is not repeated. */
export function findForbidden(value: unknown, path: readonly string[] = []): string | undefined {
	const place = path.join(".") || "the line";
	if (typeof value === "string") {
		if (picture.test(value)) return `${place}: holds a picture's bytes`;
		return holdsKey(value) ? `${place}: holds what looks like a key` : undefined;
	}
	if (typeof value !== "object" || value === null) return undefined;
	if (path.length > maxDepth) return `${place}: is nested too deeply`;
	for (const [name, member] of Object.entries(value)) {
		const here = [...path, holdsKey(name) ? "(not shown)" : name];
		if (secretName.test(name)) return `${here.join(".")}: is a member that holds a key, by its name`;
		const found = findForbidden(member, here);
		if (found !== undefined) return found;
	}
	return undefined;
}
