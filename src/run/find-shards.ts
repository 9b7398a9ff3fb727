import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { configurationError, kindSchema, messageOf } from "../records/index.js";

const leftovers = /\.jsonl\.tmp$|^outcomes\.spool$/;

/** Folders of a run that hold JSON Lines, but no rows. */
const notPipelines = new Set(["reserved", "batches"]);

/** A pipeline's folder as it lies on disk, whether or not its manifest agrees. */
export interface PipelineFolder {
	readonly name: string;
	readonly path: string;
	/** Names of the JSONL files in it, sorted, without the rejects. */
	readonly shards: readonly string[];
	readonly hasManifest: boolean;
}

const shardName = /-\d{5}-of-\d{5}\.jsonl$/;

/** Whether it is only a folder of JSONL files, which no run of ours made. */
export function isLoose({ hasManifest, shards }: PipelineFolder): boolean {
	return !hasManifest && shards.length > 0 && !shards.some((shard) => shardName.test(shard));
}

/** What a folder holds: pipelines beneath it, or else shards of its own. Symbolic links to folders are not followed. */
export async function findShards(folder: string): Promise<PipelineFolder[]> {
	const pipelines: PipelineFolder[] = [];
	for (const entry of await list(folder)) {
		// Questions that are kept out of training are no rows.
		if (!entry.isDirectory() || notPipelines.has(entry.name)) continue;
		const found = await describeFolder(join(folder, entry.name), entry.name);
		if (found !== undefined) pipelines.push(found);
	}
	if (pipelines.length === 0) return [await describeFolder(folder, basename(folder))].filter((own) => own !== undefined);
	return pipelines.sort((a, b) => rankOf(a.name) - rankOf(b.name) || (a.name < b.name ? -1 : 1));
}

/**
 * The pipelines of a run that have rows to look at.
 * @throws CandorError (exit 2) for a folder that is no run, or is one without rows
 */
export async function findRunShards(run: string): Promise<PipelineFolder[]> {
	const pipelines = (await findShards(run)).filter(({ shards, path }) => shards.length > 0 && path !== run);
	if (pipelines.length === 0)
		throw configurationError(
			`${run} holds no pipeline with rows`,
			"name the folder of a run that has finished a pipeline: it holds run.json, and a folder for each pipeline",
		);
	return pipelines;
}

async function describeFolder(path: string, name: string): Promise<PipelineFolder | undefined> {
	const files = (await list(path)).filter((entry) => entry.isFile()).map((entry) => entry.name);
	// A run's own rejects are lines of its source.
	const shards = files.filter((file) => file.endsWith(".jsonl") && file !== "rejects.jsonl" && file !== "log.jsonl").sort();
	const hasManifest = files.includes("manifest.json");
	return shards.length > 0 || hasManifest || files.some((file) => leftovers.test(file)) ? { name, path, shards, hasManifest } : undefined;
}

async function list(folder: string): Promise<Dirent[]> {
	try {
		return await readdir(folder, { withFileTypes: true });
	} catch (error) {
		throw configurationError(`${folder} cannot be read: ${messageOf(error)}`, "name a run's folder", error);
	}
}

/** The built-in pipelines in the order of the vocabulary, then all others. */
function rankOf(name: string): number {
	const rank = kindSchema.options.findIndex((kind) => kind === name);
	return rank < 0 ? kindSchema.options.length : rank;
}
