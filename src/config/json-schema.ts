import { z } from "zod";
import { configSchema } from "./schema.js";

/** The part of JSON Schema (draft-07) that the config's schema comes out as. */
export interface JsonNode {
	readonly type?: string;
	readonly description?: string;
	readonly default?: unknown;
	readonly const?: unknown;
	readonly enum?: readonly unknown[];
	readonly pattern?: string;
	readonly format?: string;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly exclusiveMinimum?: number;
	readonly items?: JsonNode;
	readonly properties?: Readonly<Record<string, JsonNode>>;
	readonly propertyNames?: JsonNode;
	readonly additionalProperties?: boolean | JsonNode;
	readonly oneOf?: readonly JsonNode[];
	readonly anyOf?: readonly JsonNode[];
}

/** The config's JSON Schema, as editors want it: draft-07 (what yaml-language-server reads), of what a user writes. */
export function configJsonSchema(): Record<string, unknown> {
	const { $schema, ...rest } = z.toJSONSchema(configSchema, { target: "draft-07", io: "input" });
	return { $schema, title: "Candor config", ...rest };
}
