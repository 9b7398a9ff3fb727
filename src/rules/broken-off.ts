import { endsCleanly } from "../language/index.js";
import { trainedTexts } from "./row-texts.js";
import { defineRule, fault, quote } from "./rule.js";

/** Every trained text is complete: it ends with a sentence, and its quotes and brackets are closed. */
export const brokenOff = defineRule({
	reason: "broken-off",
	kinds: ["srt", "sft", "dpo"],
	check(row) {
		const text = trainedTexts(row).find((candidate) => !endsCleanly(candidate.text));
		return text === undefined ? undefined : fault(`${text.name} breaks off: it ends with ${quote(text.text.slice(-40))}.`, text);
	},
});
