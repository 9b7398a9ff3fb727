import { expect, test } from "vitest";
import { parseRetryAfter } from "../../src/teacher/retry-after.js";

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
