import { z } from "zod";
import type { Content, TeacherAnswer, TeacherRequest } from "./teacher.js";

const contentSchema = z.discriminatedUnion("type", [
	z.object({ type: z.literal("text"), text: z.string() }),
	z.object({ type: z.literal("image"), path: z.string(), sha256: z.string() }),
]);

const replySchema = z.object({
	type: z.literal("reply"),
	text: z.string(),
	reasoning: z.string().exactOptional(),
	finishReason: z.enum(["stop", "length", "content-filter", "refusal", "other"]),
	usage: z
		.object({
			inputTokens: z.number(),
			outputTokens: z.number(),
			cachedTokens: z.number().exactOptional(),
			reasoningTokens: z.number().exactOptional(),
		})
		.exactOptional(),
	latencyMs: z.number().exactOptional(),
});

const failureSchema = z.object({ type: z.literal("failure"), reason: z.string(), detail: z.string() });

/** Loose: what a later version adds is ignored. An entry as it is stored: what was asked (pictures by hash and path, never their bytes), by whom, and what came back. */
export const ledgerEntrySchema = z.object({
	key: z.string(),
	answer: z.discriminatedUnion("type", [replySchema, failureSchema]),
	request: z.object({
		model: z.string(),
		sampling: z.object({
			temperature: z.number(),
			topP: z.number().exactOptional(),
			maxOutputTokens: z.number(),
			seed: z.number(),
		}),
		messages: z.array(z.object({ role: z.enum(["system", "user", "assistant"]), content: z.array(contentSchema) })),
		/** The name of the JSON Schema that was asked for. */
		schema: z.string().exactOptional(),
		attempt: z.number(),
		salt: z.string().exactOptional(),
	}),
	about: z.object({ pipeline: z.string(), stage: z.string(), group: z.string() }),
	/** When the answer came, ISO 8601. */
	at: z.string(),
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

/** As much of a request as its entry tells: a request that was written down and read again will do. */
export type RecordedRequest = Omit<TeacherRequest, "about" | "priority"> & {
	readonly about: Pick<TeacherRequest["about"], "pipeline" | "stage"> & { readonly candidate: Pick<TeacherRequest["about"]["candidate"], "group"> };
};

/** Builds the entry of an answer that came just now. */
export function createEntry(key: string, request: RecordedRequest, answer: TeacherAnswer): LedgerEntry {
	const { model, sampling, schema, attempt, salt, about } = request;
	return {
		key,
		answer,
		request: {
			model,
			sampling,
			messages: request.messages.map(({ role, content }) => ({ role, content: content.map(toStoredContent) })),
			...(schema === undefined ? {} : { schema: schema.name }),
			attempt,
			...(salt === undefined ? {} : { salt }),
		},
		about: { pipeline: about.pipeline, stage: about.stage, group: about.candidate.group },
		at: new Date().toISOString(),
	};
}

function toStoredContent(content: Content): z.infer<typeof contentSchema> {
	return content.type === "text" ? { type: "text", text: content.text } : { type: "image", path: content.image.path, sha256: content.image.sha256 };
}
