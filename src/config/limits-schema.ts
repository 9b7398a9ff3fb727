import { z } from "zod";

/** How fast the teacher may be asked, where, and when it is asked no longer. */

const perMinute = z.number().gt(0).optional();

const endpointSchema = z.strictObject({
	baseUrl: z
		.url({ protocol: /^https?$/ })
		.optional()
		.describe("Its address; absent: teacher.baseUrl."),
	apiKeyEnv: z
		.string()
		.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be the NAME of an environment variable, never the key itself")
		.optional()
		.describe("Name of the environment variable that holds its key; absent: teacher.apiKeyEnv."),
});

/** Fields of the section `teacher`. */
export const limitFields = {
	endpoints: z
		.array(endpointSchema)
		.min(1)
		.max(256)
		.optional()
		.describe("Several servers, or keys, for the same model: requests go to the least loaded, and one that fails is passed over. Absent: baseUrl alone."),
	limits: z
		.strictObject({
			requestsPerMinute: perMinute.describe("Requests in a minute at most, for each endpoint. Absent: as many as the server takes."),
			inputTokensPerMinute: perMinute.describe("Tokens of prompts and pictures in a minute at most, for each endpoint. @unit tokens"),
			outputTokensPerMinute: perMinute.describe("Tokens of replies in a minute at most, for each endpoint. @unit tokens"),
		})
		.prefault({})
		.describe("Limits that the server does not tell. Those that it tells, by headers or refusals, are kept to by themselves."),
	hedge: z
		.strictObject({
			afterPercentile: z.number().min(50).max(99.9).default(95).describe("A request slower than this percentile of the recent ones is sent a second time."),
			maxShare: z.number().min(0).max(1).default(0.05).describe("Of all requests, this share at most is sent twice: each costs as much again."),
		})
		.optional()
		.describe("Sends unusually slow requests a second time; the first answer wins. Off unless given (hedge: {} takes the defaults)."),
	maxFailureShare: z
		.number()
		.gt(0)
		.max(1)
		.default(0.5)
		.describe("The run stops (exit 4, resumable) when more than this share of the last 100 requests failed; for the student as well. 1: never."),
};
