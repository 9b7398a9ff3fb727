import { estimateInputTokens, type LineOptions, type StoredRequest, writeRequestLine } from "../teacher/index.js";

/** Requests that go into one batch. */
export interface BatchCut {
	readonly keys: readonly string[];
	/** Of its file, pictures included. */
	readonly bytes: number;
	/** Of its input, as estimated. */
	readonly tokens: number;
	/** At most. */
	readonly outputTokens: number;
}

/** May change while requests are cut: what comes next keeps to it. */
export interface CutLimits {
	readonly maxRequests: number;
	readonly maxBytes: number;
	readonly maxTokens: number;
}

/**
 * Cuts pending requests into batches, in their order, none larger than the limits; a request that is larger by itself goes alone.
 * Holds keys only, and of texts and pictures one at a time.
 */
export async function* cutBatches(pending: Iterable<StoredRequest>, limits: CutLimits, line: LineOptions): AsyncGenerator<BatchCut> {
	const empty = () => ({ keys: [] as string[], bytes: 0, tokens: 0, outputTokens: 0 });
	let cut = empty();
	for (const stored of pending) {
		const bytes = (await writeRequestLine(stored, line)).length;
		const tokens = estimateInputTokens(stored.request, line.imageTokens).likely;
		const isFull = cut.keys.length + 1 > limits.maxRequests || cut.bytes + bytes > limits.maxBytes || cut.tokens + tokens > limits.maxTokens;
		if (isFull && cut.keys.length > 0) {
			yield cut;
			cut = empty();
		}
		cut.keys.push(stored.key);
		cut.bytes += bytes;
		cut.tokens += tokens;
		cut.outputTokens += stored.request.sampling.maxOutputTokens;
	}
	if (cut.keys.length > 0) yield cut;
}
