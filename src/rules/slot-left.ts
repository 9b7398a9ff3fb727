import { allTexts } from "./row-texts.js";
import { defineRule, fault, quote } from "./rule.js";

const leftovers: readonly { readonly what: string; readonly pattern: RegExp }[] = [
	{ what: "a template slot", pattern: /\{\{|\}\}|\{%|\{[A-Za-z_][\w .-]*\}|\$\{/ },
	{
		what: "a template slot",
		pattern:
			/\[[A-Z][A-Z_ ]{2,}\]|<(?:claim|answer|standing|question|choices?|options?|evidence|sentences|image description|color|object|your answer|insert[^>]*)>/i,
	},
	{ what: "a missing value", pattern: /\bundefined\b|\[object Object\]|\bNaN\b|["(]null[")]|\banswer (?:is|was|stays|remains) null\b|^null\.?$/ },
	{
		what: "doubled punctuation",
		pattern: /(?<!\.)\.\.(?!\.)|,[.,]|;[.,;]|(?<!\b(?:e\.g|i\.e|etc|vs|a\.m|p\.m|[A-Z]))\.,|\?\?|[?!]\.(?!\.)|\.[?!]|\.["']\.|,["'][.,]/,
	},
	{ what: "a double space", pattern: /\S {2,}\S/ },
	{ what: "an empty quotation", pattern: /(?<!")""(?!")|“”|\(\s*\)/ },
];

/** Nothing is left of the template that a text was made from. */
export const slotLeft = defineRule({
	reason: "slot-left",
	kinds: ["srt", "sft", "dpo"],
	check(row) {
		for (const text of allTexts(row)) {
			for (const { what, pattern } of leftovers) {
				const match = pattern.exec(text.text);
				if (match !== null)
					return fault(`${text.name} holds ${what} at ${quote(text.text.slice(Math.max(0, match.index - 15), match.index + match[0].length + 15))}.`, text);
			}
		}
		return undefined;
	},
});
