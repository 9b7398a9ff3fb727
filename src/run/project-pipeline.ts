import { type FileHandle, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { type Row, rowSchema } from "../records/index.js";
import { checkRow } from "../rules/index.js";
import { type Manifest, type ProjectionStep, stringifyRow, writeShards } from "../shards/index.js";
import { countRow, emptyCounts } from "./count-rows.js";
import { describeRowFault } from "./describe-row-fault.js";
import type { PictureLinker } from "./link-pictures.js";
import { nameWithoutTrace, withoutTrace } from "./project-row.js";
import { readLines, type SourcePipeline } from "./projection-source.js";
import { notARow } from "./read-row-at.js";
import { fits } from "./row-filter.js";
import { createTokenTally } from "./tally-tokens.js";

export interface PipelineProjection {
	/** The folder that the pipeline's folder is made in. */
	readonly out: string;
	readonly source: SourcePipeline;
	readonly step: ProjectionStep;
	readonly shards: { readonly maxRows: number; readonly maxBytes: number };
	readonly pictures: PictureLinker;
}

/** What a projected pipeline is called. */
export function projectedName(pipeline: string, step: ProjectionStep): string {
	return step.trace === "none" ? nameWithoutTrace(pipeline) : pipeline;
}

/**
 * Writes the rows of a pipeline that a projection takes, in their order, with their pictures. Those that fail a rule of their new kind
 * are left out, and rejects.jsonl says why.
 * @returns the manifest, which is not written yet
 * @throws CandorError: exit 2 for a line that is no row or a picture that is missing, 1 where the disk is full or not writable
 */
export async function projectPipeline({ out, source, step, shards: limits, pictures }: PipelineProjection): Promise<Manifest> {
	const name = projectedName(source.name, step);
	const folder = join(out, name);
	const counts = emptyCounts();
	const tokens = await createTokenTally();
	const funnel = createFunnel();
	const rejects = openRejects(join(folder, "rejects.jsonl"));
	let rows = 0;
	let scripted = false;

	async function* lines(): AsyncGenerator<string> {
		for await (const { file, line, value } of readLines(source)) {
			const parsed = rowSchema.safeParse(value);
			if (!parsed.success) throw notARow(file, line, describeRowFault(parsed.error, value));
			const before = parsed.data;
			if (!fits(before.meta, step.where)) continue;
			const row = step.trace === "none" && before.kind === "srt" ? withoutTrace(before, name) : before;
			const isChanged = row !== before;
			const fault = isChanged ? checkRow(row)[0] : undefined;
			funnel.add(row, fault?.reason);
			if (fault !== undefined) {
				await rejects.write(describeReject(row, fault));
				continue;
			}
			await pictures.take(row.image);
			countRow(counts, row);
			tokens.add(row);
			scripted ||= row.meta.scripted;
			rows++;
			// What was not changed keeps its bytes.
			yield stringifyRow(isChanged ? row : value);
			if (rows === step.first) return;
		}
	}

	try {
		const shards = await writeShards({ folder, name, rows: lines(), ...limits });
		await rejects.finish();
		return {
			format: "candor-manifest/1",
			pipeline: name,
			kind: step.trace === "none" ? "sft" : source.manifest.kind,
			rows,
			short: [],
			shards,
			counts,
			trainedTokens: tokens.result(),
			funnel: funnel.parts(),
			configHash: source.manifest.configHash,
			scripted,
			projection: { pipeline: source.name, ...step },
		};
	} finally {
		await rejects.close();
	}
}

function createFunnel(): { add(row: Row, reason: string | undefined): void; parts(): Manifest["funnel"] } {
	const parts = new Map<string, Manifest["funnel"][number]>();
	return {
		add({ meta: { task, scenario, timing } }, reason) {
			const key = `${task} ${scenario} ${timing}`;
			const part = parts.get(key) ?? { task, scenario, timing, in: 0, rows: 0, rejected: {} };
			parts.set(key, part);
			part.in++;
			if (reason === undefined) part.rows++;
			else part.rejected[reason] = (part.rejected[reason] ?? 0) + 1;
		},
		parts: () => [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part),
	};
}

/** A line as a run's own rejects have it. */
function describeReject({ id, meta }: Row, { reason, detail }: { readonly reason: string; readonly detail: string }): object {
	const { task, scenario, timing, questionId, source, attempts } = meta;
	return { id, task, scenario, timing, question: questionId, source, reason, detail, attempts };
}

/** Opened with the first line: most projections have none. */
function openRejects(path: string): { write(line: object): Promise<void>; finish(): Promise<void>; close(): Promise<void> } {
	const temporary = `${path}.tmp`;
	let handle: FileHandle | undefined;
	const close = async () => {
		await handle?.close();
		handle = undefined;
	};
	return {
		async write(line) {
			handle ??= await open(temporary, "w");
			await handle.appendFile(`${stringifyRow(line)}\n`);
		},
		async finish() {
			if (handle === undefined) return;
			await handle.sync();
			await close();
			await rename(temporary, path);
		},
		close,
	};
}
