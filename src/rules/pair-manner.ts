import { splitSentences } from "../language/index.js";
import { hasMarkdown } from "./markdown.js";
import { countWords } from "./row-texts.js";
import { defineRule, fault } from "./rule.js";

/** Beyond this a length says which reply is chosen. */
const maxLengthRatio = 1.67;
/** So few words apart, a ratio means nothing. @unit words */
const freeDifference = 2;

/** The replies of a pair differ in stance, not in manner: length, layout and opener are alike. */
export const pairManner = defineRule({
	reason: "pair-manner",
	kinds: ["dpo"],
	check(row) {
		if (row.kind !== "dpo") return undefined;
		const detail = faultOfPair(row.chosen, row.rejected);
		return detail === undefined ? undefined : fault(detail, { stage: "cave" });
	},
});

function faultOfPair(chosen: string, rejected: string): string | undefined {
	const [words, otherWords] = [countWords(chosen), countWords(rejected)];
	const ratio = Math.max(words, otherWords) / Math.max(1, Math.min(words, otherWords));
	if (ratio > maxLengthRatio && Math.abs(words - otherWords) > freeDifference)
		return `Chosen has ${words} words and rejected ${otherWords}; the longer may have at most ${maxLengthRatio} times those of the shorter.`;
	if (chosen.includes("\n") !== rejected.includes("\n")) return "Only one of chosen and rejected has line breaks.";
	if (hasMarkdown(chosen) !== hasMarkdown(rejected)) return "Only one of chosen and rejected has markdown.";
	const [opener, otherOpener] = [openerOf(chosen), openerOf(rejected)];
	return opener === otherOpener ? undefined : `Chosen opens with ${opener} and rejected with ${otherOpener}.`;
}

function openerOf(text: string): "an apology" | "thanks" | "neither apology nor thanks" {
	const first = splitSentences(text)[0] ?? "";
	if (/\b(?:sorry|apolog\w*|pardon|forgive me|my mistake|my bad)\b/i.test(first)) return "an apology";
	return /\b(?:thanks?|thank you|grateful|appreciate)\b/i.test(first) ? "thanks" : "neither apology nor thanks";
}
