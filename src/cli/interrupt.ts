import { type ExitCode, exitCodes } from "../records/errors.js";

export interface Interrupts {
	/** Aborted by the first signal. */
	readonly signal: AbortSignal;
	/** The exit status that the first signal stands for; undefined while none came. */
	exitCode(): ExitCode | undefined;
	/** Leaves signals to the system again. */
	stop(): void;
}

/** The first SIGINT or SIGTERM asks for a clean end, the second ends at once with 130 or 143. */
export function listenForInterrupts(onFirst: () => void): Interrupts {
	const controller = new AbortController();
	let code: ExitCode | undefined;
	const listen = (signalCode: ExitCode) => (): void => {
		if (code !== undefined) {
			process.exit(signalCode);
		}
		code = signalCode;
		onFirst();
		controller.abort();
	};
	const onInterrupt = listen(exitCodes.interrupted);
	const onTerminate = listen(exitCodes.terminated);
	process.on("SIGINT", onInterrupt);
	process.on("SIGTERM", onTerminate);
	return {
		signal: controller.signal,
		exitCode: () => code,
		stop: () => {
			process.off("SIGINT", onInterrupt);
			process.off("SIGTERM", onTerminate);
		},
	};
}

/** Whether something was thrown because of the interrupt. */
export function isAbort(thrown: unknown, signal: AbortSignal): boolean {
	return thrown === signal.reason || (thrown instanceof Error && thrown.name === "AbortError");
}
