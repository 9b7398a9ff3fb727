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

/** Tokens as people speak of them: 950, 12 k, 3.4 M. */
export function formatTokens(count: number): string {
	if (count < 10_000) return formatCount(count);
	return count < 1_000_000 ? `${formatCount(count / 1000)} k` : `${(count / 1_000_000).toFixed(1)} M`;
}
