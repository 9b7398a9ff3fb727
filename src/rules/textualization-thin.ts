import { countWords } from "./row-texts.js";
import { defineRule, fault } from "./rule.js";

const minWords = 6;

/** A textualization says what the picture shows; a few words are a label, not a description. */
export const textualizationThin = defineRule({
	reason: "textualization-thin",
	kinds: ["srt"],
	check(row) {
		if (row.kind !== "srt") return undefined;
		const words = countWords(row.trace.textualization);
		return words >= minWords ? undefined : fault(`The textualization has ${words} words; a description has at least ${minWords}.`, { stage: "textualize" });
	},
});
