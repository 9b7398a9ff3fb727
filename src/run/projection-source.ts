import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { suggestion } from "../config/suggest.js";
import { configurationError, messageOf } from "../records/index.js";
import { hashFile, isJsonlProblem, type Manifest, readJsonl, readManifest } from "../shards/index.js";
import { findShards, isLoose, type PipelineFolder } from "./find-shards.js";
import { notARow } from "./read-row-at.js";
import { fieldText, fits, openFields, unknownValue, type Where } from "./row-filter.js";
import { type RunRecord, readRunRecord } from "./run-record.js";

/** A sealed pipeline that rows are taken from. */
export interface SourcePipeline {
	readonly name: string;
	readonly path: string;
	readonly manifest: Manifest;
}

export interface ProjectionSource {
	readonly record: RunRecord;
	readonly pipelines: readonly SourcePipeline[];
}

/** Questions that are kept out of training lie there: no rows. */
export const reservedFolder = "reserved";

/**
 * Opens a run's folder to take rows from it: every shard is there as its manifest says.
 * @param wanted names of pipelines; absent: all of the run
 * @throws CandorError (exit 2) for a folder that is no run, a pipeline that it does not have, or one that is unfinished or damaged
 */
export async function openProjectionSource(run: string, wanted: readonly string[] | undefined): Promise<ProjectionSource> {
	const record = existsSync(run) ? await readRunRecord(run) : undefined;
	if (record === undefined) throw configurationError(`${run} is not a run: it holds no run.json`, "name the folder of a run");
	const folders = (await findShards(run)).filter((folder) => folder.path !== run && folder.name !== reservedFolder && !isLoose(folder));
	const names = folders.map(({ name }) => name);
	if (names.length === 0) throw configurationError(`${run} holds no pipeline with rows`, "finish it first: candor run with its config");
	for (const name of wanted ?? []) {
		if (!names.includes(name)) throw configurationError(`--pipeline: ${run} has no pipeline "${name}"${suggestion(name, names)}`, `it has ${names.join(", ")}`);
	}
	const pipelines: SourcePipeline[] = [];
	const again = record.projection === undefined ? "candor run with its config" : "candor project as before";
	for (const folder of folders) if (wanted?.includes(folder.name) ?? true) pipelines.push(await openPipeline(run, folder, again));
	return { record, pipelines };
}

async function openPipeline(run: string, { name, path }: PipelineFolder, again: string): Promise<SourcePipeline> {
	const manifest = await readManifest(path);
	if (manifest === undefined) {
		throw configurationError(
			`${path} is not finished: it has no manifest`,
			`finish it first (${again}), or leave it out: name others with --pipeline. candor validate ${run} says all that is wrong`,
		);
	}
	for (const { file, bytes, sha256 } of manifest.shards) {
		const shard = join(path, file);
		const damaged = (detail: string) => configurationError(`${shard} ${detail}`, `candor validate ${run} says all that is wrong; ${again} makes it anew`);
		const size = await stat(shard).then(
			(stats) => stats.size,
			(error: unknown) => {
				throw damaged(`is listed in the manifest and cannot be read: ${messageOf(error)}`);
			},
		);
		if (size !== bytes) throw damaged(`is damaged: it has ${size} bytes, and its manifest says ${bytes}`);
		if ((await hashFile(shard)) !== sha256) throw damaged("is damaged: its content has changed since its manifest was written");
	}
	return { name, path, manifest };
}

/** The values of a pipeline's lines, in order. @throws CandorError (exit 2) for a line that is none */
export async function* readLines({ path, manifest }: SourcePipeline): AsyncGenerator<{ file: string; line: number; value: unknown }> {
	for (const shard of manifest.shards) {
		const file = join(path, shard.file);
		for await (const item of readJsonl(file)) {
			if (isJsonlProblem(item)) throw notARow(file, item.line, `it ${item.problem}`);
			yield { file, line: item.line, value: item.value };
		}
	}
}

const metaOnly = z.object({ meta: z.record(z.string(), z.unknown()) });
/** Values of a field that are remembered, to say what there is. */
const rememberedValues = 1000;

/**
 * Counts the rows of each pipeline that fit.
 * @throws CandorError (exit 2) for a value that no row has
 */
export async function countFitting(pipelines: readonly SourcePipeline[], where: Where): Promise<Map<string, number>> {
	const counts = new Map(pipelines.map(({ name, manifest }) => [name, manifest.rows]));
	if (Object.keys(where).length === 0) return counts;
	const open = openFields(where);
	const missing = new Map(open.map((key) => [key, new Set(where[key])]));
	const known = new Map(open.map((key) => [key, new Set<string>()]));
	for (const pipeline of pipelines) {
		let fitting = 0;
		for await (const { file, line, value } of readLines(pipeline)) {
			const parsed = metaOnly.safeParse(value);
			if (!parsed.success) throw notARow(file, line, "it has no meta");
			const { meta } = parsed.data;
			if (fits(meta, where)) fitting++;
			for (const key of open) {
				const found = fieldText(meta, key);
				if (found === undefined) continue;
				missing.get(key)?.delete(found);
				const values = known.get(key);
				if (values !== undefined && values.size < rememberedValues) values.add(found);
			}
		}
		counts.set(pipeline.name, fitting);
	}
	for (const [key, values] of missing) for (const value of values) throw unknownValue(key, value, [...(known.get(key) ?? [])].sort());
	return counts;
}
