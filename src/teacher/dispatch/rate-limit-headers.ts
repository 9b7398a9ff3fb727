/** What a server counts: requests, or tokens of one kind or of both together. */
export type Quantity = "requests" | "tokens" | "inputTokens" | "outputTokens";

/** What is left of a limit, as a response's headers say it. */
export interface Allowance {
	readonly quantity: Quantity;
	readonly remaining: number;
	readonly limit?: number;
	/** Until the stock is full again, where the server fills it steadily. @unit milliseconds */
	readonly fullInMs?: number;
}

interface Headers {
	get(name: string): string | null;
}

/** OpenAI and its like (x-ratelimit-remaining-tokens), Anthropic (anthropic-ratelimit-input-tokens-remaining). Both fill steadily, and reset when full. */
const named: readonly (readonly [Quantity, (part: string) => string])[] = [
	["requests", (part) => `x-ratelimit-${part}-requests`],
	["tokens", (part) => `x-ratelimit-${part}-tokens`],
	["requests", (part) => `anthropic-ratelimit-requests-${part}`],
	["tokens", (part) => `anthropic-ratelimit-tokens-${part}`],
	["inputTokens", (part) => `anthropic-ratelimit-input-tokens-${part}`],
	["outputTokens", (part) => `anthropic-ratelimit-output-tokens-${part}`],
];

/** Reads whatever limits a response tells of; what cannot be read is left out. */
export function parseRateLimits(headers: Headers, nowMs: number): Allowance[] {
	const allowances = named.flatMap(([quantity, nameOf]) => {
		const remaining = parseCount(headers.get(nameOf("remaining")));
		if (remaining === undefined) return [];
		const limit = parseCount(headers.get(nameOf("limit")));
		const fullInMs = parseReset(headers.get(nameOf("reset")), nowMs);
		return [{ quantity, remaining, ...(limit === undefined ? {} : { limit }), ...(fullInMs === undefined ? {} : { fullInMs }) }];
	});
	return allowances.length > 0 ? allowances : parseStandard(headers);
}

/**
 * The drafts of the IETF (draft-ietf-httpapi-ratelimit-headers): `RateLimit-Remaining` of the older, `RateLimit: "default";r=50;t=30` of the newer,
 * and X-RateLimit-Remaining, their forerunner. They reset by windows, so that the time to the reset says nothing about the rate.
 */
function parseStandard(headers: Headers): Allowance[] {
	const combined = headers.get("ratelimit");
	const remaining =
		parseCount(headers.get("ratelimit-remaining")) ??
		parseCount(/\b(?:r|remaining)\s*=\s*(\d+)/i.exec(combined ?? "")?.[1] ?? null) ??
		parseCount(headers.get("x-ratelimit-remaining"));
	if (remaining === undefined) return [];
	const limit = parseCount(headers.get("ratelimit-limit")) ?? parseCount(/\blimit\s*=\s*(\d+)/i.exec(combined ?? "")?.[1] ?? null);
	return [{ quantity: "requests", remaining, ...(limit === undefined ? {} : { limit }) }];
}

/** The first number: `100, 100;w=60` is 100. Some say -1 for none. */
function parseCount(value: string | null): number | undefined {
	const digits = /^\s*(\d+(?:\.\d+)?)/.exec(value ?? "")?.[1];
	return digits === undefined ? undefined : Number(digits);
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `6m0s`, `20ms`, seconds, or a point in time as Anthropic writes it. @unit milliseconds */
function parseReset(value: string | null, nowMs: number): number | undefined {
	const text = value?.trim() ?? "";
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	if (/^(\d+(\.\d+)?(ms|[smhd]))+$/.test(text)) {
		return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitsMs[unit ?? ""] ?? 0), 0);
	}
	const atMs = Date.parse(text);
	return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}
