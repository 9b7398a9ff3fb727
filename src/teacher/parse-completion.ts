import { z } from "zod";
import { describeBody, redact } from "./server-message.js";
import { stripThinking } from "./strip-thinking.js";
import type { TeacherReply } from "./teacher.js";
import { TransportError } from "./transport-error.js";

/** Loose: servers leave out, add and null whatever they like. */
const completionSchema = z.looseObject({
	choices: z
		.array(
			z.looseObject({
				message: z.looseObject({
					content: z.union([z.string(), z.array(z.looseObject({ text: z.string().nullish() }))]).nullish(),
					refusal: z.string().nullish(),
				}),
				finish_reason: z.string().nullish(),
			}),
		)
		.min(1),
	usage: z.looseObject({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish().catch(undefined),
});
type Choice = z.infer<typeof completionSchema>["choices"][number];

/**
 * Reads a chat completion.
 * @throws TransportError of kind `protocol` where it is none, with an excerpt of what came instead.
 */
export function parseCompletion(body: unknown, secret?: string): TeacherReply {
	const parsed = completionSchema.safeParse(typeof body === "string" ? parseIfJson(body) : body);
	const choice = parsed.data?.choices[0];
	if (parsed.data === undefined || choice === undefined || choice.finish_reason === "error") {
		const text = typeof body === "string" ? body : (JSON.stringify(body ?? "") ?? "");
		throw new TransportError("protocol", `the server sent no chat completion but ${describeBody(text === '""' ? "" : text, secret)}`);
	}
	const { usage } = parsed.data;
	const { text, finishReason } = textAndReason(choice);
	return {
		type: "reply",
		text: redact(text, secret),
		finishReason,
		...(usage ? { usage: { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens } } : {}),
	};
}

function textAndReason({ message, finish_reason }: Choice): Pick<TeacherReply, "text" | "finishReason"> {
	const { content, refusal } = message;
	if (refusal) return { text: refusal, finishReason: "refusal" };
	const raw = typeof content === "string" ? content : (content ?? []).map((part) => part.text ?? "").join("");
	const text = stripThinking(raw);
	switch (finish_reason) {
		case "stop":
		case "eos":
			return { text, finishReason: "stop" };
		case "length":
			return { text, finishReason: "length" };
		case "content_filter":
			return { text, finishReason: "content-filter" };
		default:
			return { text, finishReason: !finish_reason && text !== "" ? "stop" : "other" };
	}
}

/** Some servers send JSON and call it text. */
function parseIfJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
