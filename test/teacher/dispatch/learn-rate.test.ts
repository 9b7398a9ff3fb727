import { expect, test } from "vitest";
import { type Simulation, simulateLimit } from "../../support/simulate-limit.js";

/** A hundred requests a second, of which the server holds one second's worth; programs that ask for more without end. */
const base: Simulation = {
	programs: 1,
	concurrency: 64,
	perSecond: 100,
	capacity: 100,
	tells: { remaining: true, retryAfter: true },
	latencyMs: (drawn) => 100 + 200 * drawn,
	seconds: 70,
	countFromSecond: 10,
};

test.each([
	[1, { remaining: true, retryAfter: true }],
	[1, { remaining: true, retryAfter: false }],
	[1, { remaining: false, retryAfter: true }],
	[1, { remaining: false, retryAfter: false }],
	[3, { remaining: true, retryAfter: true }],
	[3, { remaining: true, retryAfter: false }],
	[3, { remaining: false, retryAfter: true }],
	[3, { remaining: false, retryAfter: false }],
	[8, { remaining: false, retryAfter: true }],
])("%i programs find a limit that %j tells of: little is left unused, and little refused", (programs, tells) => {
	const { goodput, refusedShare } = simulateLimit({ ...base, programs, tells });
	expect(goodput).toBeGreaterThan(tells.remaining ? 0.97 : 0.9);
	expect(refusedShare).toBeLessThan(0.02);
});

test.each([1, 3])("a minute's stock is used up and then shared by %i programs", (programs) => {
	const { goodput, refusedShare, shares } = simulateLimit({
		...base,
		programs,
		capacity: 6000,
		concurrency: 512,
		latencyMs: () => 2000,
		seconds: 300,
		countFromSecond: 120,
	});
	expect(goodput).toBeGreaterThan(0.97);
	expect(refusedShare).toBeLessThan(0.01);
	for (const share of shares) expect(share).toBeGreaterThan(0.2);
});

test("one request a second is found as well as a hundred", () => {
	const slow = { ...base, perSecond: 1, capacity: 60, latencyMs: () => 5000, seconds: 1800, countFromSecond: 200 };
	for (const remaining of [true, false]) {
		const { goodput, refusedShare } = simulateLimit({ ...slow, tells: { remaining, retryAfter: true } });
		expect(goodput).toBeGreaterThan(0.95);
		expect(refusedShare).toBeLessThan(0.02);
	}
});

test("a server that limits nothing is not held back", () => {
	const { refusedShare, goodput } = simulateLimit({ ...base, perSecond: 10_000, capacity: 600_000, seconds: 20 });
	expect(refusedShare).toBe(0);
	// 64 at a time, 200 ms each.
	expect(goodput).toBeGreaterThan(0.95 * (320 / 10_000));
});

test("a limit that the config names is kept to from the first request", () => {
	const { goodput, refusedShare } = simulateLimit({ ...base, countFromSecond: 0, limits: { requestsPerMinute: 5900 } });
	expect(refusedShare).toBe(0);
	expect(goodput).toBeGreaterThan(0.95);
});
