import { type CandorError, teacherError } from "../records/index.js";
import type { TransportError } from "./transport-error.js";

/** Whose server it is: as the config calls it. */
export type Role = "teacher" | "student";

/** What follows from a failed try: the run stops, the request is final, or it is tried again. */
export type Fault = { readonly type: "settings"; readonly error: CandorError } | { readonly type: "request" } | { readonly type: "transient" };

/** Refusals that a request's own content causes. */
const ownFaultStatuses = new Set([400, 413, 414, 415, 422, 431, 451]);

/** What servers say where a setting of ours, not the content, is at fault: every request would be refused alike. */
const settingsPattern =
	/response_format|json_schema|json_object|structured_outputs|guided_json|unsupported (parameter|value)|unknown parameter|model\W.{0,80}(does not exist|not found)|invalid model/i;

/** What a 404 says that is about the request rather than the path or the model names something else. */
const wherePattern = /model|path|url|route|endpoint|page|^(\d+ )?(not found|an empty body|an html page)/i;

/**
 * Sorts a failure by what to do about it. A status that we do not know is taken for transient: should it stay, the request
 * fails as its own or as an outage.
 */
export function classifyFailure(problem: TransportError, names: { model: string; apiKeyEnv: string; role?: Role }): Fault {
	const { status, message } = problem;
	const { role = "teacher" } = names;
	switch (status) {
		case undefined:
			return { type: "transient" };
		case 401:
		case 403:
			return settings(
				`The ${role} does not let us in (unauthorised): ${message}`,
				`Set the environment variable ${names.apiKeyEnv} to a key that the server accepts for the model ${names.model}.`,
			);
		case 402:
			return settings(`The ${role} wants to be paid: ${message}`, "Settle the account, then run the same command again; nothing is lost.");
		case 404:
		case 405:
		case 410:
			if (status === 404 && !wherePattern.test(message)) return { type: "request" };
			return settings(
				`The ${role}'s server knows no such model or path: ${message}`,
				`Check ${role}.baseUrl (it usually ends in /v1) and ${role}.model (${names.model}).`,
			);
		default:
			if (!ownFaultStatuses.has(status)) return { type: "transient" };
			if (!settingsPattern.test(message)) return { type: "request" };
			return settings(
				`The ${role}'s server refuses a setting: ${message}`,
				role === "teacher"
					? "Check teacher.structuredOutput (none works everywhere), teacher.temperature, teacher.topP and teacher.model."
					: "Check student.temperature and student.model.",
			);
	}
}

function settings(message: string, remedy: string): Fault {
	return { type: "settings", error: teacherError(message, remedy) };
}
