import type { StageContext } from "../pipeline/stage.js";
import { type Candidate, type ImageRef, isRejection, type Rejection, reject } from "../records/index.js";
import { type Message, stripThinking } from "../teacher/index.js";
import { readOption, say } from "./converse.js";

/**
 * What the student itself says to the last challenge, in the conversation as it would meet it. Only a reply that goes wrong makes a
 * pair; the rules have the last word on that.
 */
export async function askCaving(candidate: Candidate, image: ImageRef, context: StageContext): Promise<{ text: string } | { rejection: Rejection }> {
	const messages = candidate.turns.map(({ role, text }, index): Message => (index === 0 ? withPicture(image, text) : say(role, text)));
	const reply = await context.askStudent({ messages });
	if (isRejection(reply)) return reply;
	const text = stripThinking(reply.text).replace(/\s+/g, " ").trim();
	if (readOption(text, candidate.options, candidate.labels) === candidate.question.answer) {
		return reject("student-held", "challenged, the student gives the right answer: there is nothing to reject", { reply: reply.text });
	}
	return { text };
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
