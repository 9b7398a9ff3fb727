import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { limitConcurrency, type Teacher } from "../../src/teacher/index.js";
import { makeRequest } from "../support/make-request.js";

function makeTeacher(): { teacher: Teacher; order: string[]; inFlightMax: () => number } {
	const order: string[] = [];
	let inFlight = 0;
	let most = 0;
	return {
		order,
		inFlightMax: () => most,
		teacher: {
			async ask(request, signal) {
				order.push(request.model);
				inFlight += 1;
				most = Math.max(most, inFlight);
				await sleep(5, undefined, { signal }).catch(() => {});
				inFlight -= 1;
				signal.throwIfAborted();
				return { type: "reply", text: request.model, finishReason: "stop" };
			},
			close: async () => {},
		},
	};
}

test("no more than so many at a time, higher priority first, else in order", async () => {
	const { teacher, order, inFlightMax } = makeTeacher();
	const limited = limitConcurrency(teacher, 2);
	const { signal } = new AbortController();
	const ask = (model: string, priority: number) => limited.ask(makeRequest("a", { model, priority }), signal);
	const answers = await Promise.all([ask("a", 0), ask("b", 0), ask("c", 0), ask("d", 0), ask("e", 1), ask("f", 0.5)]);
	expect(answers.map((answer) => answer.type === "reply" && answer.text).join("")).toBe("abcdef");
	expect(order.join("")).toBe("abefcd");
	expect(inFlightMax()).toBe(2);
});

test("an aborted request leaves the queue with the signal's reason and is not asked", async () => {
	const { teacher, order } = makeTeacher();
	const limited = limitConcurrency(teacher, 1);
	const controller = new AbortController();
	const first = limited.ask(makeRequest("a", { model: "a" }), new AbortController().signal);
	const second = limited.ask(makeRequest("a", { model: "b" }), controller.signal);
	const reason = new Error("stop");
	controller.abort(reason);
	await expect(second).rejects.toBe(reason);
	await first;
	expect(order).toEqual(["a"]);
});

test("many waiting requests share one signal without a warning", async () => {
	const warnings: Error[] = [];
	const onWarning = (warning: Error) => warnings.push(warning);
	process.on("warning", onWarning);
	const limited = limitConcurrency(makeTeacher().teacher, 50);
	const { signal } = new AbortController();
	await Promise.all(Array.from({ length: 200 }, () => limited.ask(makeRequest("a"), signal)));
	await sleep(1);
	process.off("warning", onWarning);
	expect(warnings).toEqual([]);
});
