import type { ImageReader } from "../encode-image.js";
import { type OpenAIClientOptions, openAIHost, toParams } from "../openai-client.js";
import type { StoredRequest } from "./stored-request.js";

/** Where every line of a batch goes. */
export const batchEndpoint = "/v1/chat/completions";

export interface LineOptions {
	readonly baseUrl: string;
	readonly structuredOutput: OpenAIClientOptions["structuredOutput"];
	/** Gives a picture's address: a data URL, or the place of its file. */
	readonly images: ImageReader;
}

/** Writes lines of a batch's input: the body is what the live client would send. Ends in a newline. */
export async function writeRequestLine({ key, request }: StoredRequest, options: LineOptions): Promise<string> {
	const body = await toParams(request, options, new URL(options.baseUrl).host === openAIHost);
	return `${JSON.stringify({ custom_id: key, method: "POST", url: batchEndpoint, body })}\n`;
}
