import { trainedTexts } from "./row-texts.js";
import { defineRule, fault } from "./rule.js";

const marks: readonly RegExp[] = [
	/```|`[^`\n]+`/,
	/^\s{0,3}#{1,6}\s/m,
	/^\s*[-*+\u2022]\s+\S/m,
	/^\s*\d{1,2}[.)]\s.*\n+\s*\d{1,2}[.)]\s/m,
	/\*\*[^*\n]+\*\*|__[^_\n]+__/,
	/^\s*\|.*\|\s*$/m,
	/\[[^\]\n]+\]\([^)\n]+\)/,
];

/** Whether a text holds headings, lists, code, bold, tables or links. */
export function hasMarkdown(text: string): boolean {
	return marks.some((mark) => mark.test(text));
}

/** Trained texts are plain prose. */
export const markdown = defineRule({
	reason: "markdown",
	kinds: ["srt", "sft", "dpo"],
	check(row) {
		const text = trainedTexts(row).find((candidate) => hasMarkdown(candidate.text));
		return text === undefined ? undefined : fault(`${text.name} holds markdown.`, text);
	},
});
