import { type Check, ok, warn } from "./check.js";
import { failRequest } from "./reply.js";

/** @unit tokens */
const cap = 16;
/** Servers count a few tokens that frame a reply, or count them not. @unit tokens */
const tolerance = 8;
/** No sixteen tokens of English are longer. @unit characters */
const longestText = 200;

/** Whether a long reply is cut at the number of tokens that was allowed, and says that it was cut. */
export const checkOutputCap: Check = {
	name: "max output tokens",
	async examine(exam) {
		const answer = await exam.ask(exam.text("long"), { maxTokens: cap });
		if (!answer.ok) return failRequest(answer, exam.endpoint);
		const { reply, finishReason } = answer;
		const tokens = reply.usage?.outputTokens;
		const sent = tokens === undefined ? `${reply.text.length} characters` : `${tokens} tokens`;
		const facts = `allowed ${cap} tokens, it sends ${sent}, finish reason ${finishReason ?? "none"}`;
		if ((tokens ?? 0) > cap + tolerance || reply.text.length > longestText) {
			return warn(facts, "The server does not keep to max_tokens: nothing but the model's own end and the timeout bounds what a reply costs.");
		}
		if (reply.finishReason === "length") return ok(facts);
		if ((tokens ?? 0) >= cap) return warn(facts, "Replies that were cut off look whole: only the rules that look for broken sentences find them.");
		return ok(`${facts}: it came to an end before the limit`);
	},
};
