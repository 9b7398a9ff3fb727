import { countWords, trainedTexts } from "./row-texts.js";
import { defineRule, fault } from "./rule.js";

/** Shorter texts hold too few words to tell. */
const minWords = 9;
/** Running English has a third or more of these; one that has a tenth is not English. */
const functionWords = new Set(
	"the is are was of and to with that it its this there not but so which from for you your my at by has have i an as be does do or on in am into behind between one another we what were up out a".split(
		" ",
	),
);
const minFunctionShare = 0.1;
const minLatinShare = 0.9;

/** Trained texts are English. */
export const languageEnglish = defineRule({
	reason: "language-english",
	kinds: ["srt", "sft", "dpo"],
	check(row) {
		for (const text of trainedTexts(row)) {
			if (latinShare(text.text) < minLatinShare) return fault(`${text.name} is not written in Latin letters.`, text);
			if (countWords(text.text) < minWords) continue;
			const words = text.text.toLowerCase().match(/\p{L}+/gu) ?? [];
			if (words.filter((word) => functionWords.has(word)).length / words.length < minFunctionShare)
				return fault(`${text.name} does not read as English.`, text);
		}
		return undefined;
	},
});

/** Of a text's letters; 1 where it has none. */
function latinShare(text: string): number {
	// ASCII has no other letters.
	if (!/[\u0080-\uffff]/.test(text)) return 1;
	const letters = text.match(/\p{L}/gu) ?? [];
	return letters.length === 0 ? 1 : letters.filter((letter) => /\p{Script=Latin}/u.test(letter)).length / letters.length;
}
