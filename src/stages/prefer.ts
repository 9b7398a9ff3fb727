import { z } from "zod";
import { renderAnswer } from "../candidates/render-answer.js";
import { renderTemplate } from "../pipeline/render-template.js";
import { defineStage } from "../pipeline/stage.js";
import { isRejection } from "../records/index.js";
import { askCaving } from "./ask-caving.js";
import { chooseStances } from "./choose-stances.js";
import { replyTemplatesFor } from "./reply-templates.js";
import { askGoodReply } from "./respond.js";

const sideSchema = z.object({ stance: z.enum(["keep", "yield", "switch", "agree", "differ"]), answer: z.string() });

/** DPO, the chosen side: keep or adopt, from a template or from the teacher. Also decides what the rejected side will do. */
export const prefer = defineStage({
	name: "prefer",
	takes: z.object({}),
	gives: z.object({ chosen: z.string(), rejectedSide: sideSchema, replyTemplate: z.string().optional(), caved: z.string().optional() }),
	prompts: ["common", "respond"],
	async run({ candidate, image }, context) {
		const { chosen, rejected } = chooseStances(candidate, context.settings.stanceShares, context.random("stances"));
		if (context.settings.dpoRejected === "student") {
			const caved = await askCaving(candidate, image, context);
			if (isRejection(caved)) return caved;
			const reply = await askGoodReply("prefer", candidate, image, context, caved.text);
			return isRejection(reply) ? reply : { chosen: reply.reply, rejectedSide: rejected, ...(caved.text === undefined ? {} : { caved: caved.text }) };
		}
		if (context.settings.dpoReplies === "teacher") {
			const reply = await askGoodReply("prefer", candidate, image, context);
			return isRejection(reply) ? reply : { chosen: reply.reply, rejectedSide: rejected };
		}
		const spoken = candidate.earlier?.replyTemplates ?? [];
		const templates = replyTemplatesFor(candidate.cell.timing).filter(({ family }) => family === candidate.family);
		const fresh = templates.filter(({ id }) => !spoken.includes(id));
		const template = context.random("template").pick(fresh.length > 0 ? fresh : templates);
		return { chosen: fillReply(template[chosen.stance] ?? "", chosen.answer, candidate), rejectedSide: rejected, replyTemplate: template.id };
	},
});

/** A template's text with the answer as the dialogue writes answers; begins with a capital. */
export function fillReply(template: string, answer: string, candidate: { options: readonly string[]; labels?: "ABCD" | "1234" | undefined }): string {
	return renderTemplate(template, { answer: renderAnswer(answer, candidate.options, candidate.labels) });
}
