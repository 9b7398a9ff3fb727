/**
 * How long a response asks its client to wait, from `retry-after-ms` (OpenAI's own) or `Retry-After` in seconds or as an
 * HTTP date (RFC 9110, 10.2.3). A date in the past is no wait; what cannot be read is undefined.
 * @unit milliseconds
 */
export function parseRetryAfter(headers: { get(name: string): string | null }, nowMs: number): number | undefined {
	const exactMs = parseNonNegative(headers.get("retry-after-ms"));
	if (exactMs !== undefined) return exactMs;
	const value = headers.get("retry-after");
	const seconds = parseNonNegative(value);
	if (seconds !== undefined) return seconds * 1000;
	const dateMs = value === null ? Number.NaN : Date.parse(value);
	return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}

function parseNonNegative(value: string | null): number | undefined {
	return value !== null && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}
