import { z } from "zod";
import type { Usage } from "./teacher.js";

/** A number of tokens, where there is one: a part that cannot be read does not take the rest with it. */
const tokens = z.number().nonnegative().nullish().catch(undefined);
const inputDetails = z.looseObject({ cached_tokens: tokens }).nullish().catch(undefined);
const outputDetails = z.looseObject({ reasoning_tokens: tokens }).nullish().catch(undefined);

const usageSchema = z.looseObject({
	prompt_tokens: tokens,
	completion_tokens: tokens,
	total_tokens: tokens,
	prompt_tokens_details: inputDetails,
	completion_tokens_details: outputDetails,
	/** As OpenAI's other API, and gateways to it, call them. */
	input_tokens: tokens,
	output_tokens: tokens,
	input_tokens_details: inputDetails,
	output_tokens_details: outputDetails,
	/** DeepSeek. */
	prompt_cache_hit_tokens: tokens,
	/** Moonshot. */
	cached_tokens: tokens,
	/** SGLang. */
	reasoning_tokens: tokens,
});

/** Reads what a reply has used, in whichever words its server counts; undefined where it does not say. */
export function parseUsage(value: unknown): Usage | undefined {
	const { data } = usageSchema.safeParse(value);
	const inputTokens = data?.prompt_tokens ?? data?.input_tokens;
	if (data === undefined || inputTokens == null) return undefined;
	const outputTokens = data.completion_tokens ?? data.output_tokens ?? Math.max(0, (data.total_tokens ?? inputTokens) - inputTokens);
	const cachedTokens =
		data.prompt_tokens_details?.cached_tokens ?? data.input_tokens_details?.cached_tokens ?? data.prompt_cache_hit_tokens ?? data.cached_tokens;
	const reasoningTokens = data.completion_tokens_details?.reasoning_tokens ?? data.output_tokens_details?.reasoning_tokens ?? data.reasoning_tokens;
	return {
		inputTokens,
		outputTokens,
		...(cachedTokens == null ? {} : { cachedTokens }),
		...(reasoningTokens == null ? {} : { reasoningTokens }),
	};
}
