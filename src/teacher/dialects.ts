import type { TeacherRequest } from "./teacher.js";

type Schema = NonNullable<TeacherRequest["schema"]>;
type Members = Readonly<Record<string, unknown>>;

/**
 * How a server is told the schema that a reply should follow: what each dialect adds to the body of a request. Current vLLM,
 * SGLang, Ollama (0.5), LM Studio and llama.cpp all take OpenAI's own form; the others are for what is older or stricter.
 */
const dialectTable = {
	/** OpenAI, vLLM, SGLang, Ollama (0.5), LM Studio (which knows no other), llama.cpp, OpenRouter. */
	"json-schema": ({ name, json }) => ({ response_format: { type: "json_schema", json_schema: { name, schema: json, strict: true } } }),
	/** vLLM's own, from 0.10.2 on: also where something between us and the server drops or changes `response_format`. */
	"structured-outputs": ({ json }) => ({ structured_outputs: { json } }),
	/** vLLM's own before 0.12, which ended it. */
	"guided-json": ({ json }) => ({ guided_json: json }),
	/** llama.cpp of any age, llama-cpp-python, Together. */
	"json-object-schema": ({ json }) => ({ response_format: { type: "json_object", schema: json } }),
	/** Any JSON object; the prompt says which. Servers with a JSON mode and no more, such as DeepSeek's. */
	"json-object": () => ({ response_format: { type: "json_object" } }),
	/** Only the prompt says it: works everywhere. */
	none: () => ({}),
} as const satisfies Record<string, (schema: Schema) => Members>;

export type Dialect = keyof typeof dialectTable;

/** From the one that binds a reply the most to the one that every server takes: the order to try them in. */
export const dialects = ["json-schema", "structured-outputs", "guided-json", "json-object-schema", "json-object", "none"] as const satisfies readonly Dialect[];

/** What a request's body holds beside messages and sampling where its reply should follow a schema. */
export function dialectMembers(dialect: Dialect, schema: Schema): Members {
	return dialectTable[dialect](schema);
}
