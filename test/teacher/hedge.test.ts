import { afterEach, expect, test } from "vitest";
import type { HedgeOptions, Teacher } from "../../src/teacher/index.js";
import { createHealth } from "../../src/teacher/index.js";
import { type FakeTeacher, type FakeTeacherOptions, startFakeTeacher, textOf } from "../support/fake-teacher.js";
import { makeRequest } from "../support/make-request.js";
import { openDispatcher, openRetryingClient, type StackOptions } from "../support/open-stack.js";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
	for (const thing of open.splice(0)) await thing.close();
});
const { signal } = new AbortController();

interface World {
	readonly fakes: readonly FakeTeacher[];
	readonly teacher: Teacher;
	hedges(): number;
}

async function start(
	fakeOptions: readonly Partial<FakeTeacherOptions>[],
	hedge: Partial<HedgeOptions> = {},
	change: Partial<StackOptions> = {},
): Promise<World> {
	const fakes = await Promise.all(fakeOptions.map((options) => startFakeTeacher({ answer: (body) => textOf(body), ...options })));
	const [baseUrl = "", ...otherUrls] = fakes.map((fake) => fake.baseUrl);
	let hedges = 0;
	const options: StackOptions = {
		baseUrl,
		otherUrls,
		timeoutMs: 60_000,
		hedge: { afterPercentile: 95, maxShare: 1, onHedge: () => hedges++, ...hedge },
		...change,
	};
	const teacher = openRetryingClient(options, createHealth(), openDispatcher(options));
	open.push(teacher, ...fakes);
	return { fakes, teacher, hedges: () => hedges };
}

const askMany = (teacher: Teacher, name: string, count: number) =>
	Promise.all(Array.from({ length: count }, (_, index) => teacher.ask(makeRequest(`${name}-${index};`), signal)));

const stuck = { match: "stuck", times: 1, fault: { type: "never" } } as const;

test("a request that is stuck is sent a second time, the first answer wins, and the other is given up", async () => {
	const { fakes, teacher, hedges } = await start([{ faults: [stuck] }]);
	await askMany(teacher, "item", 100);
	const before = hedges();
	expect(await teacher.ask(makeRequest("stuck"), signal)).toMatchObject({ type: "reply", text: "Be brief.\nstuck" });
	expect(hedges()).toBeGreaterThan(before);
	await expect.poll(() => fakes[0]?.stats().inFlight).toBe(0);
});

test("the second goes to another endpoint", async () => {
	const { fakes, teacher } = await start([
		{ faults: [{ match: "stuck", fault: { type: "never" } }] },
		{ faults: [{ match: "stuck", times: 0, fault: { type: "never" } }] },
	]);
	await askMany(teacher, "item", 200);
	const answers = await askMany(teacher, "stuck", 10);
	expect(answers.every(({ type }) => type === "reply")).toBe(true);
	await expect.poll(() => fakes[0]?.stats().inFlight).toBe(0);
});

test("no more are sent twice than the share allows", async () => {
	const { fakes, teacher, hedges } = await start([{ latencyMs: { medianMs: 5, p99Ms: 50, seed: 1 } }], { afterPercentile: 50, maxShare: 0.05 });
	await askMany(teacher, "item", 400);
	expect(hedges()).toBeGreaterThan(5);
	expect(hedges()).toBeLessThanOrEqual(20);
	expect(fakes[0]?.stats().total).toBeLessThanOrEqual(400 + hedges());
});

test("waiting in line is not taken for slowness", async () => {
	const { teacher, hedges } = await start([{ latencyMs: 20 }], { afterPercentile: 99.9, maxShare: 1 }, { concurrency: 2 });
	await askMany(teacher, "item", 60);
	const before = hedges();
	await askMany(teacher, "more", 100);
	// The last of them wait a second, fifty times as long as a request takes.
	expect(hedges() - before).toBeLessThan(50);
});

test("where both fail, the failure is the first one's, and is tried again", async () => {
	const { fakes, teacher } = await start([{ faults: [{ match: "bad", times: 2, fault: { type: "status", status: 500 } }] }]);
	await askMany(teacher, "item", 60);
	const before = fakes[0]?.stats().total ?? 0;
	expect(await teacher.ask(makeRequest("bad"), signal)).toMatchObject({ type: "reply" });
	expect(fakes[0]?.stats().total).toBeGreaterThanOrEqual(before + 3);
});

test("an abort ends both", async () => {
	const { fakes, teacher, hedges } = await start([{ faults: [{ match: "stuck", fault: { type: "never" } }] }]);
	await askMany(teacher, "item", 60);
	const before = hedges();
	const controller = new AbortController();
	const asked = teacher.ask(makeRequest("stuck"), controller.signal);
	asked.catch(() => {});
	await expect.poll(hedges).toBeGreaterThan(before);
	await expect.poll(() => fakes[0]?.stats().inFlight).toBe(2);
	controller.abort(new Error("stop"));
	await expect(asked).rejects.toThrow("stop");
	await expect.poll(() => fakes[0]?.stats().inFlight).toBe(0);
});
