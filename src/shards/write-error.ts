import { CandorError, exitCodes, messageOf } from "../records/index.js";

function remedyFor(code: string | undefined): string {
	switch (code) {
		case "ENOSPC":
		case "EDQUOT":
			return "Free some disk space, then run the same command again: finished work is kept.";
		case "EACCES":
		case "EPERM":
		case "EROFS":
			return "Make the folder writable, or choose another with --out.";
		case "EMFILE":
		case "ENFILE":
			return "Raise the limit of open files (ulimit -n), then run the same command again.";
		default:
			return "Look at the disk and the folder, then run the same command again.";
	}
}

/** The system's code of an error (`ENOSPC`), where it has one. */
export function systemCode(thrown: unknown): string | undefined {
	return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : undefined;
}

/** What is thrown where a file cannot be written: exit 1, since neither the config nor the data is to blame. */
export function writeError(path: string, thrown: unknown): CandorError {
	if (thrown instanceof CandorError) return thrown;
	const code = systemCode(thrown);
	const what = code === "ENOSPC" ? "the disk is full" : messageOf(thrown);
	return new CandorError(`cannot write ${path}: ${what}`, { exitCode: exitCodes.unexpected, remedy: remedyFor(code), cause: thrown });
}
