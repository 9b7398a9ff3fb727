import { asNumber, normalizeAnswer, sameMeaning } from "../language/index.js";
import { defineRule, fault } from "./rule.js";

/** Two to four choices, no two of one meaning, of which exactly one is the right answer. */
export const choicesDistinct = defineRule({
	reason: "choices-distinct",
	kinds: ["srt", "sft", "dpo"],
	check({ meta: { choices, labels, answer } }) {
		if (choices === undefined) return labels === undefined ? undefined : fault(`meta.labels is ${labels}, but there are no choices.`);
		if (labels === undefined) return fault("There are choices, but meta.labels does not say how they are lettered.");
		if (choices.length < 2 || choices.length > 4) return fault(`There are ${choices.length} choices; there must be 2 to 4.`);
		const right = choices.filter((choice) => normalizeAnswer(choice) === normalizeAnswer(answer)).length;
		if (right !== 1) return fault(`The right answer, ${JSON.stringify(answer)}, is among the choices ${right} times.`);
		for (const [index, choice] of choices.entries()) {
			const twin = choices.slice(index + 1).find((other) => sameMeaning(choice, other));
			if (twin !== undefined) return fault(`The choices ${JSON.stringify(choice)} and ${JSON.stringify(twin)} could both be right.`);
		}
		// "(2) 3" would leave open which of the two numbers an answer means.
		if (labels === "1234" && choices.some((choice) => asNumber(choice) !== undefined))
			return fault("Choices that are numbers are numbered; they need letters.");
		return undefined;
	},
});
