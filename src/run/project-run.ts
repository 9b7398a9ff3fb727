import { existsSync } from "node:fs";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { configurationError, gateError, type Kind } from "../records/index.js";
import { type Manifest, type ProjectionStep, writeChecksums, writeFileAtomic, writeManifest } from "../shards/index.js";
import { writeCard } from "./dataset-card.js";
import { createPictureLinker } from "./link-pictures.js";
import { modelOf } from "./open-teacher.js";
import { projectedName, projectPipeline } from "./project-pipeline.js";
import { openProjectionFolder } from "./projection-folder.js";
import { countFitting, openProjectionSource, reservedFolder, type SourcePipeline } from "./projection-source.js";
import { parseWhere } from "./row-filter.js";
import type { Projection } from "./run-record.js";

export interface ProjectOptions {
	/** The folder of a run, or of a projection. */
	readonly run: string;
	readonly out: string;
	/** Conditions such as `scenario=misleading,corrective`; a row must fit all. */
	readonly where: readonly string[];
	/** So many rows of each pipeline at most: the first of those that fit. */
	readonly first?: number;
	/** Rows with a trace become plain ones; pipelines without traces are left out. */
	readonly trace?: "none";
	/** Absent: all. */
	readonly pipelines?: readonly string[];
}

export interface ProjectedPipeline {
	readonly name: string;
	readonly kind: Kind;
	/** The pipeline whose rows they are, and how many it has. */
	readonly from: string;
	readonly of: number;
	readonly rows: number;
	/** Rows left out because they fail a rule of their new kind, by reason code. */
	readonly rejected: Readonly<Record<string, number>>;
	readonly byScenario: readonly { readonly scenario: string; readonly rows: number }[];
	readonly trainedTokens: Manifest["trainedTokens"];
	/** Relative to the folder. */
	readonly shards: readonly { readonly file: string; readonly rows: number; readonly bytes: number }[];
}

export interface ProjectionSummary {
	readonly out: string;
	/** The run's config hash. */
	readonly from: string;
	readonly pipelines: readonly ProjectedPipeline[];
	/** Pictures that the rows show. */
	readonly pictures: number;
	readonly warnings: readonly string[];
}

/**
 * Writes a new folder with some of a run's rows: an ablation twin of the same rows, which asks nobody anything. It streams, and the same
 * run and options give the same bytes.
 * @throws CandorError: exit 2 for options that fit nothing, a source that is unfinished or damaged, or a folder that holds something
 * else; 1 where the disk is full or not writable; 3 where no row is left of a pipeline
 */
export async function projectRun(options: ProjectOptions): Promise<ProjectionSummary> {
	const { run, out } = options;
	const where = parseWhere(options.where);
	const step: ProjectionStep = {
		where,
		...(options.first === undefined ? {} : { first: options.first }),
		...(options.trace === undefined ? {} : { trace: options.trace }),
	};
	const { record, pipelines } = await openProjectionSource(run, options.pipelines);
	const warnings: string[] = [];
	const usable = leaveOutPlain(pipelines, options, warnings);
	const chosen = chooseFitting(usable, await countFitting(usable, where), step, warnings);
	const projection: Projection = {
		from: record.configHash,
		steps: [...(record.projection?.steps ?? []), { ...step, pipelines: chosen.map(({ name }) => name) }],
	};
	const names = chosen.map(({ name }) => projectedName(name, step));
	await openProjectionFolder(out, run, projection, names);
	await copyRunRecord(run, out, projection);
	const pictures = createPictureLinker(run, out);
	const manifests: Manifest[] = [];
	for (const source of chosen) {
		const manifest = await projectPipeline({ out, source, step, shards: record.config.shards, pictures });
		if (manifest.rows === 0) {
			throw gateError(
				`${manifest.pipeline}: no row is left: ${listReasons(manifest)}`,
				`each is listed in ${join(out, manifest.pipeline, "rejects.jsonl")}; leave the pipeline out with --pipeline`,
			);
		}
		warnings.push(...warnOf(manifest, source, step));
		manifests.push(manifest);
	}
	if (existsSync(join(run, reservedFolder))) await cp(join(run, reservedFolder), join(out, reservedFolder), { recursive: true });
	const summary: ProjectionSummary = {
		out,
		from: record.configHash,
		pipelines: manifests.map((manifest, index) => summarize(manifest, chosen[index]?.manifest.rows ?? 0)),
		pictures: pictures.count(),
		warnings,
	};
	const card = { pipelines: summary.pipelines, scripted: manifests.some(({ scripted }) => scripted), projection };
	await writeFileAtomic(join(out, "README.md"), writeCard(record.config, card, record.teachers.map(modelOf)));
	for (const manifest of manifests) await writeManifest(join(out, manifest.pipeline), manifest);
	const files = manifests.flatMap(({ pipeline, shards }) => [...shards.map(({ file }) => `${pipeline}/${file}`), `${pipeline}/manifest.json`]);
	await writeChecksums(out, ["run.json", "README.md", ...files]);
	return summary;
}

