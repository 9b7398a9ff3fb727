import { afterEach, expect, test } from "vitest";
import { createHealth, type Teacher, type TeacherAnswer } from "../../src/teacher/index.js";
import { type FakeTeacher, type FakeTeacherOptions, type Fault, startFakeTeacher, textOf } from "../support/fake-teacher.js";
import { makeRequest } from "../support/make-request.js";
import { openRetryingClient, type StackOptions } from "../support/open-stack.js";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
	for (const thing of open.splice(0)) await thing.close();
});
const { signal } = new AbortController();

async function start(fake: Partial<FakeTeacherOptions>, change: Partial<StackOptions> = {}): Promise<{ fake: FakeTeacher; teacher: Teacher }> {
	const server = await startFakeTeacher({ answer: (body) => textOf(body), ...fake });
	const teacher = openRetryingClient({ baseUrl: server.baseUrl, ...change });
	open.push(teacher, server);
	return { fake: server, teacher };
}

function askMany(teacher: Teacher, count: number): Promise<TeacherAnswer[]> {
	return Promise.all(Array.from({ length: count }, (_, index) => teacher.ask(makeRequest(`item-${index};`), signal)));
}

const soonDate = () => new Date(Date.now() - 1000).toUTCString();

test.each<Fault>([
	{ type: "status", status: 429, headers: { "retry-after": "0" } },
	{ type: "status", status: 429, headers: { "retry-after": soonDate() } },
	{ type: "status", status: 429, headers: { "retry-after-ms": "20" } },
	{ type: "status", status: 429, headers: { "retry-after": "whenever" } },
	{ type: "status", status: 500 },
	{ type: "status", status: 503 },
	{ type: "status", status: 408 },
	{ type: "html" },
	{ type: "empty-body" },
	{ type: "half-json" },
	{ type: "empty-choices" },
	{ type: "reset" },
	{ type: "close-after-headers" },
])("two times %j, then an answer", async (fault) => {
	const { fake, teacher } = await start({ faults: [{ fault, times: 2 }] });
	expect(await teacher.ask(makeRequest("a"), signal)).toMatchObject({ type: "reply", text: "Be brief.\na" });
	expect(fake.stats().total).toBe(3);
});

test("a wait holds no slot", async () => {
	const { fake, teacher } = await start(
		{ faults: [{ match: "item-0;", fault: { type: "status", status: 500 }, times: 1 }] },
		{ concurrency: 1, baseDelayMs: 60_000, maxDelayMs: 60_000 },
	);
	const controller = new AbortController();
	const waiting = teacher.ask(makeRequest("item-0;"), controller.signal);
	await expect.poll(() => fake.stats().total).toBe(1);
	await teacher.ask(makeRequest("item-1;"), signal);
	expect(fake.stats()).toMatchObject({ total: 2, answered: 1 });
	controller.abort();
	await expect(waiting).rejects.toThrow();
});

test("a further try goes before new requests of its priority", async () => {
	const { fake, teacher } = await start(
		{ latencyMs: 20, keepsRequests: true, faults: [{ match: "item-0;", fault: { type: "status", status: 500 }, times: 1 }] },
		{ concurrency: 1 },
	);
	await askMany(teacher, 6);
	const order = fake.stats().requests.map(({ body }) => /item-(\d)/.exec(textOf(body))?.[1]);
	expect(order.filter((item) => item === "0").length).toBe(2);
	expect(order.lastIndexOf("0")).toBeLessThan(5);
});

test("an hour's Retry-After on one request fails it while fifty others go on", async () => {
	const { fake, teacher } = await start({
		latencyMs: 5,
		faults: [{ match: "item-7;", fault: { type: "status", status: 429, headers: { "retry-after": "3600" } } }],
	});
	const answers = await askMany(teacher, 51);
	expect(answers.filter((answer) => answer.type === "reply").length).toBe(50);
	expect(answers[7]).toEqual({ type: "failure", reason: "request-failed", detail: expect.stringContaining("429") });
	expect(fake.stats().total).toBeLessThan(60);
});

test("a request that is never answered fails while others go on", async () => {
	const { teacher } = await start({ latencyMs: 20, faults: [{ match: "item-0;", fault: { type: "never" } }] }, { timeoutMs: 150, retries: 1, concurrency: 2 });
	const answers = await askMany(teacher, 20);
	expect(answers[0]).toMatchObject({ type: "failure", reason: "request-failed", detail: expect.stringContaining("no reply within 150 ms") });
	expect(answers.slice(1).every((answer) => answer.type === "reply")).toBe(true);
});

