import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { cellSchema, configurationError, kindSchema, messageOf, pressureSchema, scenarioSchema, timingSchema, toneSchema } from "../records/index.js";
import { shardInfoSchema } from "./shard-writer.js";
import { systemCode, writeError } from "./write-error.js";
import { escapeNonAscii, syncFolder, writeFileAtomic } from "./write-jsonl.js";

const fileName = "manifest.json";
const count = z.int().nonnegative();

/** How rows were taken from those of another folder. */
export const projectionStepSchema = z.strictObject({
	/** For a field of `meta`, the values that a row may have there. */
	where: z.record(z.string(), z.array(z.string())),
	/** So many rows of each pipeline at most. */
	first: z.int().positive().optional(),
	/** Rows with a trace became plain ones: their conclusion is the reply. */
	trace: z.literal("none").optional(),
});
export type ProjectionStep = z.infer<typeof projectionStepSchema>;

const tokens = z.strictObject({ total: count, byScenario: z.partialRecord(scenarioSchema, count) });

/** What a pipeline made. Written last: its presence means that the shards it lists are all there. */
export const manifestSchema = z.strictObject({
	format: z.literal("candor-manifest/1"),
	pipeline: z.string().min(1),
	kind: kindSchema,
	rows: count,
	/** Cells that ran out of questions, and how many rows they lack. */
	short: z.array(cellSchema.extend({ missing: z.int().positive() })),
	shards: z.array(shardInfoSchema),
	/** Rows by each of the vocabulary's sides. Rows without a tone or a pressure are not counted there. */
	counts: z.strictObject({
		scenario: z.partialRecord(scenarioSchema, count),
		timing: z.partialRecord(timingSchema, count),
		task: z.record(z.string(), count),
		tone: z.partialRecord(toneSchema, count),
		pressure: z.partialRecord(pressureSchema, count),
	}),
	/** Tokens of what a model is trained towards: the last turn, or the chosen reply; of a pair's rejected replies apart. */
	trainedTokens: tokens.extend({ tokenizer: z.string().min(1), rejected: tokens.optional() }),
	/** What became of the candidates: `in` = `rows` + all that were rejected. */
	funnel: z.array(
		z.strictObject({
			task: z.string(),
			scenario: scenarioSchema,
			timing: timingSchema,
			in: count,
			rows: count,
			rejected: z.record(z.string(), count),
		}),
	),
	configHash: z.string().min(1),
	/** Whether the scripted teacher wrote any of it. */
	scripted: z.boolean(),
	/** Of a projection: the pipeline whose rows these are, and how they were taken. Its funnel begins with the rows that fit. */
	projection: projectionStepSchema.extend({ pipeline: z.string().min(1) }).optional(),
});
export type Manifest = z.infer<typeof manifestSchema>;

function sortKeys<T extends object>(record: T): T {
	return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))) as T;
}

/** The same manifest with its maps in alphabetical order: the order in which rows came must not show. */
function inFixedOrder(manifest: Manifest): Manifest {
	const { scenario, timing, task, tone, pressure } = manifest.counts;
	const { tokenizer, total, byScenario, rejected } = manifest.trainedTokens;
	return {
		...manifest,
		counts: { scenario: sortKeys(scenario), timing: sortKeys(timing), task: sortKeys(task), tone: sortKeys(tone), pressure: sortKeys(pressure) },
		trainedTokens: {
			tokenizer,
			total,
			byScenario: sortKeys(byScenario),
			...(rejected === undefined ? {} : { rejected: { total: rejected.total, byScenario: sortKeys(rejected.byScenario) } }),
		},
		funnel: manifest.funnel.map((entry) => ({ ...entry, rejected: sortKeys(entry.rejected) })),
	};
}

/**
 * Writes a pipeline's manifest, atomically.
 * @param folder the pipeline's folder
 * @throws CandorError (exit 1) where it cannot be written; ZodError for a manifest that does not follow its schema
 */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
	const json = JSON.stringify(inFixedOrder(manifestSchema.parse(manifest)), null, "\t");
	await writeFileAtomic(join(folder, fileName), `${escapeNonAscii(json)}\n`);
}

/**
 * A pipeline's manifest; undefined where there is none, which means that the pipeline was not finished.
 * @throws CandorError (exit 2) naming the file and the field, where it is unreadable or not a manifest
 */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
	const path = join(folder, fileName);
	let json: unknown;
	try {
		json = JSON.parse(await readFile(path, "utf8"));
	} catch (error) {
		if (systemCode(error) === "ENOENT") return undefined;
		throw configurationError(`cannot read ${path}: ${messageOf(error)}`, "Remove it and run the same command again: the shards are sealed anew.", error);
	}
	const manifest = manifestSchema.safeParse(json);
	if (manifest.success) return manifest.data;
	throw configurationError(
		`${path} is not a manifest:\n${z.prettifyError(manifest.error)}`,
		"Remove it and run the same command again: the shards are sealed anew.",
	);
}

/** Removes a pipeline's manifest before its shards change, so that none ever lists shards that are gone. @throws CandorError (exit 1) */
export async function removeManifest(folder: string): Promise<void> {
	const path = join(folder, fileName);
	try {
		await rm(path);
		await syncFolder(folder);
	} catch (error) {
		if (systemCode(error) !== "ENOENT") throw writeError(path, error);
	}
}
