import { findLetter, normalizeAnswer } from "../language/index.js";
import type { Meta } from "../records/index.js";
import { allTexts } from "./row-texts.js";
import { defineRule, fault, quote } from "./rule.js";

/** Where a letter and an option's text stand together, in any turn or reply, they are one option. */
export const letterText = defineRule({
	reason: "letter-text",
	kinds: ["srt", "sft", "dpo"],
	check(row) {
		for (const text of allTexts(row)) {
			const mismatch = findMismatch(text.text, row.meta);
			if (mismatch !== undefined) return fault(`${text.name} puts ${mismatch}.`, text);
		}
		return undefined;
	},
});

function findMismatch(text: string, { choices, labels }: Meta): string | undefined {
	if (choices === undefined || labels === undefined) return undefined;
	for (const [index, choice] of choices.entries()) {
		const label = labels[index] ?? "";
		for (const { start, end } of findLetter(text, label)) {
			const named = choiceAfter(text, end, choices) ?? choiceBefore(text, start, choices);
			if (named !== undefined && named !== choice) return `${quote(text.slice(Math.max(0, start - 20), end + 20))}, but ${label} is ${JSON.stringify(choice)}`;
		}
	}
	return undefined;
}

/** The option whose text follows the letter at once: "(B) red", "B. red", "option B (red)". */
function choiceAfter(text: string, end: number, choices: readonly string[]): string | undefined {
	const rest = /^(?:\.(?= ["']?[a-z\d])|\)|:)?[\s("'\u201C]*/.exec(text.slice(end));
	return longest(choices, (choice) => startsWithChoice(text.slice(end + (rest?.[0].length ?? 0)), choice));
}

/** The option whose text stands before a letter in brackets: "red (B)"; not in a list, where it belongs to the letter before it. */
function choiceBefore(text: string, start: number, choices: readonly string[]): string | undefined {
	if (text[start] !== "(") return undefined;
	const before = text.slice(0, start).trimEnd();
	return longest(choices, (choice) => {
		const tail = before.slice(-choice.length);
		const ahead = before.slice(0, -choice.length);
		return tail.toLowerCase() === choice.toLowerCase() && /(?:^|[^\p{L}\p{N}])$/u.test(ahead) && !/[A-D1-4][).:]\s*["']?$/.test(ahead);
	});
}

function startsWithChoice(text: string, choice: string): boolean {
	const head = text.slice(0, choice.length);
	return normalizeAnswer(head) === normalizeAnswer(choice) && head.trim() !== "" && !/^[\p{L}\p{N}]/u.test(text.slice(choice.length));
}

function longest(choices: readonly string[], matches: (choice: string) => boolean): string | undefined {
	return choices.filter(matches).sort((a, b) => b.length - a.length)[0];
}
