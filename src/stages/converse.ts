import { z } from "zod";
import { sameMeaning } from "../language/synonyms.js";
import type { StageContext } from "../pipeline/stage.js";
import { type Candidate, type ImageRef, isRejection, type Labels, type Rejection, reject, type Turn } from "../records/index.js";
import { type Message, parseJsonReply, parseOption } from "../teacher/index.js";

/** What the stages share in speaking with the teacher. */

/** The beginning of every conversation: fixed text, then the picture, then what is asked first. Servers cache the part that recurs. */
export function openConversation(context: StageContext, image: ImageRef, text: string): Message[] {
	return [
		{ role: "system", content: [{ type: "text", text: context.prompt("common").render("system", {}) }] },
		{
			role: "user",
			content: [
				{ type: "image", image },
				{ type: "text", text },
			],
		},
	];
}

export function say(role: "user" | "assistant", text: string): Message {
	return { role, content: [{ type: "text", text }] };
}

/** The dialogue as prompts quote it. */
export function quoteDialogue(turns: readonly Turn[]): string {
	return turns.map(({ role, text }) => `${role === "user" ? "User" : "Assistant"}: ${text}`).join("\n");
}

/** Asks for a JSON reply of the given shape. What does not fit is a rejection of the named stage, which is asked again. */
export async function askJson<Value>(
	context: StageContext,
	stage: string,
	messages: readonly Message[],
	schema: z.ZodType<Value>,
): Promise<{ value: Value; text: string } | { rejection: Rejection }> {
	const reply = await context.ask({ messages, schema: { name: stage, json: toJsonSchema(schema) } });
	if (isRejection(reply)) return reply;
	const parsed = parseJsonReply(reply.text, schema);
	if (!parsed.ok) return reject(parsed.reason, parsed.detail, { stage, reply: reply.text });
	return { value: parsed.value, text: reply.text };
}

/** By schema, of which each stage has one for all its requests. */
const jsonSchemas = new WeakMap<z.ZodType, Readonly<Record<string, unknown>>>();

/** The schema as servers take it: every key required and none besides, as OpenAI's strict mode wants it. */
function toJsonSchema(schema: z.ZodType): Readonly<Record<string, unknown>> {
	const known = jsonSchemas.get(schema);
	if (known !== undefined) return known;
	const { $schema: _, ...json } = z.toJSONSchema(schema, { target: "draft-07" });
	jsonSchemas.set(schema, json);
	return json;
}

/** The shape of a reply to the user, with the answer apart so that it can be checked. */
export const answeredReplySchema = z.object({ answer: z.string().trim().min(1), reply: z.string().trim().min(1) });

/** The option that a model means: by letter or text, or by the one option that means the same (`dogs` for `dog`, `two` for `2`). */
export function readOption(text: string, options: readonly string[], labels: Labels | undefined): string | undefined {
	const index = parseOption(text, options, labels);
	if (index !== undefined) return options[index];
	// "(A) blue", where A is another: nobody can tell which of the two is meant.
	if (/^[([{]?\s*[A-Da-d1-4]\s*[)\]}.:,]+\s+\S/.test(text.trim())) return undefined;
	// Only a bare answer: a sentence may hold an option's words and mean another.
	if (text.trim().split(/\s+/).length > 3 || /\b(?:not|no|never|neither|nor)\b|n't/i.test(text)) return undefined;
	const alike = options.filter((option) => sameMeaning(option, text));
	return alike.length === 1 ? alike[0] : undefined;
}

/** Whether a reply's own `answer` is the wanted one; else what is wrong with it. */
export function checkAnswer(answer: string, wanted: string, candidate: Candidate): string | undefined {
	const given = readOption(answer, candidate.options, candidate.labels);
	if (given === wanted) return undefined;
	return given === undefined
		? `the reply's answer "${answer}" is none of ${candidate.options.join(", ")}`
		: `the reply's answer is "${given}", wanted "${wanted}"`;
}

/** The part of a prompt that asks for the letter too, where choices were shown. */
export function letterNote(candidate: Candidate): string {
	return candidate.labels === undefined ? "" : " together with its letter, as in (B) and the words";
}
