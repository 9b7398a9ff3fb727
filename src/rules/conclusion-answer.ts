import { faultOfGoodReply } from "./row-answers.js";
import { goodReply } from "./row-texts.js";
import { defineRule, fault } from "./rule.js";

/** The conclusion of a trace gives the right answer, and does not end on a wrong one. */
export const conclusionAnswer = defineRule({
	reason: "conclusion-answer",
	kinds: ["srt"],
	check(row) {
		const reply = goodReply(row);
		const detail = faultOfGoodReply(reply.text, row.meta);
		return detail === undefined ? undefined : fault(`The ${reply.name} ${detail}.`, reply);
	},
});
