import { straightenQuotes } from "../language/index.js";
import { trainedTexts } from "./row-texts.js";
import { defineRule, fault } from "./rule.js";

const unable =
	"(?:can't|cannot|can not|could not|couldn't|am unable to|am not able to|'m unable to|'m not able to|do not have the ability to|don't have the ability to)(?: \\w+ly)?";
const refusals: readonly RegExp[] = [
	/\bas an? (?:AI|language model|text-based|assistant)\b|\bI(?:'m| am) (?:just |only )?an? (?:AI|language model|text-based)\b/i,
	new RegExp(
		`\\bI ${unable} (?:see|view|access|open|process|analy[sz]e|display|interpret|look at) (?:(?:the|this|that|your|any|actual) )?(?:images?|pictures?|photos?|photographs?|visual content|visuals)\\b(?! (?:of|on|hanging|above))`,
		"i",
	),
	new RegExp(`\\bI ${unable} (?:assist|help|comply|fulfill|provide|engage|identify (?:real )?people|answer (?:this|that|the|your))\\b`, "i"),
	new RegExp(
		`\\bI ${unable} (?:determine|tell|decide) (?:the (?:answer|right|correct)|which (?:answer|option|is)|from (?:this|the) (?:image|picture|photo))`,
		"i",
	),
	/\bno (?:image|picture|photo) (?:was |is |has been )?(?:provided|attached|uploaded|given|available)\b/i,
	/\b(?:image|picture|photo) (?:is|was|has) (?:not|n't) (?:been )?(?:provided|attached|uploaded|available|shown to me)\b/i,
	/\bplease (?:provide|upload|share|attach|send) (?:the|an|a|your|me) (?:\w+ )?(?:image|picture|photo)\b/i,
];

/** No trained text refuses, or says that its writer cannot see pictures. Not seeing a dog in one is no refusal. */
export const refusal = defineRule({
	reason: "refusal",
	kinds: ["srt", "sft", "dpo"],
	check(row) {
		for (const text of trainedTexts(row)) {
			const match = refusals.map((pattern) => pattern.exec(straightenQuotes(text.text))).find((found) => found !== null);
			if (match !== undefined) return fault(`${text.name} refuses: ${JSON.stringify(match[0])}.`, text);
		}
		return undefined;
	},
});
