import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { isAbsolute, join, normalize } from "node:path";
import { hashFile } from "../shards/index.js";
import type { ProblemList } from "./problem-list.js";

/**
 * Checks a run's SHA256SUMS, if it has one.
 * @param told files that something has been said about already; they are left out
 */
export async function checkChecksums(runFolder: string, told: ReadonlySet<string>, problems: ProblemList): Promise<void> {
	const sums = join(runFolder, "SHA256SUMS");
	if (!existsSync(sums)) return;
	const lines = (await readFile(sums, "utf8")).split("\n");
	for (const [index, text] of lines.entries()) {
		if (text === "") continue;
		const [, escaped, sha256, rest] = /^(\\?)([0-9a-f]{64}) [ *](.+)$/.exec(text) ?? [];
		const name = rest === undefined || escaped === "" ? rest : unescapeName(rest);
		if (name === undefined || isAbsolute(name) || normalize(name).startsWith("..")) {
			problems.add({ file: sums, line: index + 1, reason: "checksum-line", detail: "The line is not a checksum of a file of this run." });
			continue;
		}
		const file = join(runFolder, name);
		if (told.has(file)) continue;
		if (!existsSync(file)) problems.add({ file, reason: "file-missing", detail: "SHA256SUMS lists it, and it is not there." });
		else if ((await hashFile(file)) !== sha256)
			problems.add({ file, reason: "checksum-differs", detail: "Its content has changed since SHA256SUMS was written." });
	}
}

/** Undoes what sha256sum does to a name with a line break or a backslash in it. */
function unescapeName(name: string): string {
	return name.replace(/\\([\\nr])/g, (_, code: string) => ({ n: "\n", r: "\r" })[code] ?? "\\");
}
