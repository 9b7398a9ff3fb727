/** Errors, sorted by consequence: what the program does about them, which is also its exit status. */

/** @see CandorError.exitCode */
export const exitCodes = {
	ok: 0,
	unexpected: 1,
	configuration: 2,
	gateFailed: 3,
	teacherUnavailable: 4,
	budgetReached: 5,
	interrupted: 130,
	terminated: 143,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** An error that a person can act on. The message names file, line, field and value; `remedy` says what to do. */
export class CandorError extends Error {
	readonly exitCode: ExitCode;
	readonly remedy: string | undefined;

	constructor(message: string, options: { exitCode: ExitCode; remedy?: string; cause?: unknown }) {
		super(message, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = "CandorError";
		this.exitCode = options.exitCode;
		this.remedy = options.remedy;
	}
}

/** What the user wrote cannot be used: a config, a flag, a file. Nothing was started. Exit 2. */
export function configurationError(message: string, remedy?: string, cause?: unknown): CandorError {
	return new CandorError(message, {
		exitCode: exitCodes.configuration,
		...(remedy === undefined ? {} : { remedy }),
		...(cause === undefined ? {} : { cause }),
	});
}

/** What was made does not pass. Exit 3. */
export function gateError(message: string, remedy?: string): CandorError {
	return new CandorError(message, { exitCode: exitCodes.gateFailed, ...(remedy === undefined ? {} : { remedy }) });
}

/** The teacher cannot be reached or does not let us in. Nothing is lost: the same command goes on later. Exit 4. */
export function teacherError(message: string, remedy?: string, cause?: unknown): CandorError {
	return new CandorError(message, {
		exitCode: exitCodes.teacherUnavailable,
		...(remedy === undefined ? {} : { remedy }),
		...(cause === undefined ? {} : { cause }),
	});
}

/** The text of anything thrown. */
export function messageOf(thrown: unknown): string {
	return thrown instanceof Error ? thrown.message : String(thrown);
}
