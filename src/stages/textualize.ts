import { z } from "zod";
import { defineStage } from "../pipeline/stage.js";
import { isRejection } from "../records/index.js";
import { openConversation } from "./converse.js";

/** At most so many dialogues of a question share one description. */
const dialoguesPerTextualization = 4;

/**
 * SRT, first part: what the picture shows. Sees the picture and the question, not the first answer, not the challenge, so that
 * the description cannot bend towards the user.
 */
export const textualize = defineStage({
	name: "textualize",
	takes: z.object({}),
	gives: z.object({ textualization: z.string(), textualizationRequest: z.string() }),
	prompts: ["common", "textualize"],
	async run({ candidate, image }, context) {
		const text = context.prompt("textualize").render("ask", { question: candidate.question.text });
		const share = Math.floor(candidate.dialogue / dialoguesPerTextualization);
		const reply = await context.ask({ messages: openConversation(context, image, text), ...(share === 0 ? {} : { salt: `share ${share}` }) });
		if (isRejection(reply)) return reply;
		return { textualization: tidy(reply.text), textualizationRequest: text };
	},
});

/** One paragraph, without the quotes or the label that models like to put around it. */
function tidy(text: string): string {
	return text
		.replace(/\s+/g, " ")
		.trim()
		.replace(/^(?:description|textualization)\s*:\s*/i, "")
		.replace(/^"([^"]*)"$/, "$1");
}
