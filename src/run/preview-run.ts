import { writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { suggestion } from "../config/suggest.js";
import { embedPicture } from "../look/embed-picture.js";
import { renderPage } from "../look/render-page.js";
import { configurationError, messageOf, type Row } from "../records/index.js";
import { isJsonlProblem, readJsonl, readManifest } from "../shards/index.js";
import { createDrawPool, type DrawPool, drawnFieldsSchema, drawPlaces } from "./draw-rows.js";
import { findRunShards, type PipelineFolder } from "./find-shards.js";
import { notARow, readRowAt } from "./read-row-at.js";

export interface PreviewOptions {
	readonly run: string;
	/** Which rows are drawn follows from it. */
	readonly seed: number;
	/** Rows in all. */
	readonly rows: number;
	/** The pipelines to draw from; absent: all of the run. */
	readonly pipelines?: readonly string[];
}

/**
 * Draws rows of a run, spread over its pipelines, scenarios and tasks. The same seed draws the same rows of the same run.
 * @throws CandorError (exit 2) for a folder that is no run, a pipeline that it does not have, or a line that is no row
 */
export async function previewRun({ run, seed, rows, pipelines }: PreviewOptions): Promise<readonly Row[]> {
	const folders = chooseFolders(await findRunShards(run), pipelines, run);
	const pools: DrawPool[] = [];
	for (const folder of folders) pools.push(await fillPool(folder, seed, rows));
	const drawn: Row[] = [];
	for (const place of drawPlaces(pools, rows, seed).flat()) drawn.push(await readRowAt(place));
	return drawn;
}

/**
 * Writes drawn rows as one HTML page with their pictures; it needs nothing else.
 * @throws CandorError (exit 2) where the file cannot be written
 */
export async function writePreviewPage(file: string, rows: readonly Row[], run: string): Promise<void> {
	const pictures = new Map<string, string | undefined>();
	for (const { image } of rows) {
		if (!pictures.has(image.path)) pictures.set(image.path, await embedPicture(join(run, image.path)));
	}
	const totals: { pipeline: string; rows: number; scenarios: Readonly<Record<string, number>> }[] = [];
	for (const { path, name } of await findRunShards(run)) {
		const manifest = await readManifest(path);
		if (manifest !== undefined) totals.push({ pipeline: name, rows: manifest.rows, scenarios: manifest.counts.scenario });
	}
	const page = renderPage({ name: basename(resolve(run)), totals, rows, pictures });
	try {
		await writeFile(file, page);
	} catch (error) {
		throw configurationError(`${file} cannot be written: ${messageOf(error)}`, "give another file with --html", error);
	}
}

function chooseFolders(folders: readonly PipelineFolder[], wanted: readonly string[] | undefined, run: string): readonly PipelineFolder[] {
	if (wanted === undefined) return folders;
	const names = folders.map(({ name }) => name);
	for (const name of wanted) {
		if (!names.includes(name)) throw configurationError(`${run} has no rows of a pipeline "${name}"${suggestion(name, names)}`, `it has ${names.join(", ")}`);
	}
	return folders.filter(({ name }) => wanted.includes(name));
}

async function fillPool({ path, shards }: PipelineFolder, seed: number, kept: number): Promise<DrawPool> {
	const pool = createDrawPool(seed, kept);
	for (const shard of shards) {
		const file = join(path, shard);
		for await (const item of readJsonl(file)) {
			const { line, byteOffset } = item;
			if (isJsonlProblem(item)) throw notARow(file, line, `it ${item.problem}`);
			const fields = drawnFieldsSchema.safeParse(item.value);
			if (!fields.success) throw notARow(file, line, "it has no id, task or scenario");
			const { id, meta } = fields.data;
			pool.add({ id, scenario: meta.scenario, task: meta.task, file, line, byteOffset });
		}
	}
	return pool;
}
