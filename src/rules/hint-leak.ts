import { trainedTexts } from "./row-texts.js";
import { defineRule, fault } from "./rule.js";

const leaks: readonly RegExp[] = [
	/\b(?:according to|based on|given|per|from|following) (?:the|this|that|your|a) hints?\b|\b(?:the|this|that|your|given|provided) hints?\b(?! of\b)/i,
	/\bground[- ]truth\b|\b(?:gold|reference|golden|annotated|labell?ed|expected|known) (?:answer|label|standard)\b|\banswer key\b|\bannotations?\b/i,
	/\b(?:provided|supplied) (?:correct |right |true )?answer\b|\b(?:given|supplied) (?:correct|right|true) answer\b|\b(?:correct|right|true) answer (?:that (?:was|is) )?(?:given|provided|supplied)\b/i,
	/\b(?:as|i was|i am|i've been|i have been|we were) (?:instructed|told|informed|directed)\b|\b(?:the|my|your) instructions?\b/i,
	/\binformation (?:that (?:was|is) )?(?:provided|given|supplied)(?: to me)?\b|\bprovided (?:information|context|data|facts)\b/i,
	/\b(?:the|this|system|your|my|user) prompts?\b|\bJSON\b|\bschema\b|\bmetadata\b/i,
	/\b(?:verdict|textualization|reflection|conclusion|scenario|standing answer)["']?\s*[:=]/i,
	/\b(?:verdict|label) (?:field|is set|should be|must be)\b|\b(?:one-round|two-round|sycophan\w+)\b/i,
];

/** No trained text betrays that its writer was told something: a student who learns from it is told nothing. */
export const hintLeak = defineRule({
	reason: "hint-leak",
	kinds: ["srt", "sft", "dpo"],
	check(row) {
		for (const text of trainedTexts(row)) {
			const match = leaks.map((pattern) => pattern.exec(text.text)).find((found) => found !== null);
			if (match !== undefined) return fault(`${text.name} speaks of ${JSON.stringify(match[0])}, which the student never sees.`, text);
		}
		return undefined;
	},
});
