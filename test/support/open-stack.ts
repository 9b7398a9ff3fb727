import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
	createHealth,
	createImageEncoder,
	createOpenAIClient,
	type Dispatcher,
	type DispatchOptions,
	dispatchRequests,
	type EndpointOptions,
	type Health,
	type HedgeOptions,
	hedgeRequests,
	type OpenAIClientOptions,
	openLedger,
	type RememberEvents,
	type RetryOptions,
	rememberReplies,
	retryRequests,
	stopWhenHopeless,
	type Teacher,
} from "../../src/teacher/index.js";

export interface StackOptions
	extends Partial<Omit<RetryOptions, "health">>,
		Partial<Pick<OpenAIClientOptions, "apiKey" | "timeoutMs" | "concurrency" | "structuredOutput" | "images">>,
		Pick<DispatchOptions, "warn"> {
	readonly baseUrl: string;
	/** Of further endpoints. */
	readonly otherUrls?: readonly string[];
	readonly limits?: EndpointOptions["limits"];
	readonly hedge?: HedgeOptions;
}

/** The layers from dispatch down. */
export function openDispatcher(options: StackOptions): Dispatcher {
	const { baseUrl, otherUrls = [], apiKey, timeoutMs = 2000, concurrency = 8, structuredOutput = "none", maxRetryAfterMs = 1000, limits = {}, warn } = options;
	const { images = createImageEncoder(tmpdir(), 1024) } = options;
	const endpoints = [baseUrl, ...otherUrls].map((url): EndpointOptions => {
		const open: EndpointOptions["open"] = (onResponse) =>
			createOpenAIClient({ baseUrl: url, timeoutMs, concurrency, structuredOutput, images, onResponse, ...(apiKey === undefined ? {} : { apiKey }) });
		return { name: url, apiKeyEnv: "TEACHER_KEY", concurrency, limits, open };
	});
	const estimate = () => ({ inputTokens: 100, outputTokens: 20 });
	return dispatchRequests(endpoints, { estimate, maxRetryAfterMs, ...(warn === undefined ? {} : { warn }) });
}

/** The layers from retry down, impatient enough for tests. */
export function openRetryingClient(options: StackOptions, health: Health = createHealth(), dispatcher: Dispatcher = openDispatcher(options)): Teacher {
	const { retries = 3, maxRetryAfterMs = 1000, outageMs = 2000, apiKeyEnv = "TEACHER_KEY", baseDelayMs = 5, maxDelayMs = 20, onRetry } = options;
	return retryRequests(options.hedge === undefined ? dispatcher : hedgeRequests(dispatcher, options.hedge), {
		retries,
		maxRetryAfterMs,
		outageMs,
		apiKeyEnv,
		baseDelayMs,
		maxDelayMs,
		health,
		...(onRetry === undefined ? {} : { onRetry }),
	});
}

/** The whole stack over a ledger in the given folder. */
export function openStack(ledgerFolder: string, options: StackOptions, events: RememberEvents = {}): Teacher {
	const ledger = openLedger(ledgerFolder);
	const teacher = rememberReplies(stopWhenHopeless(openRetryingClient(options), { maxFailureShare: 0.5 }), ledger, events);
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
