import type { Config } from "../../config/index.js";
import type { Role } from "../../teacher/index.js";
import { requireStudent } from "../first-answers.js";
import { asTeacher, modelOf } from "../open-teacher.js";

/** A server that a config names: an address with a key, and the model that is asked there. */
export interface Endpoint {
	readonly role: Role;
	/** Where its settings stand in the config: `teacher`, `student`. */
	readonly path: string;
	readonly baseUrl: string;
	readonly model: string;
	readonly apiKeyEnv: string;
	readonly apiKey?: string;
	/** What requests to it are made with. */
	readonly settings: Config["teacher"];
}

/**
 * Every server that a run of this config would ask. A scripted teacher is none.
 * @throws CandorError (exit 2) where the student is wanted and the config has none
 */
export function listEndpoints(config: Config, options: { readonly env: Readonly<Record<string, string | undefined>>; readonly student: boolean }): Endpoint[] {
	const open = (settings: Config["teacher"], role: Role, path: string): Endpoint => {
		const apiKey = options.env[settings.apiKeyEnv] ?? "";
		return {
			role,
			path,
			baseUrl: (settings.baseUrl ?? "").replace(/\/+$/, ""),
			model: modelOf(settings),
			apiKeyEnv: settings.apiKeyEnv,
			...(apiKey === "" ? {} : { apiKey }),
			settings,
		};
	};
	return [
		...(config.teacher.type === "scripted" ? [] : [open(config.teacher, "teacher", "teacher")]),
		...(options.student ? [open(asTeacher(requireStudent(config)), "student", "student")] : []),
	];
}
