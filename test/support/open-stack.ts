import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
	createHealth,
	createImageEncoder,
	createOpenAIClient,
	type Health,
	limitConcurrency,
	type OpenAIClientOptions,
	openLedger,
	type RememberEvents,
	type RetryOptions,
	rememberReplies,
	retryRequests,
	type Teacher,
} from "../../src/teacher/index.js";

export type StackOptions = Partial<Omit<RetryOptions, "health">> &
	Partial<Pick<OpenAIClientOptions, "apiKey" | "timeoutMs" | "concurrency" | "structuredOutput" | "images">> & { readonly baseUrl: string };

/** The layers from retry down, impatient enough for tests. */
export function openRetryingClient(options: StackOptions, health: Health = createHealth()): Teacher {
	const { baseUrl, apiKey, timeoutMs = 2000, concurrency = 8, structuredOutput = "none", images = createImageEncoder(tmpdir(), 1024), ...retry } = options;
	const client = createOpenAIClient({
		baseUrl,
		timeoutMs,
		concurrency,
		structuredOutput,
		images,
		...(apiKey === undefined ? {} : { apiKey }),
	});
	return retryRequests(limitConcurrency(client, concurrency), {
		retries: 3,
		maxRetryAfterMs: 1000,
		outageMs: 2000,
		apiKeyEnv: "TEACHER_KEY",
		baseDelayMs: 5,
		maxDelayMs: 20,
		...retry,
		health,
	});
}

/** The whole stack over a ledger in the given folder. */
export function openStack(ledgerFolder: string, options: StackOptions, events: RememberEvents = {}): Teacher {
	const ledger = openLedger(ledgerFolder);
	const teacher = rememberReplies(openRetryingClient(options), ledger, events);
	return {
		ask: teacher.ask,
		async close() {
			await teacher.close();
			await ledger.close();
		},
	};
}

/** Runs something with a folder that is gone afterwards. */
export async function withFolder<Value>(use: (folder: string) => Promise<Value>): Promise<Value> {
	const folder = await mkdtemp(join(tmpdir(), "candor-"));
	try {
		return await use(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
