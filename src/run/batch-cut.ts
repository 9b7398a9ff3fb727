import {
	type Amount,
	addAmount,
	amountOf,
	estimateInputTokens,
	type LineOptions,
	noAmount,
	type Price,
	type StoredRequest,
	sumAmounts,
	writeRequestLine,
} from "../teacher/index.js";

/** Requests that go into one batch. */
export interface BatchCut {
	readonly keys: readonly string[];
	/** Of its file, pictures included. */
	readonly bytes: number;
	/** Of its input, as estimated. */
	readonly tokens: number;
	/** What it may cost at most. */
	readonly worst: Amount;
}

/** May change while requests are cut: what comes next keeps to it. */
export interface CutLimits {
	readonly maxRequests: number;
	readonly maxBytes: number;
	readonly maxTokens: number;
}

/** What a batch may cost. */
export interface CutBudget {
	readonly hasRoom: (worst: Amount) => boolean;
	readonly price: Price | undefined;
}

/**
 * Cuts pending requests into batches, in their order, none larger than the limits and than what the budget has room for; a request that is larger by itself is alone.
 * Holds keys only, and of texts and pictures one at a time.
 */
export async function* cutBatches(
	pending: Iterable<StoredRequest>,
	limits: CutLimits,
	line: LineOptions,
	{ hasRoom, price }: CutBudget,
): AsyncGenerator<BatchCut> {
	const empty = () => ({ keys: [] as string[], bytes: 0, tokens: 0, worst: noAmount() });
	let cut = empty();
	for (const stored of pending) {
		const bytes = (await writeRequestLine(stored, line)).length;
		const { likely: tokens, atMost } = estimateInputTokens(stored.request, line.imageTokens);
		const worst = amountOf({ inputTokens: atMost, outputTokens: stored.request.sampling.maxOutputTokens }, price, true);
		const isFull =
			cut.keys.length + 1 > limits.maxRequests ||
			cut.bytes + bytes > limits.maxBytes ||
			cut.tokens + tokens > limits.maxTokens ||
			!hasRoom(sumAmounts([cut.worst, worst]));
		if (isFull && cut.keys.length > 0) {
			yield cut;
			cut = empty();
		}
		cut.keys.push(stored.key);
		cut.bytes += bytes;
		cut.tokens += tokens;
		addAmount(cut.worst, worst);
	}
	if (cut.keys.length > 0) yield cut;
}
