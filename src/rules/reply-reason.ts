import { countWords, goodReply } from "./row-texts.js";
import { defineRule, fault } from "./rule.js";

/** A conclusion may be brief, since the reflection before it gave the reasons. */
const minWords = { sft: 8, srt: 4 } as const;

/** The reply says more than the bare answer. */
export const replyReason = defineRule({
	reason: "reply-reason",
	kinds: ["sft", "srt"],
	check(row) {
		if (row.kind === "dpo") return undefined;
		const reply = goodReply(row);
		const words = countWords(reply.text);
		return words >= minWords[row.kind] ? undefined : fault(`${reply.name} has ${words} words, too few to give a reason.`, reply);
	},
});
