import { distance } from "fastest-levenshtein";
import { z } from "zod";
import { type Check, fail, ok, warn } from "./check.js";
import type { HttpAnswer, NoAnswer } from "./probe.js";

/** So many of a server's models are named at most. */
const maxNames = 3;

/** Whether the server lets us in with the key that there is. */
export const checkKey: Check = {
	name: "key",
	ifFailed: "unavailable",
	async examine(exam) {
		const { apiKey, apiKeyEnv, model } = exam.endpoint;
		const answer = await exam.plain();
		if (answer.ok || answer.status === undefined || ![401, 402, 403].includes(answer.status)) {
			return ok(apiKey === undefined ? `none set (${apiKeyEnv}), none asked for` : `that of ${apiKeyEnv} is not refused`);
		}
		if (answer.status === 402) return fail(answer.detail, "Settle the account.");
		return fail(
			`${answer.detail} (${apiKey === undefined ? `${apiKeyEnv} is not set` : `with the key of ${apiKeyEnv}`})`,
			`export ${apiKeyEnv}=... with a key that the server accepts for the model ${model}`,
		);
	},
};

const modelsSchema = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) });

/** Whether the server lists the model, and which names are near where it does not. */
export const checkModel: Check = {
	name: "model",
	async examine(exam) {
		const { model, role } = exam.endpoint;
		const answer = await exam.models();
		const listed = readModels(answer);
		if (listed.includes(model)) return ok(`${model}, one of ${listed.length} listed`);
		const [nearest, ...others] = nearestNames(model, listed);
		if (nearest === undefined) return ok(`${model}; the server lists no models (HTTP ${answer.status})`);
		const found = `${model} is not among the ${listed.length} listed; nearest: ${[nearest, ...others].join(", ")}`;
		return (await exam.plain()).ok ? warn(`${found}; it is answered for all the same`) : fail(found, `${role}.model: ${nearest}`);
	},
};

function readModels(answer: HttpAnswer | NoAnswer): string[] {
	if (answer.status !== 200) return [];
	try {
		return modelsSchema.parse(JSON.parse(answer.body)).data.map(({ id }) => id);
	} catch {
		return [];
	}
}

/** The likeliest first: names that hold what was written, or are held by it, then those few letters away. Who published a model does not count. */
function nearestNames(wanted: string, names: readonly string[]): string[] {
	const plain = (name: string) => (name.split("/").at(-1) ?? "").toLowerCase().replace(/[^a-z0-9]/g, "");
	const target = plain(wanted);
	const farOf = (name: string) => (name !== "" && (name.includes(target) || target.includes(name)) ? 0 : distance(target, name) / Math.max(target.length, 1));
	return names
		.map((name) => ({ name, far: farOf(plain(name)) }))
		.sort((a, b) => a.far - b.far)
		.slice(0, maxNames)
		.map(({ name }) => name);
}
