import { z } from "zod";

type JsonSchema = z.core.JSONSchema.BaseSchema;

const jsonSchemas = new WeakMap<z.ZodType, JsonSchema | undefined>();

/** Brings keys and words of a fixed list into the schema's spelling, where they differ by capitals or space around them only. */
export function fitToSchema(value: unknown, schema: z.ZodType): unknown {
	if (!jsonSchemas.has(schema)) jsonSchemas.set(schema, toJsonSchema(schema));
	return fit(value, jsonSchemas.get(schema));
}

function toJsonSchema(schema: z.ZodType): JsonSchema | undefined {
	try {
		return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
	} catch {
		return undefined;
	}
}

function fit(value: unknown, schema: JsonSchema | undefined): unknown {
	if (schema === undefined) return value;
	if (typeof value === "string") return fitWord(value, schema);
	if (Array.isArray(value)) {
		const items = schema.items;
		return isSchema(items) ? value.map((item) => fit(item, items)) : value;
	}
	if (typeof value === "object" && value !== null) return fitKeys(value, schema.properties ?? {});
	return value;
}

function fitWord(word: string, schema: JsonSchema): string {
	const words = [...(schema.enum ?? []), schema.const].filter((option) => typeof option === "string");
	return words.find((option) => option.toLowerCase() === word.trim().toLowerCase()) ?? word;
}

function fitKeys(value: object, properties: NonNullable<JsonSchema["properties"]>): object {
	const names = new Map(Object.keys(properties).map((name) => [name.toLowerCase(), name]));
	const fitted = Object.entries(value).map(([key, member]) => {
		const wanted = names.get(key.trim().toLowerCase());
		const name = wanted === undefined || (wanted !== key && Object.hasOwn(value, wanted)) ? key : wanted;
		const memberSchema = Object.hasOwn(properties, name) ? properties[name] : undefined;
		return [name, isSchema(memberSchema) ? fit(member, memberSchema) : member];
	});
	return Object.fromEntries(fitted);
}

function isSchema(schema: unknown): schema is JsonSchema {
	return typeof schema === "object" && schema !== null && !Array.isArray(schema);
}
