import type { Usage } from "./teacher.js";

/** What a model costs. @unit US dollars per million tokens */
export interface Price {
	readonly inputUsdPerMillionTokens: number;
	readonly outputUsdPerMillionTokens: number;
	/** Absent: as all input. */
	readonly cachedInputUsdPerMillionTokens?: number | undefined;
	/** What a request in a batch costs, as a share of the same request on its own. */
	readonly batchShare: number;
}

/** What a request has cost. A reasoning model's thoughts are output like all else. @unit US dollars */
export function costOf(usage: Usage, price: Price, { batch }: { readonly batch: boolean } = { batch: false }): number {
	const cached = Math.min(usage.cachedTokens ?? 0, usage.inputTokens);
	const cachedPrice = price.cachedInputUsdPerMillionTokens ?? price.inputUsdPerMillionTokens;
	const inputUsd = (usage.inputTokens - cached) * price.inputUsdPerMillionTokens + cached * cachedPrice;
	const usd = (inputUsd + usage.outputTokens * price.outputUsdPerMillionTokens) / 1_000_000;
	return batch ? usd * price.batchShare : usd;
}
