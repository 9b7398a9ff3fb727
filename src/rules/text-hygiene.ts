import type { Row } from "../records/index.js";
import { allTexts, type NamedText } from "./row-texts.js";
import { defineRule, fault } from "./rule.js";

const defects: readonly { readonly says: string; found(text: string): boolean }[] = [
	{ says: "is empty", found: (text) => text.trim() === "" },
	{ says: "begins or ends with white space", found: (text) => text !== text.trim() },
	{ says: "holds half a surrogate pair", found: (text) => /\p{Surrogate}/u.test(text) },
	{ says: "is not in Unicode form NFC", found: (text) => text !== text.normalize("NFC") },
	// A line break is the only control character that a text needs.
	{ says: "holds a control character", found: (text) => /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/.test(text) },
	{ says: "holds a line separator (U+2028 or U+2029)", found: (text) => /[\u2028\u2029]/.test(text) },
	{ says: "holds an invisible character", found: (text) => /[\u200B\u2060\uFEFF]/.test(text) },
];

/** What nearly every text is: none of the defects can be in it. */
const plain = /^[!-~](?:[\n -~]*[!-~])?$/;

/** Every text can be encoded, tokenized and split into lines by every trainer, and begins and ends with a visible character. */
export const textHygiene = defineRule({
	reason: "text-hygiene",
	kinds: ["srt", "sft", "dpo"],
	check(row) {
		for (const text of [...allTexts(row), ...answerTexts(row)]) {
			const defect = plain.test(text.text) ? undefined : defects.find((candidate) => candidate.found(text.text));
			if (defect !== undefined) return fault(`${text.name} ${defect.says}.`, text);
		}
		return undefined;
	},
});

function answerTexts({ meta }: Row): NamedText[] {
	return [
		{ name: "meta.answer", text: meta.answer },
		{ name: "meta.question", text: meta.question },
		...[...(meta.choices ?? []), ...meta.claims, ...meta.standingAnswers].map((text) => ({ name: `the answer ${JSON.stringify(text)}`, text })),
	];
}