test("a refused request is final at once", async () => {
	const { fake, teacher } = await start({ faults: [{ fault: { type: "status", status: 400, message: "too many pictures" } }] });
	expect(await teacher.ask(makeRequest("a"), signal)).toEqual({ type: "failure", reason: "request-refused", detail: "400 too many pictures" });
	expect(fake.stats().total).toBe(1);
});

test("a server that does not let us in stops the run at once", async () => {
	const { fake, teacher } = await start({ faults: [{ fault: { type: "status", status: 401, message: "bad key" } }] });
	await expect(teacher.ask(makeRequest("a"), signal)).rejects.toMatchObject({ exitCode: 4, remedy: expect.stringContaining("TEACHER_KEY") });
	expect(fake.stats().total).toBe(1);
});

test("an outage in the middle changes no answer", async () => {
	const { fake, teacher } = await start({ latencyMs: 2 }, { concurrency: 4, retries: 2 });
	const asked = askMany(teacher, 60);
	await expect.poll(() => fake.stats().answered).toBeGreaterThan(10);
	fake.control({ faults: [{ fault: { type: "status", status: 503 } }] });
	await new Promise((resolve) => setTimeout(resolve, 300));
	fake.control({ faults: [] });
	const answers = await asked;
	expect(answers.map((answer) => answer.type === "reply" && answer.text)).toEqual(Array.from({ length: 60 }, (_, index) => `Be brief.\nitem-${index};`));
});

test("an outage that does not end is an error of the teacher, not an answer", async () => {
	const { fake, teacher } = await start({}, { outageMs: 250, retries: 1 });
	await teacher.ask(makeRequest("a"), signal);
	fake.control({ faults: [{ fault: { type: "status", status: 503, message: "down for repair" } }] });
	const results = await Promise.allSettled([teacher.ask(makeRequest("b"), signal), teacher.ask(makeRequest("c"), signal)]);
	for (const result of results) {
		expect(result).toMatchObject({
			status: "rejected",
			reason: { exitCode: 4, message: expect.stringContaining("503 down for repair"), remedy: expect.stringMatching(/same command again.*nothing is lost/) },
		});
	}
});

test("a server that never came up is said early", async () => {
	const { fake, teacher } = await start({}, { outageMs: 100 });
	await fake.close();
	open.pop();
	await expect(teacher.ask(makeRequest("a"), signal)).rejects.toMatchObject({
		exitCode: 4,
		message: expect.stringMatching(/cannot be reached.*ECONNREFUSED/),
		remedy: expect.stringContaining("teacher.baseUrl"),
	});
});

test("an abort ends a wait, and a wait for the end of an outage, at once", async () => {
	for (const change of [
		{ baseDelayMs: 60_000, maxDelayMs: 60_000, retries: 5 },
		{ retries: 0, maxDelayMs: 60_000, outageMs: 60_000 },
	]) {
		const { fake, teacher } = await start({ faults: [{ fault: { type: "status", status: 500 } }] }, change);
		const controller = new AbortController();
		const asked = teacher.ask(makeRequest("a"), controller.signal);
		asked.catch(() => {});
		// Without tries left, the endpoint has been asked a second time: whether it answers anything.
		await expect.poll(() => fake.stats()).toMatchObject({ total: change.retries === 0 ? 2 : 1, inFlight: 0 });
		await new Promise((resolve) => setTimeout(resolve, 20));
		const reason = new Error("stop");
		controller.abort(reason);
		await expect(asked).rejects.toBe(reason);
	}
});

test("the last request of a run, with no others to compare itself with, ends as its own failure where the endpoint answers", async () => {
	const { teacher } = await start({ faults: [{ match: "item-0;", fault: { type: "status", status: 500 } }] }, { retries: 1, outageMs: 60_000 });
	expect(await teacher.ask(makeRequest("item-0;"), signal)).toMatchObject({ type: "failure", reason: "request-failed" });
});

test("being limited uses up no tries while others are answered", async () => {
	const limited = { type: "status", status: 429, headers: { "retry-after-ms": "5" } } as const;
	const { teacher } = await start({ faults: [{ match: "item-0;", fault: limited, times: 30 }] }, { retries: 2, outageMs: 60_000 });
	const answers = await askMany(teacher, 20);
	expect(answers.map(({ type }) => type)).toEqual(Array.from({ length: 20 }, () => "reply"));
});

test("a reply to a request that was sent before counts for nothing", () => {
	const health = createHealth();
	const failedAtMs = performance.now();
	health.recordSuccess(1000);
	expect(health.answeredSince(failedAtMs)).toBe(false);
	expect(health.successCount).toBe(1);
	health.recordSuccess(0);
	expect(health.answeredSince(failedAtMs)).toBe(true);
});
