import { join } from "node:path";
import { renderAnswer } from "../candidates/render-answer.js";
import { type Config, teacherSchema } from "../config/index.js";
import { packageFolder } from "../pipeline/package-folder.js";
import { Stopped } from "../pipeline/process-candidate.js";
import { renderTemplate } from "../pipeline/render-template.js";
import { teacherError } from "../records/index.js";
import {
	type Budget,
	createHealth,
	createImageEncoder,
	createOpenAIClient,
	type DispatchCounts,
	dispatchRequests,
	type EndpointOptions,
	estimateInputTokens,
	hedgeRequests,
	type Ledger,
	type RememberEvents,
	rememberReplies,
	reserveBudget,
	retryRequests,
	stopWhenHopeless,
	type Teacher,
} from "../teacher/index.js";
import { createScriptedTeacher, scriptedModel } from "../teacher/scripted-teacher.js";

/** Encoded pictures kept at once; questions about one picture come close together. @unit bytes */
const encodedPicturesBytes = 64 * 1024 * 1024;

/** The student as the layers know a teacher: what the config does not say of it is as for any other. */
export function asTeacher(student: NonNullable<Config["student"]>): Config["teacher"] {
	return teacherSchema.parse({ type: "openai", structuredOutput: "none", goldCheck: "off", ...student });
}

/** The name of the model that answers, as rows and ledger keys carry it. */
export function modelOf(teacher: Config["teacher"]): string {
	return teacher.type === "scripted" ? scriptedModel : (teacher.model ?? "");
}

export interface OpenTeacherOptions {
	readonly runFolder: string;
	readonly ledger: Ledger;
	readonly env: NodeJS.ProcessEnv;
	readonly events: RememberEvents;
	/** What has been spent, and what may be. */
	readonly budget: Budget;
	/** One sentence that a person should see at once. */
	readonly warn: (message: string) => void;
	/** Aborted: nothing is sent any more, not even what waits for its turn. */
	readonly stopping: AbortSignal;
	/** What messages call it. */
	readonly role: "teacher" | "student";
}

/** How requests are doing. */
export interface DispatchStats extends DispatchCounts {
	/** Requests that were tried again. */
	readonly retries: number;
	/** Requests that were sent a second time, being slow. */
	readonly hedges: number;
}

export interface OpenTeacher {
	readonly teacher: Teacher;
	/** How its requests are doing, at any time; absent where none is sent. */
	readonly stats?: () => DispatchStats;
}

/** The teacher's stack as configured: ledger ▸ end where hopeless ▸ retry ▸ hedge ▸ dispatch ▸ for each endpoint: budget ▸ client. */
export function openTeacher(teacher: Config["teacher"], options: OpenTeacherOptions): OpenTeacher {
	const { ledger, events, stopping, role } = options;
	if (teacher.type === "scripted") {
		const scripted = createScriptedTeacher({
			framesPath: join(packageFolder(), "prompts", "scripted.yaml"),
			render: renderTemplate,
			renderAnswer: (answer, candidate) => renderAnswer(answer, candidate.options, candidate.labels),
		});
		return { teacher: rememberReplies(scripted, ledger, events) };
	}
	const tally = { retries: 0, hedges: 0 };
	const dispatcher = dispatchRequests(describeEndpoints(teacher, options), {
		estimate: (request) => ({
			inputTokens: estimateInputTokens(request, teacher.imageTokens).likely,
			outputTokens: request.sampling.maxOutputTokens,
		}),
		maxRetryAfterMs: teacher.maxRetryAfterMs,
		role,
		warn: options.warn,
		stopping: { signal: stopping, error: () => new Stopped() },
	});
	const hedged = teacher.hedge === undefined ? dispatcher : hedgeRequests(dispatcher, { ...teacher.hedge, onHedge: () => tally.hedges++ });
	const retried = retryRequests(hedged, {
		retries: teacher.retries,
		maxRetryAfterMs: teacher.maxRetryAfterMs,
		outageMs: teacher.outageMs,
		apiKeyEnv: teacher.apiKeyEnv,
		role,
		setting: teacher.endpoints === undefined ? "baseUrl" : "endpoints",
		address: endpointsOf(teacher)
			.map(({ baseUrl }) => hideCredentials(baseUrl))
			.join(", "),
		health: createHealth(),
		onRetry: () => tally.retries++,
	});
	const bounded = stopWhenHopeless(retried, { maxFailureShare: teacher.maxFailureShare, role });
	return { teacher: rememberReplies(bounded, ledger, events), stats: () => ({ ...dispatcher.counts(), ...tally }) };
}

/** An address with a key, as configured. */
export function endpointsOf(teacher: Config["teacher"]): { readonly baseUrl: string; readonly apiKeyEnv: string }[] {
	const { baseUrl = "", apiKeyEnv } = teacher;
	return (teacher.endpoints ?? [{}]).map((endpoint) => ({ baseUrl: endpoint.baseUrl ?? baseUrl, apiKeyEnv: endpoint.apiKeyEnv ?? apiKeyEnv }));
}

function describeEndpoints(teacher: Config["teacher"], { env, runFolder, budget, warn }: OpenTeacherOptions): EndpointOptions[] {
	const endpoints = endpointsOf(teacher);
	const images = createImageEncoder(runFolder, encodedPicturesBytes);
	return endpoints.map(({ baseUrl, apiKeyEnv }) => {
		const address = hideCredentials(baseUrl);
		const isShared = endpoints.filter((other) => hideCredentials(other.baseUrl) === address).length > 1;
		return {
			name: isShared ? `${address} (${apiKeyEnv})` : address,
			apiKeyEnv,
			concurrency: teacher.concurrency,
			limits: teacher.limits,
			open: (onResponse) => {
				const client = createOpenAIClient({
					baseUrl,
					...keyOf({ apiKeyEnv }, env),
					timeoutMs: teacher.timeoutMs,
					concurrency: teacher.concurrency,
					structuredOutput: teacher.structuredOutput,
					images,
					onResponse,
				});
				return reserveBudget(client, budget, { price: teacher.price, imageTokens: teacher.imageTokens, warn });
			},
		};
	});
}

/** An address without what may stand before its host or after its path: either may be a secret. */
export function hideCredentials(baseUrl: string): string {
	const { origin, pathname } = new URL(baseUrl);
	return `${origin}${pathname}`;
}

/** @throws CandorError (exit 4) where the key's variable is not set although the server is not local */
export function checkKey(teacher: Config["teacher"], env: NodeJS.ProcessEnv): void {
	if (teacher.type !== "openai") return;
	for (const { baseUrl, apiKeyEnv } of endpointsOf(teacher)) {
		const host = new URL(baseUrl).hostname;
		if ((env[apiKeyEnv] ?? "") !== "" || !(host === "api.openai.com" || host.endsWith("openrouter.ai"))) continue;
		throw teacherError(`${host} needs a key, and the environment variable ${apiKeyEnv} is not set`, `export ${apiKeyEnv}=... and run the same command again`);
	}
}

/** The key in the environment, where there is one. */
export function keyOf({ apiKeyEnv }: { readonly apiKeyEnv: string }, env: NodeJS.ProcessEnv): { apiKey?: string } {
	const apiKey = env[apiKeyEnv];
	return apiKey === undefined || apiKey === "" ? {} : { apiKey };
}
