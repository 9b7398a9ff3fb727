import type { ClientOptions } from "openai";

/** OpenAI's package for any server: nothing that the environment holds for OpenAI goes to another one. */
export function openAIOptions({ baseUrl, apiKey }: { readonly baseUrl: string; readonly apiKey?: string }): ClientOptions {
	return {
		baseURL: baseUrl,
		apiKey: apiKey ?? "none",
		...(apiKey === undefined ? { defaultHeaders: { Authorization: null } } : {}),
		organization: null,
		project: null,
		adminAPIKey: null,
		webhookSecret: null,
		logLevel: "off",
	};
}
