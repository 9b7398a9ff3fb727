import { z } from "zod";
import { imageFamilies } from "../teacher/image-tokens.js";

/** What a model costs, and how it counts pictures: what the budget and the plan reckon with. Nothing of it changes what is made. */

const usdPerMillionTokens = z.number().min(0).max(100_000);

export const priceSchema = z.strictObject({
	inputUsdPerMillionTokens: usdPerMillionTokens.describe("Of what is sent, pictures among it. @unit US dollars per million tokens"),
	outputUsdPerMillionTokens: usdPerMillionTokens.describe("Of what is answered, a reasoning model's thoughts among it. @unit US dollars per million tokens"),
	cachedInputUsdPerMillionTokens: usdPerMillionTokens
		.optional()
		.describe("Of input that the server had in its prefix cache; absent: as all input. @unit US dollars per million tokens"),
	batchShare: z.number().gt(0).max(1).default(0.5).describe("What a request in a batch costs, as a share of the same request on its own."),
});

export const imageTokensSchema = z
	.union([z.enum(imageFamilies), z.int().min(1).max(1_000_000)])
	.describe("How the model counts a picture's tokens: the name of a family, or a fixed number. Absent: by the model's name.");
