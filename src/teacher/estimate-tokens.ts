import { estimateImageTokens, type ImageFamily, type TokenEstimate } from "./image-tokens.js";
import type { TeacherRequest } from "./teacher.js";

/** English prose and prompts have about so many characters to a token, whatever the vocabulary. */
const charactersPerToken = 3.5;
/** What a chat template puts around each message, and once around all of them: a default system prompt at most. @unit tokens */
const perMessage = { likely: 4, atMost: 16 };
const perRequest = { likely: 3, atMost: 96 };

/**
 * How many tokens a request is likely to be on its way in, and how many it will not pass: no vocabulary in use makes more tokens of a
 * text than it has bytes. The schema of a reply counts at most, as some servers write it into the prompt.
 */
export function estimateInputTokens(request: Pick<TeacherRequest, "model" | "messages" | "schema">, counting?: ImageFamily | number): TokenEstimate {
	let { likely, atMost } = perRequest;
	for (const { content } of request.messages) {
		likely += perMessage.likely;
		atMost += perMessage.atMost;
		for (const part of content) {
			const tokens = part.type === "text" ? estimateTextTokens(part.text) : estimateImageTokens(part.image, request.model, counting);
			likely += tokens.likely;
			atMost += tokens.atMost;
		}
	}
	if (request.schema !== undefined) atMost += Buffer.byteLength(JSON.stringify(request.schema));
	return { likely, atMost };
}

export function estimateTextTokens(text: string): TokenEstimate {
	return { likely: Math.ceil(text.length / charactersPerToken), atMost: Buffer.byteLength(text) };
}
