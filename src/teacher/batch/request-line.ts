import { buildBody, maxTokensNameOf } from "../build-body.js";
import type { ImageReader } from "../encode-image.js";
import type { ImageFamily } from "../image-tokens.js";
import type { OpenAIClientOptions } from "../openai-client.js";
import type { StoredRequest } from "./stored-request.js";

/** Where every line of a batch goes. */
export const batchEndpoint = "/v1/chat/completions";

export interface LineOptions {
	readonly baseUrl: string;
	readonly structuredOutput: OpenAIClientOptions["structuredOutput"];
	/** Gives a picture's address: a data URL, or the place of its file. */
	readonly images: ImageReader;
	/** How the model counts pictures; absent: by its name. */
	readonly imageTokens?: ImageFamily | number | undefined;
}

/** Writes a line of a batch's input: the body is, to the byte, what the live client would send. Ends in a newline. */
export async function writeRequestLine({ key, request }: StoredRequest, options: LineOptions): Promise<Buffer> {
	const { baseUrl, structuredOutput, images } = options;
	const body = await buildBody(request, { structuredOutput, images, maxTokensName: maxTokensNameOf(baseUrl) });
	const head = JSON.stringify({ custom_id: key, method: "POST", url: batchEndpoint }).slice(0, -1);
	return Buffer.concat([Buffer.from(`${head},"body":`), ...body, Buffer.from("}\n")]);
}
