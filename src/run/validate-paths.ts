import { existsSync, type Stats, statSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { configurationError, messageOf } from "../records/index.js";
import { checkChecksums } from "./check-checksums.js";
import { type CheckedShard, checkPipelineFolder } from "./check-pipeline-folder.js";
import { createRowChecker } from "./check-rows.js";
import { findShards, isLoose, type PipelineFolder } from "./find-shards.js";
import { createProblemList, type RowProblem } from "./problem-list.js";

export type { RowProblem } from "./problem-list.js";

export interface ValidationReport {
	readonly files: readonly { readonly file: string; readonly rows: number; readonly bad: number }[];
	/** The first problems, in file order. */
	readonly problems: readonly RowProblem[];
	/** All of them. A line may have several. */
	readonly problemCount: number;
}

type Target =
	| { readonly type: "file"; readonly path: string }
	| { readonly type: "pipeline"; readonly path: string; readonly pipeline: PipelineFolder }
	| { readonly type: "checksums"; readonly path: string };

/**
 * Checks rows against their schema, the rules, their pictures and each other, and shards against their manifest. A path is a run's
 * folder, a pipeline's folder or a JSONL file. Streams: only ids and the like are remembered, as numbers.
 * @throws CandorError (exit 2) for a path that is none of them
 */
export async function validatePaths(paths: readonly string[]): Promise<ValidationReport> {
	const targets = await withoutTwins((await Promise.all(paths.map(findTargets))).flat());
	const problems = createProblemList();
	const rows = createRowChecker(problems);
	const files: CheckedShard[] = [];
	const told = new Set<string>();
	for (const target of targets) {
		switch (target.type) {
			case "file":
				files.push({ file: target.path, isSealed: false, ...(await rows.check(target.path, undefined, () => {})) });
				break;
			case "pipeline":
				files.push(...(await checkPipelineFolder(target.pipeline, rows, problems)));
				break;
			case "checksums":
				for (const { file, isSealed } of files) if (isSealed) told.add(file);
				for (const { file } of problems.first) told.add(file);
				await checkChecksums(target.path, told, problems);
				break;
		}
	}
	return { files: files.map(({ file, rows: count, bad }) => ({ file, rows: count, bad })), problems: problems.first, problemCount: problems.count() };
}

async function findTargets(path: string): Promise<Target[]> {
	const stats = statOf(path);
	if (stats.isFile()) {
		if (stats.size === 0) throw configurationError(`${path} is empty`, "name a file with rows");
		return [{ type: "file", path }];
	}
	if (!stats.isDirectory()) throw configurationError(`${path} is neither a file nor a folder`, "name a run's folder, a pipeline's folder or a JSONL file");
	const pipelines = await findShards(path);
	if (pipelines.length === 0) throw configurationError(`${path} holds no shard`, "name a run's folder, a pipeline's folder or a JSONL file");
	const targets: Target[] = [];
	for (const pipeline of pipelines) {
		// A folder of JSONL files that no run of ours made is checked as those files.
		if (isLoose(pipeline)) for (const shard of pipeline.shards) targets.push({ type: "file", path: join(pipeline.path, shard) });
		else targets.push({ type: "pipeline", path: pipeline.path, pipeline });
	}
	return [...targets, { type: "checksums", path }];
}

function statOf(path: string): Stats {
	try {
		return statSync(path);
	} catch (error) {
		throw configurationError(
			existsSync(path) ? `${path} cannot be read: ${messageOf(error)}` : `${path} does not exist`,
			"name a run's folder, a pipeline's folder or a JSONL file",
			error,
		);
	}
}

/** The same thing named twice, as a run and its pipeline may be, is checked once. */
async function withoutTwins(targets: readonly Target[]): Promise<Target[]> {
	const seen = new Set<string>();
	const files: Target[] = [];
	// Folders first: with their manifests they know more of their files.
	const ordered = [...targets.filter(({ type }) => type !== "file"), ...targets.filter(({ type }) => type === "file")];
	for (const target of ordered) {
		const real = await realpath(target.path);
		const key = `${target.type === "checksums" ? "checksums:" : ""}${real}`;
		if (seen.has(key)) continue;
		seen.add(key);
		if (target.type === "pipeline") for (const shard of target.pipeline.shards) seen.add(join(real, shard));
		files.push(target);
	}
	return files;
}
