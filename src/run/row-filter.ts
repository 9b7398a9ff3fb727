import { z } from "zod";
import { suggestion } from "../config/suggest.js";
import { configurationError, metaSchema } from "../records/index.js";
import type { ProjectionStep } from "../shards/index.js";

export type Where = ProjectionStep["where"];

/** What `labels` is called where a row has none: the word that configs use. */
const openEnded = "open-ended";

/** Fields with a single value; with their values where the vocabulary lists them. */
const fields: ReadonlyMap<string, readonly string[] | undefined> = new Map(
	Object.entries(metaSchema.shape).flatMap(([key, schema]): [string, readonly string[] | undefined][] => {
		const inner: unknown = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
		if (inner instanceof z.ZodEnum) return [[key, key === "labels" ? [...inner.options.map(String), openEnded] : inner.options.map(String)]];
		if (inner instanceof z.ZodBoolean) return [[key, ["true", "false"]]];
		return inner instanceof z.ZodString || inner instanceof z.ZodNumber ? [[key, undefined]] : [];
	}),
);

/**
 * Reads conditions such as `scenario=misleading,corrective`.
 * @returns them in a fixed order, however they were given
 * @throws CandorError (exit 2) for a field that rows do not have, a field given twice, or a value that is not in the vocabulary
 */
export function parseWhere(conditions: readonly string[]): Where {
	const where = new Map<string, string[]>();
	for (const condition of conditions) {
		const [, key = "", list = ""] = /^([^=]+)=(.+)$/s.exec(condition) ?? [];
		const values = list
			.split(",")
			.map((value) => value.trim())
			.filter((value) => value !== "");
		if (values.length === 0)
			throw configurationError(`--where: "${condition}" is not allowed: must be a field and its values, such as scenario=misleading,corrective`);
		if (!fields.has(key)) {
			throw configurationError(
				`--where: rows have no field "${key}" with a single value${suggestion(key, fields.keys())}`,
				`give one of ${[...fields.keys()].join(", ")}`,
			);
		}
		if (where.has(key)) throw configurationError(`--where: ${key} is given twice; give its values at once, separated by commas`);
		const allowed = fields.get(key);
		for (const value of values) if (allowed !== undefined && !allowed.includes(value)) throw unknownValue(key, value, allowed);
		where.set(key, [...new Set(values)].sort());
	}
	return Object.fromEntries([...where].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @param known values there are */
export function unknownValue(key: string, value: string, known: readonly string[]): Error {
	const told = known.slice(0, 12);
	return configurationError(
		`--where: no row has the ${key} "${value}"${suggestion(value, known)}`,
		`there ${known.length === 1 ? "is" : "are"} ${told.join(", ")}${told.length < known.length ? ", ..." : ""}`,
	);
}

/** The fields of conditions whose values only the rows tell. */
export function openFields(where: Where): string[] {
	return Object.keys(where).filter((key) => fields.get(key) === undefined);
}

/** A field of a row as conditions name its value; undefined where the row has none. */
export function fieldText(meta: Readonly<Record<string, unknown>>, key: string): string | undefined {
	const value = meta[key];
	if (value === undefined) return key === "labels" ? openEnded : undefined;
	return String(value);
}

/** Whether a row fits all conditions. */
export function fits(meta: Readonly<Record<string, unknown>>, where: Where): boolean {
	return Object.entries(where).every(([key, values]) => {
		const value = fieldText(meta, key);
		return value !== undefined && values.includes(value);
	});
}
