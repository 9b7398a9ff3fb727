import { costOf, type Price } from "../teacher/index.js";
import type { Plan, PlannedAmount } from "./plan.js";
import type { Interval } from "./plan-assumptions.js";

const keys = ["low", "likely", "high"] as const;

/** Requests of one stage that are still to be asked, summed up. */
export interface PendingRequests {
	readonly count: number;
	/** As estimated, and as bounded. @unit tokens */
	readonly input: { readonly likely: number; readonly atMost: number };
	/** What all of them may answer together. @unit tokens */
	readonly maxOutputTokens: number;
}

function mapInterval(get: (key: (typeof keys)[number]) => number): Interval {
	return { low: get("low"), likely: get("likely"), high: get("high") };
}

/** What requests will come to, from how long replies are, how often requests are repeated and how right the estimates of input are. */
export function estimateAmount(
	pending: PendingRequests,
	{ output, repeats, inputRatio, price, scale }: { output: Interval; repeats: Interval; inputRatio: Interval; price: Price | undefined; scale: number },
): PlannedAmount {
	const inputTokens = mapInterval((key) => Math.min(pending.input.likely * inputRatio[key], pending.input.atMost) * repeats[key] * scale);
	const outputTokens = mapInterval((key) => pending.count * output[key] * repeats[key] * scale);
	return {
		requests: mapInterval((key) => pending.count * repeats[key] * scale),
		inputTokens,
		outputTokens,
		...(price === undefined ? {} : { usd: mapInterval((key) => costOf({ inputTokens: inputTokens[key], outputTokens: outputTokens[key] }, price)) }),
	};
}

/** All of them together; in dollars only where all are. */
export function sumPlanned(amounts: readonly PlannedAmount[]): PlannedAmount {
	const sum = (of: (amount: PlannedAmount) => Interval) => mapInterval((key) => amounts.reduce((total, amount) => total + of(amount)[key], 0));
	return {
		requests: sum(({ requests }) => requests),
		inputTokens: sum(({ inputTokens }) => inputTokens),
		outputTokens: sum(({ outputTokens }) => outputTokens),
		...(amounts.every(({ usd }) => usd !== undefined) ? { usd: sum(({ usd }) => usd ?? { low: 0, likely: 0, high: 0 }) } : {}),
	};
}

export function worstOf(pending: readonly { requests: PendingRequests; price: Price | undefined; scale: number }[], attempts: number): Plan["worst"] {
	const sum = { requests: 0, inputTokens: 0, outputTokens: 0 };
	let usd: number | undefined = 0;
	for (const { requests, price, scale } of pending) {
		const times = attempts * scale;
		const amount = { inputTokens: requests.input.atMost * times, outputTokens: requests.maxOutputTokens * times };
		sum.requests += requests.count * times;
		sum.inputTokens += amount.inputTokens;
		sum.outputTokens += amount.outputTokens;
		if (requests.count > 0) usd = price === undefined || usd === undefined ? undefined : usd + costOf(amount, price);
	}
	return { ...sum, ...(usd === undefined ? {} : { usd }) };
}
