import { setMaxListeners } from "node:events";

/** Waits. Rejects with the signal's reason as soon as it is aborted. @unit milliseconds */
export function delay(waitMs: number, signal: AbortSignal): Promise<void> {
	return settleOrAbort(signal, (resolve) => {
		const timer = setTimeout(resolve, waitMs);
		return () => clearTimeout(timer);
	});
}

/** Waits for a promise that others wait for too. Rejects with the signal's reason as soon as it is aborted. */
export function waitFor<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
	return settleOrAbort(signal, (resolve, reject) => {
		promise.then(resolve, reject);
		return () => {};
	});
}

/** Runs `start` until it settles or the signal aborts; the function that it returns releases what it holds, in both cases. */
export function settleOrAbort<Value>(
	signal: AbortSignal,
	start: (resolve: (value: Value) => void, reject: (reason: unknown) => void) => () => void,
): Promise<Value> {
	return new Promise((resolve, reject) => {
		if (signal.aborted) return reject(signal.reason);
		allowManyListeners(signal);
		let release = () => {};
		const finish = () => {
			signal.removeEventListener("abort", onAbort);
			release();
		};
		const onAbort = () => {
			finish();
			reject(signal.reason);
		};
		signal.addEventListener("abort", onAbort, { once: true });
		release = start(
			(value) => {
				finish();
				resolve(value);
			},
			(reason) => {
				finish();
				reject(reason);
			},
		);
	});
}

/** Tells Node that a signal is shared by thousands of requests: its warning about a leak at the eleventh listener is none of ours. */
export function allowManyListeners(signal: AbortSignal): void {
	setMaxListeners(0, signal);
}
