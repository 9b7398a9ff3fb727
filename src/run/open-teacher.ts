import { join } from "node:path";
import { renderAnswer } from "../candidates/render-answer.js";
import { type Config, teacherSchema } from "../config/index.js";
import { packageFolder } from "../pipeline/package-folder.js";
import { Stopped } from "../pipeline/process-candidate.js";
import { renderTemplate } from "../pipeline/render-template.js";
import { teacherError } from "../records/index.js";
import {
	createHealth,
	createImageEncoder,
	createOpenAIClient,
	type Ledger,
	limitConcurrency,
	type RememberEvents,
	rememberReplies,
	retryRequests,
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

/**
 * The teacher's stack as configured: ledger ▸ retry ▸ concurrency ▸ client.
 * @param stopping aborted: nothing is sent any more, not even what waits for its turn
 * @param role what messages call it
 */
export function openTeacher(
	teacher: Config["teacher"],
	runFolder: string,
	ledger: Ledger,
	env: NodeJS.ProcessEnv,
	events: RememberEvents,
	stopping: AbortSignal,
	role: "teacher" | "student" = "teacher",
): Teacher {
	if (teacher.type === "scripted") {
		const scripted = createScriptedTeacher({
			framesPath: join(packageFolder(), "prompts", "scripted.yaml"),
			render: renderTemplate,
			renderAnswer: (answer, candidate) => renderAnswer(answer, candidate.options, candidate.labels),
		});
		return rememberReplies(scripted, ledger, events);
	}
	const apiKey = env[teacher.apiKeyEnv];
	const health = createHealth();
	const client = createOpenAIClient({
		baseUrl: teacher.baseUrl ?? "",
		...(apiKey === undefined || apiKey === "" ? {} : { apiKey }),
		timeoutMs: teacher.timeoutMs,
		concurrency: teacher.concurrency,
		structuredOutput: teacher.structuredOutput,
		images: createImageEncoder(runFolder, encodedPicturesBytes),
	});
	const retried = retryRequests(limitConcurrency(sendUntil(stopping, client), teacher.concurrency), {
		retries: teacher.retries,
		maxRetryAfterMs: teacher.maxRetryAfterMs,
		outageMs: teacher.outageMs,
		apiKeyEnv: teacher.apiKeyEnv,
		role,
		address: hideCredentials(teacher.baseUrl ?? "http://localhost"),
		health,
	});
	return rememberReplies(retried, ledger, events);
}

/** An address without what may stand before its host or after its path: either may be a secret. */
export function hideCredentials(baseUrl: string): string {
	const { origin, pathname } = new URL(baseUrl);
	return `${origin}${pathname}`;
}

function sendUntil(stopping: AbortSignal, client: Teacher): Teacher {
	return {
		async ask(request, signal) {
			if (stopping.aborted) throw new Stopped();
			return client.ask(request, signal);
		},
		close: () => client.close(),
	};
}

/** @throws CandorError (exit 4) where the key's variable is not set although the server is not local */
export function checkKey(teacher: Config["teacher"], env: NodeJS.ProcessEnv): void {
	if (teacher.type !== "openai" || (env[teacher.apiKeyEnv] ?? "") !== "") return;
	const host = new URL(teacher.baseUrl ?? "http://localhost").hostname;
	if (host === "api.openai.com" || host.endsWith("openrouter.ai")) {
		throw teacherError(
			`${host} needs a key, and the environment variable ${teacher.apiKeyEnv} is not set`,
			`export ${teacher.apiKeyEnv}=... and run the same command again`,
		);
	}
}
