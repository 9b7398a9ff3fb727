import { z } from "zod";

/** How requests may travel in provider batches: cheaper, and slower. */

/** @unit bytes */
const megabyte = 1_000_000;

export const batchSettings = {
	mode: z
		.enum(["live", "batch"])
		.default("live")
		.describe("live asks request by request. batch collects all that can be asked at a time and sends it through the provider's Batch API, round after round."),
	batch: z
		.strictObject({
			maxRequests: z.int().min(1).max(1_000_000).default(50_000).describe("Requests in one batch at most; 50,000 is OpenAI's limit."),
			maxBytes: z
				.int()
				.min(1024)
				.default(200 * megabyte)
				.describe("Size of one batch's file at most, pictures included; 200 MB is OpenAI's limit. @unit bytes"),
			maxEnqueuedTokens: z
				.int()
				.min(1)
				.optional()
				.describe("Input tokens at the provider at a time, as estimated: further batches wait for those before them. None: as many as it takes. @unit tokens"),
			completionWindow: z.string().min(1).default("24h").describe("How long the provider may take; OpenAI knows 24h only."),
			pollMs: z.int().min(10).max(3_600_000).default(30_000).describe("How often the provider is asked how far a batch is. @unit milliseconds"),
			tail: z
				.enum(["none", "live"])
				.default("none")
				.describe("live: the last few requests are asked one by one, so that a run need not wait for another round of batches."),
			tailShare: z
				.number()
				.min(0)
				.max(1)
				.default(0.03)
				.describe("With tail live: what is pending counts as the last few once it is less than this share of all requests so far."),
		})
		.prefault({})
		.describe("How batches are made and waited for. Used with mode batch."),
};
