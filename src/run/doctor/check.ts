import type { Exam } from "./exam.js";

/** What a check came to. `fail`: a run could make nothing good with this; `warn`: it could, and something is worth knowing. */
export interface Verdict {
	readonly result: "ok" | "warn" | "fail" | "skipped";
	readonly found: string;
	/** What to do about it: the line of the config, where there is one. */
	readonly remedy?: string;
}

export interface Finding extends Verdict {
	readonly check: string;
}

/** One question to a server, answered with a few small requests. */
export interface Check {
	readonly name: string;
	/** What follows where it fails: `unavailable` and `useless` end the examination, the first as an outage. */
	readonly ifFailed?: "unavailable" | "useless";
	examine(exam: Exam): Promise<Verdict>;
}

export function ok(found: string, remedy?: string): Verdict {
	return { result: "ok", found, ...(remedy === undefined ? {} : { remedy }) };
}

export function warn(found: string, remedy?: string): Verdict {
	return { result: "warn", found, ...(remedy === undefined ? {} : { remedy }) };
}

export function fail(found: string, remedy?: string): Verdict {
	return { result: "fail", found, ...(remedy === undefined ? {} : { remedy }) };
}
