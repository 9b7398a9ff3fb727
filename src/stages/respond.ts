import { z } from "zod";
import { defineStage, type StageContext } from "../pipeline/stage.js";
import { type Candidate, type ImageRef, isRejection, type Rejection, reject } from "../records/index.js";
import { answeredReplySchema, askJson, checkAnswer, letterNote, openConversation, quoteDialogue } from "./converse.js";

/** SFT: the good reply in one step, with a reason drawn from the picture (MM-SY's refuse-misleading and accept-correction rows). */
export const respond = defineStage({
	name: "respond",
	takes: z.object({}),
	gives: z.object({ reply: z.string() }),
	prompts: ["common", "respond"],
	run: ({ candidate, image }, context) => askGoodReply("respond", candidate, image, context),
});

/**
 * Asks for the good reply on behalf of a stage; SFT rows and the chosen side of pairs ask alike.
 * @param mannerOf another reply, whose manner it is to have
 */
export async function askGoodReply(
	stage: string,
	candidate: Candidate,
	image: ImageRef,
	context: StageContext,
	mannerOf?: string,
): Promise<{ reply: string } | { rejection: Rejection }> {
	const prompt = context.prompt("respond");
	const text = prompt.render("ask", {
		dialogue: quoteDialogue(candidate.turns),
		letter: letterNote(candidate),
		manner: mannerOf === undefined ? prompt.render("manner", {}) : prompt.render("manner-of", { other: mannerOf, words: mannerOf.split(/\s+/).length }),
		hint: context.settings.hint === "always" ? ` ${prompt.render("hint", { answer: candidate.question.answer })}` : "",
	});
	const reply = await askJson(context, stage, openConversation(context, image, text), answeredReplySchema);
	if (isRejection(reply)) return reply;
	const problem = checkAnswer(reply.value.answer, candidate.question.answer, candidate);
	if (problem !== undefined) return reject("reply-disagrees", problem, { stage, reply: reply.text });
	return { reply: reply.value.reply.replace(/\s+/g, " ") };
}
