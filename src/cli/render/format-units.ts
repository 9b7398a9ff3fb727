/** A whole number with thousands separated. */
export function formatCount(count: number): string {
	return Math.round(count).toLocaleString("en-US");
}

/** @param ms milliseconds */
export function formatDuration(ms: number): string {
	const seconds = Math.round(ms / 1000);
	if (seconds < 60) {
		return `${seconds} s`;
	}
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) {
		return `${minutes} min ${seconds % 60} s`;
	}
	return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function formatBytes(bytes: number): string {
	const units = ["B", "kB", "MB", "GB", "TB"];
	let size = bytes;
	let unit = 0;
	while (size >= 999.5 && unit < units.length - 1) {
		size /= 1000;
		unit += 1;
	}
	return `${unit === 0 || size >= 99.5 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}

/** A share as a percentage; `-` of nothing. */
export function formatShare(part: number, whole: number): string {
	return whole === 0 ? "-" : `${Math.round((part / whole) * 100)} %`;
}

/** Dollars; small amounts with more digits, since a row costs a fraction of a cent. @param usd US dollars */
export function formatUsd(usd: number): string {
	const digits = usd === 0 || usd >= 1 ? 2 : usd >= 0.01 ? 4 : 6;
	return `$${usd.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** A large number of tokens in three digits: 12.3k, 4.56M. */
export function formatTokens(tokens: number): string {
	const units = ["", "k", "M", "G"];
	let size = tokens;
	let unit = 0;
	while (size >= 999.5 && unit < units.length - 1) {
		size /= 1000;
		unit += 1;
	}
	return `${unit === 0 || size >= 99.95 ? Math.round(size) : size.toFixed(size >= 9.995 ? 1 : 2)}${units[unit]}`;
}
