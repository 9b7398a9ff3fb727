import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { priorityOf } from "../../../src/pipeline/order-pictures.js";
import { type Dispatcher, dispatchRequests, type Teacher } from "../../../src/teacher/index.js";
import { makeImageRef, makeRequest } from "../../support/make-request.js";

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

function dispatch(teacher: Teacher, concurrency: number, stopping?: AbortSignal): Dispatcher {
	return dispatchRequests([{ name: "one", apiKeyEnv: "KEY", concurrency, open: () => teacher }], {
		estimate: () => ({ inputTokens: 1, outputTokens: 1 }),
		maxRetryAfterMs: 1000,
		...(stopping === undefined ? {} : { stopping: { signal: stopping, error: () => new Error("stopped") } }),
	});
}

const { signal } = new AbortController();

test("no more than so many at a time, higher priority first, else in order", async () => {
	const { teacher, order, inFlightMax } = makeTeacher();
	const dispatcher = dispatch(teacher, 2);
	const ask = (model: string, priority: number) => dispatcher.ask(makeRequest("a", { model, priority }), signal);
	const first = [ask("a", 0), ask("b", 0)];
	await Promise.resolve();
	const answers = await Promise.all([...first, ask("c", 0), ask("d", 0), ask("e", 1), ask("f", 0.5)]);
	expect(answers.map((answer) => answer.type === "reply" && answer.text).join("")).toBe("abcdef");
	expect(order.join("")).toBe("abefcd");
	expect(inFlightMax()).toBe(2);
});

test("what comes in one moment goes by priority, too", async () => {
	const { teacher, order } = makeTeacher();
	const dispatcher = dispatch(teacher, 1);
	await Promise.all([0, 2, 1, 2].map((priority, index) => dispatcher.ask(makeRequest("a", { model: `${priority}${"abcd"[index]}`, priority }), signal)));
	expect(order).toEqual(["2b", "2d", "1c", "0a"]);
});

test("an aborted request leaves the line with the signal's reason and is not asked", async () => {
	const { teacher, order } = makeTeacher();
	const dispatcher = dispatch(teacher, 1);
	const controller = new AbortController();
	const first = dispatcher.ask(makeRequest("a", { model: "a" }), signal);
	const second = dispatcher.ask(makeRequest("a", { model: "b" }), controller.signal);
	const reason = new Error("stop");
	controller.abort(reason);
	await expect(second).rejects.toBe(reason);
	expect(dispatcher.counts().waiting).toBe(0);
	await first;
	expect(order).toEqual(["a"]);
});

test("an aborted request that was sent gives its slot to the next", async () => {
	const { teacher, order } = makeTeacher();
	const dispatcher = dispatch(teacher, 1);
	const controller = new AbortController();
	const first = dispatcher.ask(makeRequest("a", { model: "a" }), controller.signal);
	const second = dispatcher.ask(makeRequest("a", { model: "b" }), signal);
	await expect.poll(() => order).toEqual(["a"]);
	controller.abort();
	await expect(first).rejects.toThrow();
	await expect(second).resolves.toMatchObject({ text: "b" });
	expect(dispatcher.counts()).toMatchObject({ inFlight: 0, waiting: 0 });
});

test("a stop refuses what waits at once, and lets come home what is in flight", async () => {
	const { teacher, order } = makeTeacher();
	const stopping = new AbortController();
	const dispatcher = dispatch(teacher, 1, stopping.signal);
	const first = dispatcher.ask(makeRequest("a", { model: "a" }), signal);
	const second = dispatcher.ask(makeRequest("a", { model: "b" }), signal);
	await expect.poll(() => order).toEqual(["a"]);
	stopping.abort();
	await expect(second).rejects.toThrow("stopped");
	await expect(first).resolves.toMatchObject({ text: "a" });
	await expect(dispatcher.ask(makeRequest("a"), signal)).rejects.toThrow("stopped");
	expect(order).toEqual(["a"]);
});

test("many waiting requests share one signal without a warning", async () => {
	const warnings: Error[] = [];
	const onWarning = (warning: Error) => warnings.push(warning);
	process.on("warning", onWarning);
	const dispatcher = dispatch(makeTeacher().teacher, 50);
	await Promise.all(Array.from({ length: 200 }, () => dispatcher.ask(makeRequest("a"), signal)));
	await sleep(1);
	process.off("warning", onWarning);
	expect(warnings).toEqual([]);
});

