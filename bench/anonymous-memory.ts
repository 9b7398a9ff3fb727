import { readFileSync } from "node:fs";

/** The anonymous memory of a process, where Linux tells. */
export function anonymousMebibytes(pid: number | undefined): number | undefined {
	try {
		const kibibytes = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
		return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
	} catch {
		return undefined;
	}
}
