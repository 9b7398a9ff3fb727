import { z } from "zod";
import { defineStage } from "../pipeline/stage.js";
import { isRejection, reject } from "../records/index.js";
import { answeredReplySchema, askJson, checkAnswer, letterNote, openConversation, say } from "./converse.js";

/** SRT, third part: the answer to the user. Ends the same conversation. */
export const conclude = defineStage({
	name: "conclude",
	takes: z.object({ textualization: z.string(), textualizationRequest: z.string(), reflectRequest: z.string(), reflectReply: z.string() }),
	gives: z.object({ conclusion: z.string() }),
	prompts: ["common", "conclude"],
	async run(record, context) {
		const { candidate, image } = record;
		const messages = [
			...openConversation(context, image, record.textualizationRequest),
			say("assistant", record.textualization),
			say("user", record.reflectRequest),
			say("assistant", record.reflectReply),
			say("user", context.prompt("conclude").render("ask", { letter: letterNote(candidate) })),
		];
		const reply = await askJson(context, "conclude", messages, answeredReplySchema);
		if (isRejection(reply)) return reply;
		const problem = checkAnswer(reply.value.answer, candidate.question.answer, candidate);
		if (problem !== undefined) return reject("conclusion-disagrees", problem, { stage: "conclude", reply: reply.text });
		return { conclusion: reply.value.reply.replace(/\s+/g, " ") };
	},
});
