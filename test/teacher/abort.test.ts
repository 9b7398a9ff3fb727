import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { onAbort, waitFor } from "../../src/teacher/abort.js";

test("thousands who wait for one signal are one listener, each told once, and those who have gone not at all", () => {
	const controller = new AbortController();
	const told: number[] = [];
	const forgets = Array.from({ length: 5000 }, (_, index) => onAbort(controller.signal, () => told.push(index)));
	for (const [index, forget] of forgets.entries()) if (index % 2 === 0) forget();
	expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
	controller.abort();
	controller.abort();
	expect(told).toEqual(forgets.flatMap((_, index) => (index % 2 === 0 ? [] : [index])));
});

test("the same function given twice is told twice, and forgotten singly", () => {
	const controller = new AbortController();
	let told = 0;
	const tell = () => {
		told += 1;
	};
	onAbort(controller.signal, tell);
	onAbort(controller.signal, tell)();
	controller.abort();
	expect(told).toBe(1);
});

test("who waits is rejected with the signal's reason, also where it was aborted before", async () => {
	const controller = new AbortController();
	const reason = new Error("stop");
	const waits = waitFor(new Promise(() => {}), controller.signal);
	controller.abort(reason);
	await expect(waits).rejects.toBe(reason);
	await expect(waitFor(Promise.resolve(1), controller.signal)).rejects.toBe(reason);
});
