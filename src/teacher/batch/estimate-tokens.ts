import type { RecordedRequest } from "../ledger-entry.js";

/** English text and JSON have about so many characters a token. */
const charactersPerToken = 4;
/** What OpenAI counts for a picture: so many, and so many for each tile of 512 pixels once it is at most 2,048 by 768. @unit tokens */
const pictureTokens = { base: 85, tile: 170 };

/** About how many input tokens a request has. Good enough to keep to a limit that has room. @unit tokens */
export function estimateInputTokens({ messages }: Pick<RecordedRequest, "messages">): number {
	let characters = 0;
	let tokens = 0;
	for (const part of messages.flatMap(({ content }) => content)) {
		if (part.type === "text") characters += part.text.length;
		else tokens += estimatePicture(part.image.width, part.image.height);
	}
	return tokens + Math.ceil(characters / charactersPerToken);
}

function estimatePicture(width: number, height: number): number {
	const long = Math.max(width, height);
	const scale = Math.min(1, 2048 / long, 768 / Math.min(width, height));
	return pictureTokens.base + pictureTokens.tile * Math.ceil((width * scale) / 512) * Math.ceil((height * scale) / 512);
}
