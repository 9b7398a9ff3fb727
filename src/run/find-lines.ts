import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { z } from "zod";
import { type Rejection, type Row, rejectionSchema } from "../records/index.js";
import { isJsonlProblem, readJsonl } from "../shards/index.js";
import { groupOf } from "./find-candidate.js";
import { findShards } from "./find-shards.js";
import { readRowAt } from "./read-row-at.js";

/** A line of a run that is about a candidate: its row, or why there is none. */
export type FoundLine = { readonly pipeline: string; readonly id: string /** `file:line`, relative to the run's folder. */; readonly where: string } & (
	| { readonly type: "row"; readonly row: Row }
	| { readonly type: "rejection"; readonly rejection: Rejection; readonly attempts: number }
);

export interface FoundLines {
	readonly lines: readonly FoundLine[];
	/** Ids that begin like the one that was asked for, the nearest first. */
	readonly near: readonly string[];
}

const idSchema = z.looseObject({ id: z.string() });
const rejectSchema = z.object({ ...rejectionSchema.shape, attempts: z.int() });

const nearIds = 3;
/** Ids have in common what all have; from so many characters of the hash on it may be meant. */
const nearCharacters = 3;

/** Looks through the shards and the rejects of a run for an id, or for a group in all pipelines. */
export async function findLines(run: string, wanted: string): Promise<FoundLines> {
	const lines: FoundLine[] = [];
	const near = createNearest(wanted);
	for (const { name, path, shards } of await findShards(run)) {
		for (const file of [...shards, "rejects.jsonl"].map((shard) => join(path, shard))) {
			if (!existsSync(file)) continue;
			for await (const item of readJsonl(file)) {
				const id = isJsonlProblem(item) ? undefined : idSchema.safeParse(item.value).data?.id;
				if (id === undefined || isJsonlProblem(item)) continue;
				if (id !== wanted && groupOf(id) !== wanted) {
					near.add(id);
					continue;
				}
				const found = { pipeline: name, id, where: `${relative(run, file)}:${item.line}` };
				if (file.endsWith("rejects.jsonl")) {
					const { attempts, ...rejection } = rejectSchema.parse(item.value);
					lines.push({ ...found, type: "rejection", rejection, attempts });
				} else {
					lines.push({ ...found, type: "row", row: await readRowAt({ file, line: item.line, byteOffset: item.byteOffset }) });
				}
			}
		}
	}
	return { lines, near: near.ids() };
}

/** Keeps the ids that have the longest beginning in common with one that is not there. */
function createNearest(wanted: string): { add(id: string): void; ids(): string[] } {
	const hasPipeline = groupOf(wanted) !== wanted || /^[a-z][a-z0-9]*-/.test(wanted);
	const kept: { id: string; common: number }[] = [];
	return {
		add(id) {
			const other = hasPipeline ? id : groupOf(id);
			const start = hasPipeline ? id.length - groupOf(id).length : 0;
			const common = commonLength(wanted, other);
			if (common - start <= nearCharacters || kept.some((known) => known.id === other)) return;
			kept.push({ id: other, common });
			kept.sort((a, b) => b.common - a.common || (a.id < b.id ? -1 : 1));
			kept.length = Math.min(kept.length, nearIds);
		},
		ids: () => kept.map(({ id }) => id),
	};
}

function commonLength(a: string, b: string): number {
	let length = 0;
	while (length < a.length && a[length] === b[length]) length++;
	return length;
}