/** Endpoints that note what they are asked, and are held up until `release`. */
function openPool(names: readonly string[], concurrency: number): { dispatcher: Dispatcher; asked: Map<string, string[]>; release(): void } {
	const asked = new Map<string, string[]>(names.map((name) => [name, []]));
	let release = () => {};
	const held = new Promise<void>((resolve) => {
		release = resolve;
	});
	const teacherOf = (name: string): Teacher => ({
		async ask(request) {
			asked.get(name)?.push(request.model);
			await held;
			await sleep(1);
			return { type: "reply", text: name, finishReason: "stop" };
		},
		close: async () => {},
	});
	const endpoints = names.map((name) => ({ name, apiKeyEnv: "KEY", concurrency, open: () => teacherOf(name) }));
	return {
		dispatcher: dispatchRequests(endpoints, { estimate: () => ({ inputTokens: 1, outputTokens: 1 }), maxRetryAfterMs: 1000 }),
		asked,
		release: () => release(),
	};
}

const pictures = Array.from("0123456789abcdef", (digit) => makeImageRef(digit));

test("requests without a picture are spread evenly", async () => {
	const { dispatcher, asked, release } = openPool(["one", "two", "three"], 10);
	release();
	await Promise.all(Array.from({ length: 15 }, () => dispatcher.ask(makeRequest("a"), signal)));
	expect([...asked.values()].map(({ length }) => length)).toEqual([5, 5, 5]);
});

test("a picture keeps to one endpoint while that has room, and pictures are spread", async () => {
	const { dispatcher, asked, release } = openPool(["one", "two", "three"], 100);
	release();
	await Promise.all(pictures.flatMap((image) => [1, 2, 3].map(() => dispatcher.ask(makeRequest("a", { image, model: image.sha256 }), signal))));
	const perEndpoint = [...asked.values()].map((models) => new Set(models));
	expect(perEndpoint.reduce((sum, models) => sum + models.size, 0)).toBe(pictures.length);
	expect(perEndpoint.every(({ size }) => size > 0)).toBe(true);
});

test("where all endpoints are full, the next that frees a slot mostly gets what it has seen, and none waits for ever", async () => {
	const { dispatcher, asked, release } = openPool(["one", "two", "three"], 2);
	const all = Promise.all(
		Array.from({ length: 40 }, () => pictures)
			.flat()
			.map((image) => dispatcher.ask(makeRequest("a", { image, model: image.sha256 }), signal)),
	);
	release();
	expect(await all).toHaveLength(40 * pictures.length);
	const atHome = pictures.map(({ sha256 }) => Math.max(...[...asked.values()].map((models) => models.filter((model) => model === sha256).length)));
	// By chance it would be a third and a little.
	expect(atHome.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(40 * pictures.length * 0.6);
});

test("it is so as well where requests come as in a run, each picture with a priority of its own", async () => {
	const { dispatcher, asked, release } = openPool(["one", "two", "three"], 2);
	const few = 6;
	const all = Promise.all(
		pictures.flatMap((image) =>
			Array.from({ length: few }, () => dispatcher.ask({ ...makeRequest("a", { image, model: image.sha256 }), priority: priorityOf(0, image.sha256) }, signal)),
		),
	);
	release();
	await all;
	const homes = pictures.map(({ sha256 }) => [...asked.values()].filter((models) => models.includes(sha256)).length);
	// Without a look at those behind, nearly every picture is seen by all three.
	expect(homes.reduce((sum, count) => sum + count, 0)).toBeLessThan(pictures.length * 2);
});

test("a full favourite holds up nobody", async () => {
	const { dispatcher, asked, release } = openPool(["one", "two"], 3);
	const [image] = pictures;
	const all = Promise.all(Array.from({ length: 6 }, () => dispatcher.ask(makeRequest("a", image === undefined ? {} : { image }), signal)));
	await expect.poll(() => [...asked.values()].map(({ length }) => length)).toEqual([3, 3]);
	release();
	await all;
});
