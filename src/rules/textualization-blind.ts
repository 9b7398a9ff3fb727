import { defineRule, fault } from "./rule.js";

/** What a description can only speak of when its writer knew more than the picture and the question. */
const talk: readonly RegExp[] = [
	/\b(?<!(?:computer|phone|wheelchair|laptop|cellphone|road) )users?\b/i,
	/\bthe (?:challenge|opinion|claim|conversation|dialogue|query|question)\b|\b(?:user's|your|this) (?:challenge|opinion|claim|suggestion|question)\b/i,
	/\b(?:first|previous|earlier|initial|original|correct|right|wrong|my|your|the) (?:answer|response|reply)s?\b/i,
	/\b(?:you|they) (?:say|said|suggest|suggested|claim|claimed|asked|mention|mentioned|think|thought)\b/i,
	/\b(?:options?|choices?) (?:[A-D]|[1-4])\b|\b(?:the|these|those|given|answer|listed|four|three) (?:options|choices)\b/i,
];

/** A textualization describes the picture before any opinion: nothing in it speaks of the user, the dialogue or the options. */
export const textualizationBlind = defineRule({
	reason: "textualization-blind",
	kinds: ["srt"],
	check(row) {
		if (row.kind !== "srt") return undefined;
		const letters = row.meta.choices === undefined ? [] : [row.meta.labels === "1234" ? /\([1-4]\)/ : /\([A-D]\)/];
		const match = [...talk, ...letters].map((pattern) => pattern.exec(row.trace.textualization)).find((found) => found !== null);
		return match === undefined
			? undefined
			: fault(`The textualization speaks of ${JSON.stringify(match[0])}; it may only describe the picture.`, { stage: "textualize" });
	},
});
