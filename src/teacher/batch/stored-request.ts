import { z } from "zod";
import { imageRefSchema } from "../../records/index.js";
import type { RecordedRequest } from "../ledger-entry.js";

/** A request that waits, as it is written down: pictures by hash and path, never their bytes. */
export interface StoredRequest {
	/** Its ledger key, by which its result is known. */
	readonly key: string;
	readonly request: RecordedRequest;
}

const contentSchema = z.discriminatedUnion("type", [
	z.object({ type: z.literal("text"), text: z.string() }),
	z.object({ type: z.literal("image"), image: imageRefSchema }),
]);

const storedRequestSchema = z.object({
	key: z.string(),
	request: z.object({
		model: z.string(),
		messages: z.array(z.object({ role: z.enum(["system", "user", "assistant"]), content: z.array(contentSchema) })),
		sampling: z.object({ temperature: z.number(), topP: z.number().exactOptional(), maxOutputTokens: z.number(), seed: z.number() }),
		schema: z.object({ name: z.string(), json: z.record(z.string(), z.unknown()) }).exactOptional(),
		attempt: z.number(),
		salt: z.string().exactOptional(),
		about: z.object({ pipeline: z.string(), stage: z.string(), candidate: z.object({ group: z.string() }) }),
	}),
});

/** A request as one line, without what neither its body nor its ledger entry needs. */
export function writeStoredRequest(key: string, { model, messages, sampling, schema, attempt, salt, about }: RecordedRequest): string {
	const { pipeline, stage, candidate } = about;
	return JSON.stringify({
		key,
		request: { model, messages, sampling, schema, attempt, salt, about: { pipeline, stage, candidate: { group: candidate.group } } },
	});
}

/** @throws Error where the value is no request that was written down */
export function readStoredRequest(value: unknown): StoredRequest {
	return storedRequestSchema.parse(value);
}
