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
		let release = () => {};
		const finish = () => {
			forget();
			release();
		};
		const forget = onAbort(signal, () => {
			finish();
			reject(signal.reason);
		});
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

const callbacksOf = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back once when a signal that has not been aborted yet is. One signal is shared by thousands of requests, and each
 * listener of its own would be compared with all others when it is added and looked for among them when it is removed.
 * @returns forgets the callback
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
	const callbacks = callbacksOf.get(signal) ?? listenTo(signal);
	// The same function may be given twice: each time is its own.
	const entry = () => callback();
	callbacks.add(entry);
	return () => callbacks.delete(entry);
}

function listenTo(signal: AbortSignal): Set<() => void> {
	const callbacks = new Set<() => void>();
	callbacksOf.set(signal, callbacks);
	allowManyListeners(signal);
	signal.addEventListener(
		"abort",
		() => {
			for (const callback of callbacks) callback();
			callbacks.clear();
		},
		{ once: true },
	);
	return callbacks;
}

/** Tells Node that a signal is shared by thousands of requests: its warning about a leak at the eleventh listener is none of ours. */
function allowManyListeners(signal: AbortSignal): void {
	setMaxListeners(0, signal);
}
