import type { Config } from "../../config/index.js";
import type { Role } from "../../teacher/index.js";
import { requireStudent } from "../first-answers.js";
import { asTeacher, endpointsOf, keyOf, modelOf } from "../open-teacher.js";

/** A server that a config names: an address with a key, and the model that is asked there. */
export interface Endpoint {
	/** Also the section of the config that holds all its settings but address and key. */
	readonly role: Role;
	/** Where the config names its address: `teacher`, `teacher.endpoints[1]`, `student`. */
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
		return {
			role,
			path,
			baseUrl: (settings.baseUrl ?? "").replace(/\/+$/, ""),
			model: modelOf(settings),
			apiKeyEnv: settings.apiKeyEnv,
			...keyOf(settings, options.env),
			settings,
		};
	};
	const { teacher } = config;
	const teachers = endpointsOf(teacher).map((own, index) =>
		open({ ...teacher, ...own }, "teacher", teacher.endpoints === undefined ? "teacher" : `teacher.endpoints[${index}]`),
	);
	return [...(teacher.type === "scripted" ? [] : teachers), ...(options.student ? [open(asTeacher(requireStudent(config)), "student", "student")] : [])];
}
