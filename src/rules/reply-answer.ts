import { faultOfGoodReply } from "./row-answers.js";
import { goodReply } from "./row-texts.js";
import { defineRule, fault } from "./rule.js";

/** The good reply of an `sft` or `dpo` row gives the right answer, and does not end on a wrong one. */
export const replyAnswer = defineRule({
	reason: "reply-answer",
	kinds: ["sft", "dpo"],
	check(row) {
		const reply = goodReply(row);
		const detail = faultOfGoodReply(reply.text, row.meta);
		return detail === undefined ? undefined : fault(`${row.kind === "dpo" ? "The chosen reply" : "The reply"} ${detail}.`, reply);
	},
});
