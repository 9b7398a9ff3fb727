import { stripThinking } from "./strip-thinking.js";
import type { TeacherReply } from "./teacher.js";

/** What is wrong with a reply before anyone reads it. */
export interface ReplyProblem {
	readonly reason: "reply-cut-off" | "reply-filtered" | "reply-refused" | "reply-empty";
	readonly detail: string;
}

/** "I'm sorry", "Unfortunately" and the like, which may come before a refusal but are none by themselves. */
const opening = String.raw`(?:(?:i['’]?m|i am|we['’]?re) (?:really |very |so )?(?:sorry|afraid)|(?:my )?apologies|i apologi[sz]e|sorry|unfortunately)[,.:;!]? *(?:but |that )?`;
const unable = String.raw`i(?: am|['’]?m)? (?:really )?(?:can['’]?t|cannot|can not|not able to|unable to|won['’]?t|will not|must decline to|have to decline to)`;
/** What only somebody who refuses says of himself. Seeing and identifying things is what a description denies, too: "I can't see a dog". */
const refused = String.raw`(?:assist|help|comply|fulfil|provide|process|participate|engage|continue|do (?:that|this)|(?:view|see|access|analy[sz]e|open|describe|interpret) (?:the |any |this |that |your |an |)(?:image|picture|photo|file|attachment|visual)s?|(?:identify|recogni[sz]e) (?:the |any |real |this |that |who|)(?:person|people|individual|man|woman|face)s?)`;

const refusalPatterns = [
	new RegExp(String.raw`^(?:${opening})?${unable} ${refused}\b`, "i"),
	new RegExp(String.raw`^${opening}${unable}[.!]?\s*$`, "i"),
	/^as an? (?:ai|artificial intelligence|(?:large )?language model)\b[^.!?]{0,80}\b(?:can['’]?t|cannot|unable|not able|(?:do not|don['’]?t) have|(?:am|['’]m) not)\b/i,
];

/** Says why a reply cannot be used at all; undefined: it may be read. */
export function replyProblem(reply: TeacherReply): ReplyProblem | undefined {
	const text = stripThinking(reply.text);
	if (reply.finishReason === "length") {
		return { reason: "reply-cut-off", detail: `the reply reached the token limit; it ends in ${excerpt(text.slice(-80))}` };
	}
	if (reply.finishReason === "content-filter") return { reason: "reply-filtered", detail: "the server's content filter stopped the reply" };
	if (reply.finishReason === "refusal" || startsAsRefusal(text)) return { reason: "reply-refused", detail: `the teacher refused: ${excerpt(text)}` };
	if (text === "") return { reason: "reply-empty", detail: "the reply holds no text" };
	return undefined;
}

function startsAsRefusal(text: string): boolean {
	const start = text.slice(0, 200);
	return refusalPatterns.some((pattern) => pattern.test(start));
}

function excerpt(text: string): string {
	return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
}
