import fc from "fast-check";
import OpenAI from "openai";
import { expect, test } from "vitest";
import { buildBody } from "../../src/teacher/build-body.js";
import { type Content, dialectMembers, dialects, type Message, type TeacherRequest } from "../../src/teacher/index.js";
import { makeImageRef, makeRequest } from "../support/make-request.js";

/** Any string at all, with half surrogates, quotes and what is invisible. */
const anyText = fc
	.array(fc.oneof(fc.integer({ min: 0, max: 0xff_ff }), fc.constantFrom(0x22, 0x5c, 0x0a, 0x20_28, 0xfe_ff)))
	.map((units) => String.fromCharCode(...units));
const anyContent: fc.Arbitrary<Content> = fc.oneof(
	anyText.map((text) => ({ type: "text" as const, text })),
	fc.constantFrom("a", "b", "c").map((digit) => ({ type: "image" as const, image: makeImageRef(digit) })),
);
const anyMessage: fc.Arbitrary<Message> = fc.record({
	role: fc.constantFrom("system" as const, "user" as const, "assistant" as const),
	content: fc.array(anyContent, { maxLength: 4 }),
});
const anyRequest: fc.Arbitrary<TeacherRequest> = fc
	.record({
		model: anyText,
		messages: fc.array(anyMessage, { maxLength: 4 }),
		temperature: fc.double({ min: 0, max: 2, noNaN: true }),
		topP: fc.option(fc.double({ min: 0.01, max: 1, noNaN: true }), { nil: undefined }),
		schema: fc.option(fc.record({ name: anyText, json: fc.dictionary(anyText, fc.jsonValue()) }), { nil: undefined }),
	})
	.map(({ model, messages, temperature, topP, schema }) =>
		makeRequest("", {
			model,
			messages,
			sampling: { temperature, ...(topP === undefined ? {} : { topP }), maxOutputTokens: 64, seed: 7 },
			...(schema === undefined ? {} : { schema }),
		}),
	);

const urlOf = (sha256: string) => `data:image/png;base64,${sha256}==`;
const images = async ({ sha256 }: { sha256: string }) => Buffer.from(urlOf(sha256));

function messageOf({ role, content }: Message): object {
	const text = content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
	const pictures = content.flatMap((part) => (part.type === "image" ? [{ type: "image_url", image_url: { url: urlOf(part.image.sha256) } }] : []));
	if (role !== "user" || pictures.length === 0) return { role, content: text };
	return { role, content: [...pictures, ...(text === "" ? [] : [{ type: "text", text }])] };
}

test("the pieces are, byte for byte, what OpenAI's client would have sent", async () => {
	let sent: unknown;
	const client = new OpenAI({
		apiKey: "none",
		maxRetries: 0,
		async fetch(_, init) {
			sent = init?.body;
			return Response.json({ choices: [] });
		},
	});
	await fc.assert(
		fc.asyncProperty(anyRequest, fc.constantFrom(...dialects), fc.boolean(), async (request, structuredOutput, isOpenAI) => {
			const maxTokensName = isOpenAI ? "max_completion_tokens" : "max_tokens";
			const pieces = await buildBody(request, { structuredOutput, maxTokensName, images });
			const { temperature, topP, maxOutputTokens, seed } = request.sampling;
			const body = {
				model: request.model,
				messages: request.messages.map(messageOf),
				temperature,
				...(topP === undefined ? {} : { top_p: topP }),
				[maxTokensName]: maxOutputTokens,
				seed,
				...(request.schema === undefined ? {} : dialectMembers(structuredOutput, request.schema)),
			};
			await client.post("/chat/completions", { body });
			expect(Buffer.concat(pieces).toString()).toBe(sent);
		}),
		{ numRuns: 300 },
	);
});

test("a picture's bytes are the reader's own, not a copy", async () => {
	const bytes = Buffer.from("data:image/png;base64,AAAA");
	const request = makeRequest("a", { image: makeImageRef() });
	const pieces = await buildBody(request, { structuredOutput: "none", maxTokensName: "max_tokens", images: async () => bytes });
	expect(pieces).toHaveLength(3);
	expect(pieces[1]).toBe(bytes);
});
