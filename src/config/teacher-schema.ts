import { z } from "zod";
import { dialects } from "../teacher/dialects.js";
import { batchSettings } from "./batch-schema.js";
import { limitFields } from "./limits-schema.js";
import { imageTokensSchema, priceSchema } from "./price-schema.js";

/** Who answers: the teacher, which writes replies, and the student, whose own first answers may be wanted. */

export const teacherSchema = z
	.strictObject({
		type: z
			.enum(["scripted", "openai"])
			.default("scripted")
			.describe("scripted answers from a question's evidence, offline; openai is any OpenAI-compatible server."),
		baseUrl: z
			.url({ protocol: /^https?$/ })
			.optional()
			.describe("For example http://localhost:8000/v1."),
		model: z.string().min(1).optional().describe("The model's name as the server knows it."),
		apiKeyEnv: z
			.string()
			.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be the NAME of an environment variable, never the key itself")
			.default("OPENAI_API_KEY")
			.describe("Name of the environment variable that holds the key."),
		concurrency: z.int().min(1).max(4096).default(16).describe("Requests in flight at most, for each endpoint."),
		...limitFields,
		timeoutMs: z.int().min(1).max(3_600_000).default(180_000).describe("One request's time limit. @unit milliseconds"),
		retries: z.int().min(0).max(20).default(5).describe("Further tries of a request that failed in transit, was limited (429) or met a server error."),
		maxRetryAfterMs: z
			.int()
			.min(0)
			.max(86_400_000)
			.default(120_000)
			.describe("A Retry-After above this is not waited for: the request has used up its tries. @unit milliseconds"),
		outageMs: z
			.int()
			.min(100)
			.max(86_400_000)
			.default(600_000)
			.describe("The run stops (exit 4, resumable) when nothing was answered for so long. @unit milliseconds"),
		temperature: z.number().min(0).max(2).default(0.7),
		topP: z.number().gt(0).max(1).optional(),
		maxOutputTokens: z.int().min(16).max(32_768).default(512).describe("Per request. @unit tokens"),
		structuredOutput: z
			.enum(dialects)
			.default("json-schema")
			.describe(
				"How the server is told the reply's schema. json-schema: OpenAI, vLLM, SGLang, Ollama, LM Studio, llama.cpp; structured-outputs: vLLM's own; guided-json: vLLM before 0.12; json-object-schema: older llama.cpp; json-object: any JSON; none: only the prompt says it.",
			),
		hint: z.enum(["never", "always"]).default("never").describe("Whether the teacher is told the answer and the verdict. MM-SY's prompt does."),
		goldCheck: z
			.enum(["blind", "off"])
			.default("blind")
			.describe("Ask the teacher the bare question first, and reject the question where it disagrees with the gold. Not asked of the scripted teacher."),
		price: priceSchema.optional().describe("What the model costs; absent: not known, and only tokens are counted."),
		imageTokens: imageTokensSchema.optional(),
		...batchSettings,
	})
	.prefault({});

/** The model that will be trained, asked for its own answers. Travels through the same layers as the teacher's requests. */
export const studentSchema = z.strictObject({
	baseUrl: z.url({ protocol: /^https?$/ }).describe("The student's OpenAI-compatible server, for example http://localhost:8001/v1."),
	model: z.string().min(1).describe("The student's name as its server knows it."),
	apiKeyEnv: z
		.string()
		.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be the NAME of an environment variable, never the key itself")
		.default("STUDENT_API_KEY")
		.describe("Name of the environment variable that holds the key."),
	concurrency: z.int().min(1).max(4096).default(16).describe("Requests in flight at most."),
	timeoutMs: z.int().min(1).max(3_600_000).default(180_000).describe("One request's time limit. @unit milliseconds"),
	temperature: z.number().min(0).max(2).default(0).describe("Both papers test at 0."),
	maxOutputTokens: z.int().min(16).max(32_768).default(64).describe("Per request. @unit tokens"),
	price: priceSchema.optional().describe("What the student costs; absent: not known, and only tokens are counted."),
	imageTokens: imageTokensSchema.optional(),
});
