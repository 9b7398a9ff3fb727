import { expect, test } from "vitest";
import { createGate, type Gate, type GateOptions, type Pass } from "../../../src/teacher/dispatch/gate.js";
import { TransportError } from "../../../src/teacher/transport-error.js";
import { makeRequest } from "../../support/make-request.js";

/** All on a clock of the test's own. */
function open(change: Partial<GateOptions> = {}): Gate {
	return createGate({
		concurrency: 100,
		maxRetryAfterMs: 3_600_000,
		estimate: () => ({ inputTokens: 100, outputTokens: 50 }),
		random: () => 0,
		nowMs: 0,
		...change,
	});
}

const request = makeRequest("a");
const reply = { answer: { type: "reply", text: "", finishReason: "stop", latencyMs: 100 } } as const;
const refusal = (retryAfterMs?: number) => ({
	problem: new TransportError("status", "429", { status: 429, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }),
});
const overload = { problem: new TransportError("status", "503", { status: 503 }) };

/** Lets through what may go within a time, each answered at once. @returns when each went */
function goOn(gate: Gate, fromMs: number, untilMs: number, end: (pass: Pass) => Parameters<Gate["leave"]>[1] = () => reply): number[] {
	const times: number[] = [];
	for (let nowMs = fromMs; ; ) {
		nowMs = Math.max(nowMs, gate.opensAtMs(nowMs));
		if (nowMs > untilMs) return times;
		const pass = gate.enter(request, nowMs);
		gate.leave(pass, end(pass), nowMs);
		times.push(nowMs);
	}
}

test("no more than so many requests a minute, and no fewer", () => {
	const times = goOn(open({ limits: { requestsPerMinute: 120 } }), 0, 600_000);
	expect(times.length).toBeGreaterThanOrEqual(1200);
	expect(times.length).toBeLessThanOrEqual(1203);
	for (const [index, time] of times.entries()) expect((times[index + 123] ?? Number.POSITIVE_INFINITY) - time).toBeGreaterThanOrEqual(60_000);
});

test("a limit of tokens counts what was used in the end, not what was reckoned with", () => {
	// 100 were reckoned with, 400 used: a minute's 6,000 are 15 requests.
	const gate = open({ limits: { inputTokensPerMinute: 6000 } });
	const used = () => ({ answer: { ...reply.answer, usage: { inputTokens: 400, outputTokens: 1 } } });
	const times = goOn(gate, 0, 600_000, used);
	expect(times.length).toBeGreaterThanOrEqual(149);
	expect(times.length).toBeLessThanOrEqual(152);
});

test("replies that come out shorter than they might have let more through", () => {
	const used = () => ({ answer: { ...reply.answer, usage: { inputTokens: 1, outputTokens: 10 } } });
	const times = goOn(open({ limits: { outputTokensPerMinute: 600 }, estimate: () => ({ inputTokens: 1, outputTokens: 500 }) }), 0, 600_000, used);
	expect(times.length).toBeGreaterThanOrEqual(590);
	expect(times.length).toBeLessThanOrEqual(660);
});

test("a request larger than a limit's stock goes alone, and is waited for", () => {
	const gate = open({ limits: { inputTokensPerMinute: 600 }, estimate: () => ({ inputTokens: 6000, outputTokens: 1 }) });
	gate.leave(gate.enter(request, 0), { answer: { ...reply.answer, usage: { inputTokens: 6000, outputTokens: 1 } } }, 0);
	expect(gate.opensAtMs(0)).toBeGreaterThan(590_000);
	expect(gate.opensAtMs(0)).toBeLessThan(600_000);
});

test("a burst of overload cuts the number at a time once; what was sent after counts anew", () => {
	const gate = open();
	const passes = Array.from({ length: 100 }, () => gate.enter(request, 0));
	expect(gate.opensAtMs(0)).toBe(Number.POSITIVE_INFINITY);
	for (const pass of passes) gate.leave(pass, overload, 10);
	expect(gate.limit).toBe(70);
	gate.leave(gate.enter(request, 20), overload, 30);
	expect(gate.limit).toBe(49);
	for (let index = 0; index < 5000; index += 1) gate.leave(gate.enter(request, 40), reply, 140);
	expect(gate.limit).toBe(100);
});

test("a Retry-After closes the gate until then, and the rest of a burst does not prolong it", () => {
	const gate = open();
	const [first, second] = [gate.enter(request, 0), gate.enter(request, 0)];
	gate.leave(first, refusal(5000), 100);
	gate.leave(second, refusal(5000), 900);
	expect(gate.opensAtMs(1000)).toBe(5100);
	expect(gate.opensAtMs(5100)).toBe(5100);
	expect(gate.refusals).toBe(2);
});

test("several programs that were told the same time do not come back as one", () => {
	const openings = [0, 0.5, 0.99].map((drawn) => {
		const gate = open({ random: () => drawn });
		gate.leave(gate.enter(request, 0), refusal(5000), 0);
		return gate.opensAtMs(0);
	});
	expect(openings).toEqual([5000, 5500, 5990]);
});

test("a long Retry-After is tried with one request after a while, and later each time", () => {
	const gate = open();
	gate.leave(gate.enter(request, 0), refusal(600_000), 0);
	expect(gate.opensAtMs(0)).toBe(10_000);
	const trial = gate.enter(request, 10_000);
	expect(gate.opensAtMs(10_001)).toBe(Number.POSITIVE_INFINITY);
	gate.leave(trial, refusal(590_000), 10_100);
	expect(gate.opensAtMs(10_100)).toBe(30_100);
	const second = gate.enter(request, 30_100);
	gate.leave(second, reply, 30_200);
	expect(gate.opensAtMs(31_000)).toBeLessThan(32_000);
	gate.enter(request, 32_000);
	expect(gate.opensAtMs(34_000)).toBe(34_000);
});

test("a trial that is given up leaves the next one to find out", () => {
	const gate = open();
	gate.leave(gate.enter(request, 0), refusal(600_000), 0);
	const trial = gate.enter(request, 10_000);
	gate.leave(trial, {}, 10_100);
	expect(gate.opensAtMs(10_100)).toBe(10_100);
});

test("a long Retry-After that was meant for one request alone is not kept to for others", () => {
	const gate = open();
	const unlucky = gate.enter(request, 0);
	const other = gate.enter(request, 0);
	gate.leave(unlucky, refusal(3_600_000), 10);
	expect(gate.opensAtMs(20)).toBe(10_010);
	gate.leave(other, reply, 20);
	expect(gate.opensAtMs(200)).toBeLessThan(1000);
});
