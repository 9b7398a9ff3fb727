/** The tokenizer of Llama 1 and 2, and so of Vicuna and LLaVA-1.5. Its name stands beside every number that it counts. */
export const tokenizerName = "llama";

/** Distinct pieces whose counts are kept at most: bounds memory to a few megabytes. */
const maxKept = 50_000;
/** Longer pieces are rare, and seldom come again. */
const maxKeptLength = 40;

/**
 * Counts a text's tokens as LLaVA-1.5 would read it after `ASSISTANT: `, without the mark of its end. The vocabulary is loaded when
 * this is called, which takes a tenth of a second.
 *
 * No token of the vocabulary holds a space or a line break behind another character, and none joins a line break to anything: a
 * text has as many tokens as its words have, each with the space before it. So words are counted once and remembered.
 */
export async function createTokenCounter(): Promise<(text: string) => number> {
	const { default: llama } = await import("llama-tokenizer-js");
	const kept = new Map<string, number>();
	return (text) => {
		let tokens = 0;
		for (const piece of ` ${text}`.match(/ *[^ \n]+| +|\n/g) ?? []) {
			const known = kept.get(piece);
			const count = known ?? llama.encode(piece, false, false).length;
			tokens += count;
			if (known !== undefined || piece.length > maxKeptLength) continue;
			if (kept.size >= maxKept) kept.clear();
			// A piece of a text keeps the whole text in memory: a copy does not.
			kept.set(Buffer.from(piece).toString(), count);
		}
		return tokens;
	};
}
