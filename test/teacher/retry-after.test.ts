import { expect, test } from "vitest";
import { parseDuration, parseRetryAfter } from "../../src/teacher/retry-after.js";

const nowMs = Date.parse("2026-01-01T00:00:00Z");

test.each([
	[{ "retry-after": "2" }, 2000],
	[{ "retry-after": "0" }, 0],
	[{ "retry-after": "1.5" }, 1500],
	[{ "retry-after-ms": "250" }, 250],
	[{ "retry-after-ms": "250", "retry-after": "9" }, 250],
	[{ "retry-after": "Thu, 01 Jan 2026 00:01:00 GMT" }, 60_000],
	[{ "retry-after": "Wed, 31 Dec 2025 23:59:00 GMT" }, 0],
	[{ "retry-after": "soon" }, undefined],
	[{ "retry-after-ms": "-1" }, undefined],
	[{}, undefined],
])("%j means %s ms", (headers, expected) => {
	expect(parseRetryAfter(new Headers(headers as Record<string, string>), nowMs)).toBe(expected);
});

test.each([
	["20s", 20_000],
	["Sunday, 06-Nov-94 08:49:37 GMT", 0],
	["Thu Jan  1 00:00:30 2026", 30_000],
	["-1", undefined],
	["apples 5", undefined],
])("Retry-After: %s means %s ms", (value, expected) => {
	expect(parseRetryAfter(new Headers({ "retry-after": value }), nowMs)).toBe(expected);
});

test.each([
	["6m0s", 360_000],
	["1s", 1000],
	["20ms", 20],
	["1.5s", 1500],
	["1h2m3.5s", 3_723_500],
	["2d", 172_800_000],
	["59.5µs", 0.0595],
	[" 7 ", 7000],
	["0", 0],
	["", undefined],
	["6m0", undefined],
	["s", undefined],
	["-1s", undefined],
	["1 s", undefined],
	["2026-01-01T00:00:00Z", undefined],
])("a duration of %j is %s ms", (text, expected) => {
	const read = parseDuration(text);
	if (expected === undefined) expect(read).toBeUndefined();
	else expect(read).toBeCloseTo(expected, 9);
});