/** Without their traces, `srt` rows may be about the same conversations as `sft` rows: a folder holds the one or the other. */
function leaveOutPlain(pipelines: readonly SourcePipeline[], options: ProjectOptions, warnings: string[]): readonly SourcePipeline[] {
	if (options.trace === undefined) return pipelines;
	const plain = pipelines.filter(({ manifest }) => manifest.kind !== "srt").map(({ name }) => name);
	if (plain.length === pipelines.length || (options.pipelines !== undefined && plain.length > 0))
		throw configurationError(
			`--trace none: ${plain.join(", ")} ${plain.length === 1 ? "has" : "have"} no traces`,
			"name pipelines of kind srt with --pipeline",
		);
	if (plain.length > 0) warnings.push(`left out, since their rows have no traces: ${plain.join(", ")}`);
	return pipelines.filter(({ manifest }) => manifest.kind === "srt");
}

function chooseFitting(
	pipelines: readonly SourcePipeline[],
	fitting: ReadonlyMap<string, number>,
	{ where, first }: ProjectionStep,
	warnings: string[],
): SourcePipeline[] {
	const conditions = Object.entries(where).map(([key, values]) => `${key}=${values.join(",")}`);
	const chosen = pipelines.filter(({ name }) => (fitting.get(name) ?? 0) > 0);
	if (chosen.length === 0) throw configurationError(`--where: no row fits ${conditions.join(" and ") || "(the run has none)"}`);
	for (const { name } of pipelines) {
		const rows = fitting.get(name) ?? 0;
		if (rows === 0) warnings.push(`${name}: left out, since no row fits ${conditions.join(" and ")}`);
		else if (first !== undefined && rows < first) warnings.push(`${name}: ${rows} rows fit, fewer than the ${first} asked for`);
	}
	return chosen;
}

/** All that the run's record says, and that this is a projection of it. */
async function copyRunRecord(run: string, out: string, projection: Projection): Promise<void> {
	const record: object = JSON.parse(await readFile(join(run, "run.json"), "utf8"));
	await writeFileAtomic(join(out, "run.json"), `${JSON.stringify({ ...record, projection }, null, "\t")}\n`);
}

function warnOf(manifest: Manifest, { name }: SourcePipeline, { first }: ProjectionStep): string[] {
	const dropped = manifest.funnel.reduce((sum, part) => sum + part.in - part.rows, 0);
	if (dropped === 0) return [];
	const isShort = first !== undefined && manifest.rows < first;
	return [
		`${manifest.pipeline}: ${dropped} rows of ${name} fail a rule of their new kind and are left out (${listReasons(manifest)})${isShort ? `; ${manifest.rows} of ${first} rows are there` : ""}`,
	];
}

function sumRejected({ funnel }: Manifest): Record<string, number> {
	const reasons: Record<string, number> = {};
	for (const { rejected } of funnel) for (const [reason, count] of Object.entries(rejected)) reasons[reason] = (reasons[reason] ?? 0) + count;
	return reasons;
}

function listReasons(manifest: Manifest): string {
	return Object.entries(sumRejected(manifest))
		.map(([reason, count]) => `${reason} ${count}`)
		.join(", ");
}

function summarize(manifest: Manifest, of: number): ProjectedPipeline {
	const { pipeline, kind, rows, counts, trainedTokens, shards } = manifest;
	return {
		name: pipeline,
		kind,
		from: manifest.projection?.pipeline ?? pipeline,
		of,
		rows,
		rejected: sumRejected(manifest),
		byScenario: Object.entries(counts.scenario)
			.map(([scenario, count]) => ({ scenario, rows: count }))
			.sort((a, b) => (a.scenario < b.scenario ? -1 : 1)),
		trainedTokens,
		shards: shards.map(({ file, rows: count, bytes }) => ({ file: `${pipeline}/${file}`, rows: count, bytes })),
	};
}
