import { z } from "zod";
import { type Dialect, dialectMembers, dialects, parseJsonReply } from "../../teacher/index.js";
import { type Check, fail, ok, type Verdict, warn } from "./check.js";
import type { Endpoint } from "./endpoint.js";
import type { Exam } from "./exam.js";
import { failThoughtOut, isThoughtOut, modelRemedy, quote } from "./reply.js";

const lightSchema = z.strictObject({ action: z.enum(["stop", "go"]), emergency: z.boolean() });
const { $schema: _, ...json } = z.toJSONSchema(lightSchema);
const schema = { name: "light", json };

/** In these the prompt has to say what the JSON looks like. */
const spelledOut: readonly Dialect[] = ["json-object", "none"];

interface Trial {
	readonly dialect: Dialect;
	readonly outcome: "works" | "refused" | "ignored" | "thought out";
	readonly detail: string;
}

/** In which dialect the server can be told what a reply should look like: the most binding first, until one works, and the config's. */
export const checkStructuredOutput: Check = {
	name: "structured output",
	async examine(exam) {
		const { role, settings } = exam.endpoint;
		if (role === "student") return { result: "skipped", found: "the student is asked for plain text only" };
		const trials: Trial[] = [];
		for (const dialect of dialects) {
			const isFound = trials.some(({ outcome }) => outcome === "works");
			if (!isFound || dialect === settings.structuredOutput) trials.push(await tryDialect(exam, dialect));
		}
		if (!trials.some(({ outcome }) => outcome === "works") && trials.some(({ outcome }) => outcome === "thought out")) return failThoughtOut(exam.endpoint);
		return judge(trials, exam.endpoint);
	},
};

async function tryDialect(exam: Exam, dialect: Dialect): Promise<Trial> {
	// Where the server is to see to the form, the question does not ask for it: what comes in it then comes from the server.
	const text = exam.text(spelledOut.includes(dialect) ? "light-json" : "light");
	const answer = await exam.ask(text, { members: dialectMembers(dialect, schema) });
	if (!answer.ok) return { dialect, outcome: "refused", detail: answer.detail };
	if (isThoughtOut(answer.reply)) return { dialect, outcome: "thought out", detail: quote("") };
	const fits = dialect === "none" ? parseJsonReply(answer.reply.text, lightSchema).ok : lightSchema.safeParse(parseStrictly(answer.reply.text)).success;
	return { dialect, outcome: fits ? "works" : "ignored", detail: quote(answer.reply.text) };
}

function parseStrictly(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function judge(trials: readonly Trial[], endpoint: Endpoint): Verdict {
	const { role, settings } = endpoint;
	const configured = settings.structuredOutput;
	const best = trials.find(({ outcome }) => outcome === "works");
	const own = trials.find(({ dialect }) => dialect === configured);
	const setBest = best === undefined ? undefined : `${role}.structuredOutput: ${best.dialect}`;
	if (own?.outcome === "works")
		return best === own ? ok(`${configured} works`) : ok(`${configured} works, and so does ${best?.dialect}, which binds more`, setBest);
	const facts = [...trials].map(({ dialect, outcome }) => `${dialect} ${outcome}`).join(", ");
	if (best === undefined) return fail(`${facts}: no reply in JSON, the last one ${trials.at(-1)?.detail ?? ""}`, modelRemedy(endpoint));
	// What is ignored does no harm: every prompt says, too, what the reply should look like.
	return own?.outcome === "refused" ? fail(`${facts} (${configured}: ${own.detail})`, setBest) : warn(facts, setBest);
}
