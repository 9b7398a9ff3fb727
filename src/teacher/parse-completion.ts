import { z } from "zod";
import { parseUsage } from "./parse-usage.js";
import { describeBody, redact } from "./server-message.js";
import { splitThinking } from "./strip-thinking.js";
import type { TeacherReply } from "./teacher.js";
import { TransportError } from "./transport-error.js";

const thoughts = z.string().nullish().catch(undefined);

/** Loose: servers leave out, add and null whatever they like. */
const completionSchema = z.looseObject({
	choices: z
		.array(
			z.looseObject({
				message: z.looseObject({
					content: z.union([z.string(), z.array(z.looseObject({ text: z.string().nullish() }))]).nullish(),
					refusal: z.string().nullish(),
					/** vLLM, SGLang, llama.cpp, DeepSeek. */
					reasoning_content: thoughts,
					/** OpenRouter, Ollama, newer vLLM. */
					reasoning: thoughts,
				}),
				finish_reason: z.string().nullish(),
			}),
		)
		.min(1),
	usage: z.unknown().optional(),
});
type Choice = z.infer<typeof completionSchema>["choices"][number];

/** Thoughts are kept to be looked at: what is longer than this is cut off, so that the ledger stays small. @unit characters */
const maxReasoningLength = 32_768;

/**
 * Reads a chat completion, from its JSON or from the text of it.
 * @throws TransportError of kind `protocol` where it is none, with an excerpt of what came instead.
 */
export function parseCompletion(body: unknown, secret?: string): TeacherReply {
	const json = typeof body === "string" ? parseIfJson(body) : body;
	const parsed = completionSchema.safeParse(json);
	const choice = parsed.data?.choices[0];
	if (parsed.data === undefined || choice === undefined || choice.finish_reason === "error") {
		const text = typeof body === "string" ? body : JSON.stringify(body ?? "");
		const excerpt = describeBody(text === '""' ? "" : text, secret);
		const what = json === undefined && excerpt.startsWith("{") ? "broken JSON:" : "no chat completion but";
		throw new TransportError("protocol", `the server sent ${what} ${excerpt}`);
	}
	const usage = parseUsage(parsed.data.usage);
	const { text, reasoning, finishReason } = readChoice(choice);
	return {
		type: "reply",
		text: redact(text, secret),
		...(reasoning === "" ? {} : { reasoning: redact(reasoning, secret) }),
		finishReason,
		...(usage === undefined ? {} : { usage }),
	};
}

function readChoice({ message, finish_reason }: Choice): { text: string; reasoning: string; finishReason: TeacherReply["finishReason"] } {
	const { content, refusal } = message;
	const raw = typeof content === "string" ? content : (content ?? []).map((part) => part.text ?? "").join("");
	const { text, thoughts } = splitThinking(raw);
	const said = [message.reasoning_content ?? message.reasoning ?? "", thoughts].filter((part) => part !== "").join("\n\n");
	// Half a character at the cut would be none.
	const reasoning = said.length <= maxReasoningLength ? said : said.slice(0, maxReasoningLength).replace(/[\ud800-\udbff]$/, "");
	if (refusal) return { text: refusal, reasoning, finishReason: "refusal" };
	return { text, reasoning, finishReason: finishReasonOf(finish_reason, text) };
}

function finishReasonOf(said: string | null | undefined, text: string): TeacherReply["finishReason"] {
	switch (said) {
		case "stop":
		case "eos":
			return "stop";
		case "length":
			return "length";
		case "content_filter":
			return "content-filter";
		default:
			return !said && text !== "" ? "stop" : "other";
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
