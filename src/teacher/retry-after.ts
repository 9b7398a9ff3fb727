/**
 * How long a response asks its client to wait, from `retry-after-ms` (OpenAI's own) or `Retry-After`: in seconds, as an HTTP date
 * (RFC 9110, 10.2.3), or as a duration, which some servers send instead. A date in the past is no wait; what cannot be read is
 * undefined.
 * @unit milliseconds
 */
export function parseRetryAfter(headers: { get(name: string): string | null }, nowMs: number): number | undefined {
	const exactMs = parseNonNegative(headers.get("retry-after-ms"));
	if (exactMs !== undefined) return exactMs;
	const value = headers.get("retry-after");
	if (value === null) return undefined;
	const waitMs = parseDuration(value);
	if (waitMs !== undefined) return waitMs;
	const dateMs = parseHttpDate(value);
	return dateMs === undefined ? undefined : Math.max(0, dateMs - nowMs);
}

/** @unit milliseconds */
const unitsMs = new Map([
	["d", 86_400_000],
	["h", 3_600_000],
	["m", 60_000],
	["s", 1_000],
	["ms", 1],
	["us", 1e-3],
	["µs", 1e-3],
	["ns", 1e-6],
]);
const durationPattern = /^(?:\d+(?:\.\d+)?(?:d|h|ms|m|s|us|µs|ns))+$/;

/**
 * Reads a span of time as Go writes it and OpenAI's `x-ratelimit-reset-*` headers hold it (`6m0s`, `1.5s`, `20ms`); a bare number is
 * in seconds. What cannot be read is undefined.
 * @unit milliseconds
 */
export function parseDuration(text: string): number | undefined {
	const seconds = parseNonNegative(text);
	if (seconds !== undefined) return seconds * 1000;
	const span = text.trim();
	if (!durationPattern.test(span)) return undefined;
	return [...span.matchAll(/([\d.]+)(\D+)/g)].reduce((sum, [, count, unit]) => sum + Number(count) * (unitsMs.get(unit ?? "") ?? 0), 0);
}

function parseNonNegative(value: string | null): number | undefined {
	return value !== null && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}

/** JavaScript takes almost anything with a digit for a date, and one that names no zone for local time. */
function parseHttpDate(value: string): number | undefined {
	if (!/\d\d:\d\d:\d\d/.test(value)) return undefined;
	const dateMs = Date.parse(/gmt|utc|z$|[+-]\d\d:?\d\d$/i.test(value.trim()) ? value : `${value} GMT`);
	return Number.isNaN(dateMs) ? undefined : dateMs;
}
