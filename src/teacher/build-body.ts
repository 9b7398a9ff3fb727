import type OpenAI from "openai";
import { type Dialect, dialectMembers } from "./dialects.js";
import type { ImageReader } from "./encode-image.js";
import type { Message, TeacherRequest } from "./teacher.js";

export interface BodyOptions {
	/** How the server is told the reply's schema; `none`: not at all, the prompt says it. */
	readonly structuredOutput: Dialect;
	readonly maxTokensName: "max_tokens" | "max_completion_tokens";
	readonly images: ImageReader;
}

/** What of a request is sent. */
export type BodyRequest = Pick<TeacherRequest, "model" | "messages" | "sampling" | "schema">;

const openAIHost = "api.openai.com";

/** OpenAI's newer models refuse max_tokens; other servers know nothing else. */
export function maxTokensNameOf(baseUrl: string): BodyOptions["maxTokensName"] {
	return new URL(baseUrl).host === openAIHost ? "max_completion_tokens" : "max_tokens";
}

type ChatParams = Omit<OpenAI.Chat.ChatCompletionCreateParamsNonStreaming, "model" | "messages">;

/**
 * The JSON body of a chat request, in pieces: a picture's bytes are those of the reader, shared by all requests that hold it and never
 * copied, so that a request in flight weighs no more than its text.
 */
export async function buildBody(request: BodyRequest, options: BodyOptions): Promise<Uint8Array[]> {
	const pieces: Uint8Array[] = [];
	let text = `{"model":${JSON.stringify(request.model)},"messages":[`;
	for (const [index, message] of request.messages.entries()) {
		text += `${index === 0 ? "" : ","}{"role":"${message.role}","content":`;
		const { words, pictures } = splitContent(message);
		if (pictures.length === 0) {
			text += `${JSON.stringify(words)}}`;
			continue;
		}
		// The picture first: what servers that cache prefixes can then reuse for the next question about it.
		text += "[";
		for (const [place, picture] of pictures.entries()) {
			const url = await options.images(picture);
			pieces.push(Buffer.from(`${text}${place === 0 ? "" : ","}{"type":"image_url","image_url":{"url":"`), url);
			text = '"}}';
		}
		text += words === "" ? "]}" : `,{"type":"text","text":${JSON.stringify(words)}}]}`;
	}
	pieces.push(Buffer.from(`${text}],${JSON.stringify(paramsOf(request, options)).slice(1)}`));
	return pieces;
}

/** Only users show pictures: servers take none from others. */
function splitContent({ role, content }: Message) {
	return {
		words: content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n"),
		pictures: role === "user" ? content.flatMap((part) => (part.type === "image" ? [part.image] : [])) : [],
	};
}

function paramsOf({ sampling, schema }: BodyRequest, { structuredOutput, maxTokensName }: BodyOptions): ChatParams {
	return {
		temperature: sampling.temperature,
		...(sampling.topP === undefined ? {} : { top_p: sampling.topP }),
		[maxTokensName]: sampling.maxOutputTokens,
		seed: sampling.seed,
		...(schema === undefined ? {} : dialectMembers(structuredOutput, schema)),
	};
}
