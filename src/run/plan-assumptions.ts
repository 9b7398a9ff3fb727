import type { LedgerReader } from "../teacher/index.js";

/** What a plan takes a number for: as small, as likely and as large as it may well be. */
export interface Interval {
	readonly low: number;
	readonly likely: number;
	readonly high: number;
}

/** What is assumed of replies where a ledger tells nothing yet: tokens by stage, as vision models of 7 to 72 billion parameters write them. */
const outputTokens: Readonly<Record<string, Interval>> = {
	"gold-check": { low: 8, likely: 14, high: 40 },
	textualize: { low: 60, likely: 110, high: 200 },
	reflect: { low: 70, likely: 130, high: 260 },
	conclude: { low: 25, likely: 50, high: 110 },
	respond: { low: 35, likely: 65, high: 130 },
	prefer: { low: 35, likely: 65, high: 130 },
	cave: { low: 35, likely: 65, high: 130 },
	"first-answer": { low: 2, likely: 5, high: 16 },
};

/** Requests for each that a row takes where every reply is taken at once. */
export const assumedRepeats: Interval = { low: 1, likely: 1.15, high: 1.6 };
/** Of an estimate made from characters and the size of the picture. */
export const assumedInputRatio: Interval = { low: 0.8, likely: 1, high: 1.35 };

/** From so many on, what was measured is believed. */
const enough = 10;
/** Replies of a ledger that are looked at: keys are hashes, so that the first are as good a sample as any. */
const maxRead = 20_000;

export interface Measured {
	readonly count: number;
	readonly sum: number;
	readonly squares: number;
}

/** How long the replies were that a ledger holds, by stage. @unit tokens */
export function measureOutputs(ledger: LedgerReader | undefined): Map<string, Measured> {
	const byStage = new Map<string, Measured>();
	let read = 0;
	for (const { answer, about } of ledger?.entries() ?? []) {
		if (answer.type === "reply" && answer.usage !== undefined) byStage.set(about.stage, addMeasure(byStage.get(about.stage), answer.usage.outputTokens));
		read += 1;
		if (read >= maxRead) break;
	}
	return byStage;
}

export function addMeasure(measured: Measured | undefined, value: number): Measured {
	const { count, sum, squares } = measured ?? { count: 0, sum: 0, squares: 0 };
	return { count: count + 1, sum: sum + value, squares: squares + value * value };
}

/** How long a stage's replies will be: as measured, else as assumed; never longer than they may. @unit tokens */
export function outputTokensOf(stage: string, maxOutputTokens: number, measured: Measured | undefined): Interval {
	const known = meanOf(measured);
	const { low, likely, high } = known ?? outputTokens[stage] ?? { low: maxOutputTokens * 0.05, likely: maxOutputTokens * 0.2, high: maxOutputTokens * 0.6 };
	return { low: Math.min(low, maxOutputTokens), likely: Math.min(likely, maxOutputTokens), high: Math.min(high, maxOutputTokens) };
}

/** A mean with about 95 % around it; nothing where too little was measured. */
export function meanOf(measured: Measured | undefined): Interval | undefined {
	if (measured === undefined || measured.count < enough) return undefined;
	const { count, sum, squares } = measured;
	const mean = sum / count;
	const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
	// What comes next is never quite like what was measured.
	const half = Math.max((2 * deviation) / Math.sqrt(count), mean * 0.03);
	return { low: Math.max(0, mean - half), likely: mean, high: mean + half };
}

/**
 * How many requests there will be for each that a row takes at best: what finished candidates took, rejected ones among them.
 * @param rows kept; @param needed requests that they took at best; @param asked requests of all finished candidates
 */
export function repeatsOf({ rows, needed, asked }: { readonly rows: number; readonly needed: number; readonly asked: number }): Interval | undefined {
	if (rows < enough || needed === 0) return undefined;
	const likely = Math.max(1, asked / needed);
	const half = 2 * Math.sqrt(Math.max(likely - 1, 0.05) / rows);
	return { low: Math.max(1, likely - half), likely, high: likely + half };
}
