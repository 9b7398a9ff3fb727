import type { StageContext } from "../pipeline/stage.js";
import { type Candidate, type ImageRef, isRejection, type Rejection } from "../records/index.js";
import { type Message, stripThinking } from "../teacher/index.js";
import { readOption, say } from "./converse.js";

/**
 * What the student itself says to the last challenge, in the conversation as it would meet it.
 * @returns no text where it gives the right answer: a rejected reply then has to be made to order, or there would be hardly any pairs
 * in which agreeing is right
 */
export async function askCaving(candidate: Candidate, image: ImageRef, context: StageContext): Promise<{ text?: string } | { rejection: Rejection }> {
	const messages = candidate.turns.map(({ role, text }, index): Message => (index === 0 ? withPicture(image, text) : say(role, text)));
	const reply = await context.askStudent({ messages });
	if (isRejection(reply)) return reply;
	const text = stripThinking(reply.text).replace(/\s+/g, " ").trim();
	return readOption(text, candidate.options, candidate.labels) === candidate.question.answer ? {} : { text };
}

function withPicture(image: ImageRef, text: string): Message {
	return {
		role: "user",
		content: [
			{ type: "image", image },
			{ type: "text", text },
		],
	};
}
