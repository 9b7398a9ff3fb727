import { afterEach, expect, test } from "vitest";
import type { Dispatcher, Teacher, TeacherAnswer } from "../../../src/teacher/index.js";
import { createHealth } from "../../../src/teacher/index.js";
import { type FakeTeacher, type FakeTeacherOptions, startFakeTeacher, textOf } from "../../support/fake-teacher.js";
import { makeRequest } from "../../support/make-request.js";
import { openDispatcher, openRetryingClient, type StackOptions } from "../../support/open-stack.js";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
	for (const thing of open.splice(0)) await thing.close();
});
const { signal } = new AbortController();

interface World {
	readonly fakes: readonly FakeTeacher[];
	readonly teacher: Teacher;
	readonly dispatcher: Dispatcher;
	readonly warnings: string[];
	retries(): number;
}

async function start(fakeOptions: readonly Partial<FakeTeacherOptions>[], change: Partial<StackOptions> = {}): Promise<World> {
	const fakes = await Promise.all(fakeOptions.map((options) => startFakeTeacher({ answer: (body) => textOf(body), ...options })));
	const [baseUrl = "", ...otherUrls] = fakes.map((fake) => fake.baseUrl);
	const warnings: string[] = [];
	let retries = 0;
	const options: StackOptions = { baseUrl, otherUrls, warn: (message) => warnings.push(message), onRetry: () => retries++, ...change };
	const dispatcher = openDispatcher(options);
	const teacher = openRetryingClient(options, createHealth(), dispatcher);
	open.push(teacher, ...fakes);
	return { fakes, teacher, dispatcher, warnings, retries: () => retries };
}

function askMany(teacher: Teacher, count: number, from = 0): Promise<TeacherAnswer[]> {
	return Promise.all(Array.from({ length: count }, (_, index) => teacher.ask(makeRequest(`item-${from + index};`), signal)));
}

const areReplies = (answers: readonly TeacherAnswer[]) => answers.every(({ type }) => type === "reply");

test("an endpoint that is not there costs no request a try", async () => {
	const { fakes, teacher, dispatcher, retries } = await start([{}, {}, {}], { retries: 0 });
	await fakes[0]?.close();
	expect(areReplies(await askMany(teacher, 100))).toBe(true);
	expect(retries()).toBe(0);
	expect(dispatcher.counts()).toMatchObject({ endpointsUp: 2, endpoints: 3, inFlight: 0, waiting: 0 });
});

test("an endpoint that goes down in the middle loses nothing, and is used again when it is back", async () => {
	const { fakes, teacher, dispatcher, retries } = await start([{ latencyMs: 10 }, { latencyMs: 10 }], { retries: 0, concurrency: 4 });
	const [first] = fakes;
	const asked = askMany(teacher, 200);
	await expect.poll(() => first?.stats().answered).toBeGreaterThan(10);
	first?.control({ isDown: true });
	await expect.poll(() => dispatcher.counts().endpointsUp).toBe(1);
	first?.control({ isDown: false });
	expect(areReplies(await asked)).toBe(true);
	expect(retries()).toBe(0);
	const before = first?.stats().answered ?? 0;
	// Its pauses end by themselves; one real request finds out.
	for (let from = 200; dispatcher.counts().endpointsUp < 2; from += 8) expect(areReplies(await askMany(teacher, 8, from))).toBe(true);
	await askMany(teacher, 40, 100_000);
	expect(first?.stats().answered).toBeGreaterThan(before + 5);
});

test("an endpoint that fails inside is passed over after three failures", async () => {
	const { fakes, teacher, dispatcher } = await start([{ faults: [{ fault: { type: "status", status: 500 } }] }, {}]);
	expect(areReplies(await askMany(teacher, 100))).toBe(true);
	expect(dispatcher.counts().endpointsUp).toBe(1);
	// Those that were on their way when it was set aside, and a trial or two.
	expect(fakes[0]?.stats().total).toBeLessThan(20);
});

test("a request that fails everywhere ends as its own failure, and no endpoint is set aside for it", async () => {
	const faults = [{ match: "item-7;", fault: { type: "status", status: 500 } }] as const;
	const { teacher, dispatcher } = await start(
		[
			{ faults, latencyMs: 5 },
			{ faults, latencyMs: 5 },
		],
		{ retries: 1 },
	);
	const answers = await askMany(teacher, 60);
	expect(answers.filter(({ type }) => type === "failure")).toEqual([answers[7]]);
	expect(answers[7]).toMatchObject({ reason: "request-failed" });
	expect(dispatcher.counts().endpointsUp).toBe(2);
});

test.each([401, 403, 404])("one endpoint of several that says %i is left out with one warning, which names it and no key", async (status) => {
	const apiKey = "sk-very-secret-1234";
	const fault = { type: "status", status, message: status === 404 ? "Not Found" : `wrong key ${apiKey}` } as const;
	const { fakes, teacher, dispatcher, warnings, retries } = await start([{ faults: [{ fault }] }, {}], { apiKey });
	expect(areReplies(await askMany(teacher, 60))).toBe(true);
	expect(retries()).toBe(0);
	expect(warnings).toHaveLength(1);
	expect(warnings[0]).toContain(fakes[0]?.baseUrl);
	expect(warnings[0]).toContain("TEACHER_KEY");
	expect(warnings[0]).not.toContain(apiKey);
	expect(dispatcher.counts()).toMatchObject({ endpointsUp: 1, endpoints: 2 });
	expect(fakes[0]?.stats().total).toBeLessThanOrEqual(8);
});

test("where no endpoint lets us in, the run stops", async () => {
	const faults = [{ fault: { type: "status", status: 401, message: "bad key" } }] as const;
	const { teacher } = await start([{ faults }, { faults }]);
	await expect(teacher.ask(makeRequest("a"), signal)).rejects.toMatchObject({ exitCode: 4, remedy: expect.stringContaining("TEACHER_KEY") });
});

test("where all endpoints are gone, the run stops as it does for one", async () => {
	const { fakes, teacher } = await start([{}, {}], { outageMs: 300, retries: 1 });
	await askMany(teacher, 10);
	for (const fake of fakes) fake.control({ isDown: true });
	await expect(teacher.ask(makeRequest("b"), signal)).rejects.toMatchObject({ exitCode: 4, remedy: expect.stringContaining("same command again") });
});

test("all endpoints gone for a while change no answer", async () => {
	const { fakes, teacher } = await start([{ latencyMs: 5 }, { latencyMs: 5 }], { outageMs: 20_000, retries: 1, concurrency: 2 });
	const asked = askMany(teacher, 80);
	await expect.poll(() => fakes[1]?.stats().answered).toBeGreaterThan(5);
	for (const fake of fakes) fake.control({ isDown: true });
	await new Promise((resolve) => setTimeout(resolve, 200));
	for (const fake of fakes) fake.control({ isDown: false });
	expect(areReplies(await asked)).toBe(true);
});

test("what one endpoint refuses for now goes to another at once", async () => {
	const fault = { type: "status", status: 429, headers: { "retry-after": "600" } } as const;
	const { fakes, teacher, retries } = await start([{ faults: [{ fault }] }, {}], { maxRetryAfterMs: 3_600_000 });
	expect(areReplies(await askMany(teacher, 60))).toBe(true);
	expect(retries()).toBe(0);
	expect(fakes[0]?.stats().total).toBeLessThanOrEqual(8);
});
