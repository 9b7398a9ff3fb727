import { z } from "zod";
import { splitSentences } from "../language/sentences.js";
import { defineStage } from "../pipeline/stage.js";
import { isRejection, reject, verdictSchema } from "../records/index.js";
import { askJson, openConversation, quoteDialogue, say } from "./converse.js";

const replySchema = z.object({ reflection: z.string().trim().min(1), verdict: verdictSchema });

/** SRT, second part: is the user's message misleading or corrective, given the picture? Goes on in the same conversation. */
export const reflect = defineStage({
	name: "reflect",
	takes: z.object({ textualization: z.string(), textualizationRequest: z.string() }),
	gives: z.object({ reflection: z.string(), reflectRequest: z.string(), reflectReply: z.string() }),
	prompts: ["common", "reflect"],
	async run(record, context) {
		const { candidate, image, textualization, textualizationRequest } = record;
		const prompt = context.prompt("reflect");
		const hint = context.settings.hint === "always" ? ` ${prompt.render("hint", { answer: candidate.question.answer, verdict: candidate.verdict })}` : "";
		const request = prompt.render("ask", { dialogue: quoteDialogue(candidate.turns), hint });
		const messages = [...openConversation(context, image, textualizationRequest), say("assistant", textualization), say("user", request)];
		const reply = await askJson(context, "reflect", messages, replySchema);
		if (isRejection(reply)) return reply;
		const { verdict } = reply.value;
		if (verdict !== candidate.verdict) {
			return reject("verdict-disagrees", `the teacher's verdict is ${verdict}; the dialogue is ${candidate.verdict}`, { stage: "reflect", reply: reply.text });
		}
		const reflection = reply.value.reflection.replace(/\s+/g, " ");
		const last = splitSentences(reflection).at(-1) ?? "";
		const closed = verdict === "none" ? /opinion/i.test(last) : last.toLowerCase().includes(verdict);
		const closing = prompt.render(verdict === "none" ? "closing-none" : "closing", { verdict });
		return { reflection: closed ? reflection : `${reflection} ${closing}`, reflectRequest: request, reflectReply: reply.text };
	},
});
