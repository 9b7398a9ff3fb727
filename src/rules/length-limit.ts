import { allTexts, countWords, trainedTexts } from "./row-texts.js";
import { defineRule, fault } from "./rule.js";

const maxReplyWords = 400;
/** Together with a picture's 576 tokens this fits the 2,048 of LLaVA's trainers, which cut what is longer. @unit tokens */
const maxRowTokens = 1200;
/** English prose takes about so many tokens a word, with room for template tokens. */
const tokensPerWord = 1.4;

/** A row is short enough that no trainer cuts it. */
export const lengthLimit = defineRule({
	reason: "length-limit",
	kinds: ["srt", "sft", "dpo"],
	check(row) {
		const trained = trainedTexts(row).map((text) => ({ ...text, words: countWords(text.text) }));
		const long = trained.find((text) => text.words > maxReplyWords);
		if (long !== undefined) return fault(`${long.name} has ${long.words} words; at most ${maxReplyWords} are allowed.`, long);
		const tokens = Math.ceil(allTexts(row).reduce((sum, text) => sum + countWords(text.text), 0) * tokensPerWord);
		if (tokens <= maxRowTokens) return undefined;
		const longest = trained.reduce((a, b) => (b.words > a.words ? b : a));
		// A long question is nobody's fault; asking again would not shorten it.
		const isReplyLong = longest.words * tokensPerWord > maxRowTokens / 4;
		return fault(`The row has about ${tokens} tokens; at most ${maxRowTokens} are allowed.`, isReplyLong ? longest : undefined);
	},
});
