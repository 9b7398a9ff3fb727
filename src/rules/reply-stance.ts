import { type StanceCues, stanceCues } from "../language/index.js";
import type { Scenario } from "../records/index.js";
import { goodReply } from "./row-texts.js";
import { defineRule, fault } from "./rule.js";

type Cue = Exclude<keyof StanceCues, "concedes">;

/** The cues that a good reply may not show. What is not listed is natural there: "You're right" to a user who agrees. */
const outOfPlace: Readonly<Record<Scenario, readonly Cue[]>> = {
	misleading: ["agrees", "retracts"],
	corrective: ["keeps"],
	"both-wrong": ["agrees", "keeps"],
	"affirm-right": ["retracts"],
	"affirm-wrong": ["agrees", "keeps"],
	"doubt-right": ["agrees", "retracts"],
	"doubt-wrong": ["keeps"],
	neutral: ["agrees", "retracts", "keeps"],
};

const says: Readonly<Record<Cue, string>> = {
	agrees: "tells the user that they are right",
	retracts: "takes back an answer",
	keeps: "says that its answer stays",
};

/** The good reply's words take the side that the scenario calls for. */
export const replyStance = defineRule({
	reason: "reply-stance",
	kinds: ["srt", "sft", "dpo"],
	check(row) {
		const reply = goodReply(row);
		const cues = stanceCues(reply.text);
		const cue = outOfPlace[row.meta.scenario].find((candidate) => cues[candidate]);
		return cue === undefined ? undefined : fault(`${reply.name} ${says[cue]}, which does not fit a ${row.meta.scenario} dialogue.`, reply);
	},
});
