import { expect, test } from "vitest";
import { type Allowance, parseRateLimits } from "../../../src/teacher/dispatch/rate-limit-headers.js";

const nowMs = Date.parse("2026-01-01T00:00:00Z");

test.each<[string, Record<string, string>, Allowance[]]>([
	[
		"OpenAI",
		{
			"x-ratelimit-limit-requests": "60",
			"x-ratelimit-remaining-requests": "59",
			"x-ratelimit-reset-requests": "1s",
			"x-ratelimit-limit-tokens": "150000",
			"x-ratelimit-remaining-tokens": "149984",
			"x-ratelimit-reset-tokens": "6m0.5s",
		},
		[
			{ quantity: "requests", remaining: 59, limit: 60, fullInMs: 1000 },
			{ quantity: "tokens", remaining: 149_984, limit: 150_000, fullInMs: 360_500 },
		],
	],
	[
		"Anthropic",
		{
			"anthropic-ratelimit-requests-limit": "50",
			"anthropic-ratelimit-requests-remaining": "49",
			"anthropic-ratelimit-requests-reset": "2026-01-01T00:00:01Z",
			"anthropic-ratelimit-input-tokens-remaining": "1000",
			"anthropic-ratelimit-output-tokens-remaining": "0",
			"anthropic-ratelimit-output-tokens-reset": "2025-12-31T00:00:00Z",
		},
		[
			{ quantity: "requests", remaining: 49, limit: 50, fullInMs: 1000 },
			{ quantity: "inputTokens", remaining: 1000 },
			{ quantity: "outputTokens", remaining: 0, fullInMs: 0 },
		],
	],
	[
		"an older draft",
		{ "ratelimit-limit": "100, 100;w=60", "ratelimit-remaining": "40", "ratelimit-reset": "30" },
		[{ quantity: "requests", remaining: 40, limit: 100 }],
	],
	["a draft between", { ratelimit: "limit=100, remaining=40, reset=30" }, [{ quantity: "requests", remaining: 40, limit: 100 }]],
	["the newest draft", { ratelimit: '"default";r=40;t=30' }, [{ quantity: "requests", remaining: 40 }]],
	["others", { "x-ratelimit-remaining": "7" }, [{ quantity: "requests", remaining: 7 }]],
	["milliseconds", { "x-ratelimit-remaining-requests": "1", "x-ratelimit-reset-requests": "20ms" }, [{ quantity: "requests", remaining: 1, fullInMs: 20 }]],
	["a wait that makes no sense", { "x-ratelimit-remaining-requests": "1", "x-ratelimit-reset-requests": "soon" }, [{ quantity: "requests", remaining: 1 }]],
	["no number", { "x-ratelimit-remaining-requests": "-1", "x-ratelimit-remaining-tokens": "many" }, []],
	["none", {}, []],
])("%s", (_, headers, allowances) => {
	expect(parseRateLimits({ get: (name) => headers[name] ?? null }, nowMs)).toEqual(allowances);
});
