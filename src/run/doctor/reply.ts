import type { TeacherReply } from "../../teacher/index.js";
import { type Check, fail, ok, type Verdict, warn } from "./check.js";
import type { Endpoint } from "./endpoint.js";
import type { ChatAnswer } from "./probe.js";

/** Whether the simplest request is answered as asked, with all that goes with an answer. */
export const checkReply: Check = {
	name: "plain reply",
	ifFailed: "useless",
	async examine(exam) {
		const answer = await exam.plain();
		if (!answer.ok) return failRequest(answer, exam.endpoint);
		if (isThoughtOut(answer.reply)) return failThoughtOut(exam.endpoint);
		const { reply, finishReason, latencyMs } = answer;
		const facts = `${quote(reply.text)}, finish reason ${finishReason ?? "none"}, ${countTokens(reply)}, ${Math.round(latencyMs)} ms`;
		if (reply.text === "") return fail(`${facts}: a reply without text`, `${exam.endpoint.role}.model: one that chats; or see the server's log`);
		if (reply.usage === undefined) return warn(facts, "Without usage nobody knows what a request costs: turn it on at the server if it can.");
		return finishReason === null ? warn(`${facts}: what was cut off cannot be told from what is whole`) : ok(facts);
	},
};

/** Whether the model does what it is told, be it ever so simple. */
export const checkObedience: Check = {
	name: "instructions",
	async examine(exam) {
		const answer = await exam.plain();
		const text = answer.ok ? answer.reply.text : "";
		const words = text.split(/\s+/).length;
		if (!/\bready\b/i.test(text)) return fail(`asked for the word "ready", it says ${quote(text)}`, modelRemedy(exam.endpoint));
		return words > 12 ? warn(`asked for the word "ready" alone, it says ${words} words`) : ok(`asked for the word "ready", it says so`);
	},
};

/** Whether the model thinks before it replies, and whether its thoughts are kept out of the reply. */
export const checkThoughts: Check = {
	name: "thoughts",
	async examine(exam) {
		const answer = await exam.plain();
		if (!answer.ok) return fail(answer.detail);
		const places = [
			...["reasoning_content", "reasoning", "thinking"].filter((name) => typeof answer.message[name] === "string" && answer.message[name] !== ""),
			...(typeof answer.message.content === "string" && answer.message.content.includes("</think>") ? ["<think> in the text"] : []),
		];
		const tokens = answer.reply.usage?.reasoningTokens ?? 0;
		if (places.length === 0 && tokens === 0) return ok("none seen");
		const where = places.length === 0 ? "not sent" : `in ${places.join(" and ")}, kept out of replies`;
		return ok(
			`it thinks${tokens === 0 ? "" : ` (${tokens} tokens)`}; thoughts ${where}`,
			`Thoughts count as output: leave room for them in ${exam.endpoint.role}.maxOutputTokens.`,
		);
	},
};

/** Whether all of the tokens that were allowed went into thoughts. */
export function isThoughtOut({ text, finishReason }: TeacherReply): boolean {
	return text === "" && finishReason === "length";
}

export function failThoughtOut({ role, settings: { maxOutputTokens } }: Endpoint): Verdict {
	return fail(
		`all of ${maxOutputTokens} tokens are used up before the reply begins, in thoughts as it seems`,
		`${role}.maxOutputTokens: ${maxOutputTokens * 4}`,
	);
}

/** What a request that got no reply means, in a verdict. */
export function failRequest({ status, detail }: Extract<ChatAnswer, { ok: false }>, { path, role }: Endpoint): Verdict {
	if (status === undefined && detail.startsWith("no answer within")) {
		return fail(detail, `${role}.timeoutMs: more than the server needs for one reply; or look why it is so slow`);
	}
	if (status === 429) return fail(detail, "The server limits us already: wait, or ask its owner for more.");
	if (status === 404 || status === 405) return fail(detail, `Check ${path}.baseUrl (it mostly ends in /v1) and ${role}.model.`);
	return fail(detail, "See the server's log.");
}

export function modelRemedy({ role }: Endpoint): string {
	return `${role}.model: one that is trained to follow instructions`;
}

/** What a model said, short and on one line. */
export function quote(text: string): string {
	const line = text.replace(/\s+/g, " ").trim();
	return JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}…` : line);
}

function countTokens({ usage }: TeacherReply): string {
	return usage === undefined ? "no usage" : `${usage.inputTokens} + ${usage.outputTokens} tokens`;
}
