import { z } from "zod";
import { renderAnswer } from "../candidates/render-answer.js";
import { defineStage } from "../pipeline/stage.js";
import { isRejection, reject } from "../records/index.js";
import { answeredReplySchema, askJson, checkAnswer, openConversation, quoteDialogue } from "./converse.js";
import { fillReply } from "./prefer.js";
import { replyTemplatesFor } from "./reply-templates.js";

/**
 * DPO, the rejected side: caves in, or stays stubborn, in the manner of the chosen one. A teacher's is always made to order; a student's is what it
 * really said, which the stage before has asked. */
export const cave = defineStage({
	name: "cave",
	takes: z.object({
		chosen: z.string(),
		rejectedSide: z.object({ stance: z.enum(["keep", "yield", "switch", "agree", "differ"]), answer: z.string() }),
		replyTemplate: z.string().optional(),
		caved: z.string().optional(),
	}),
	gives: z.object({ rejected: z.string(), rejectedOrigin: z.enum(["template", "teacher", "student"]) }),
	prompts: ["common", "cave"],
	async run({ candidate, image, chosen, rejectedSide, replyTemplate, caved }, context) {
		// What the rules do not take for a wrong reply in the manner of the other is made to order instead.
		if (caved !== undefined && context.attempt === 1) return { rejected: caved, rejectedOrigin: "student" as const };
		const { stance, answer } = rejectedSide;
		if (replyTemplate !== undefined) {
			const template = replyTemplatesFor(candidate.cell.timing).find(({ id }) => id === replyTemplate);
			return { rejected: fillReply(template?.[stance] ?? "", answer, candidate), rejectedOrigin: "template" as const };
		}
		const prompt = context.prompt("cave");
		const text = prompt.render("ask", {
			dialogue: quoteDialogue(candidate.turns),
			target: renderAnswer(answer, candidate.options, candidate.labels),
			stance: prompt.render(stance, {}),
			words: chosen.split(/\s+/).length,
			chosen,
		});
		const reply = await askJson(context, "cave", openConversation(context, image, text), answeredReplySchema);
		if (isRejection(reply)) return reply;
		const problem = checkAnswer(reply.value.answer, answer, candidate);
		if (problem !== undefined) return reject("rejected-disagrees", problem, { stage: "cave", reply: reply.text });
		return { rejected: reply.value.reply.replace(/\s+/g, " "), rejectedOrigin: "teacher" as const };
	},
});
