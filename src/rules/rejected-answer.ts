import { faultOfBadReply } from "./row-answers.js";
import { defineRule, fault } from "./rule.js";

/** The rejected reply of a pair gives a wrong answer, and does not end on the right one. */
export const rejectedAnswer = defineRule({
	reason: "rejected-answer",
	kinds: ["dpo"],
	check(row) {
		if (row.kind !== "dpo") return undefined;
		const detail = faultOfBadReply(row.rejected, row.meta);
		return detail === undefined ? undefined : fault(`The rejected reply ${detail}.`, { stage: "cave" });
	},
});
