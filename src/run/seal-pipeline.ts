import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type CellState, settle } from "../pipeline/collect.js";
import type { Pipeline } from "../pipeline/compose.js";
import type { Row } from "../records/index.js";
import { type Manifest, type Spool, writeFileAtomic, writeManifest, writeShards } from "../shards/index.js";
import { countRow, emptyCounts } from "./count-rows.js";
import { createTokenTally } from "./tally-tokens.js";

export interface SealInput {
	readonly runFolder: string;
	readonly pipeline: Pipeline;
	readonly cells: readonly CellState[];
	/** For each slot of the output, its cell. */
	readonly slots: Uint32Array;
	readonly spool: Spool;
	readonly maxRows: number;
	readonly maxBytes: number;
	readonly configHash: string;
	readonly scripted: boolean;
}

/**
 * Writes a pipeline's shards: the cell's j-th slot takes its j-th accepted candidate by rank. Then the rejects, and the manifest
 * last: its presence means that all the rest is there.
 * @throws CandorError (exit 1) where the disk is full or not writable
 */
export async function sealPipeline(input: SealInput): Promise<Manifest> {
	const { pipeline, cells, slots, spool } = input;
	const folder = join(input.runFolder, pipeline.name);
	const accepted = cells.map((state) => settle(state));
	const counts = emptyCounts();
	const tokens = await createTokenTally();

	async function* lines(): AsyncGenerator<string> {
		const used = cells.map(() => 0);
		for (const index of slots) {
			const rank = accepted[index]?.accepted[used[index] ?? 0];
			used[index] = (used[index] ?? 0) + 1;
			const outcome = rank === undefined ? undefined : cells[index]?.outcomes.get(rank);
			// A cell that ran out leaves its slot empty.
			if (outcome === undefined) continue;
			const line = await spool.read(outcome.handle);
			// Checked before it was put by.
			const row: Row = JSON.parse(line);
			countRow(counts, row);
			tokens.add(row);
			yield line;
		}
	}

	const shards = await writeShards({ folder, name: pipeline.name, rows: lines(), maxRows: input.maxRows, maxBytes: input.maxBytes });
	await writeRejects(folder, cells, spool);
	const manifest: Manifest = {
		format: "candor-manifest/1",
		pipeline: pipeline.name,
		kind: pipeline.kind,
		rows: shards.reduce((sum, { rows }) => sum + rows, 0),
		short: cells.flatMap((state, index) => {
			const missing = state.quota - (accepted[index]?.accepted.length ?? 0);
			return missing > 0 ? [{ ...state.cell, missing }] : [];
		}),
		shards,
		counts,
		trainedTokens: tokens.result(),
		funnel: countFunnel(cells),
		configHash: input.configHash,
		scripted: input.scripted,
	};
	await writeManifest(folder, manifest);
	return manifest;
}

/** What became of the candidates that count: those up to the rank that filled the cell. The rest is surplus, and differs by chance. */
function countFunnel(cells: readonly CellState[]): Manifest["funnel"] {
	const parts = new Map<string, Manifest["funnel"][number]>();
	for (const state of cells) {
		const { task, scenario, timing } = state.cell;
		const key = JSON.stringify([task, scenario, timing]);
		const part = parts.get(key) ?? { task, scenario, timing, in: 0, rows: 0, rejected: {} };
		parts.set(key, part);
		const { end } = settle(state);
		for (let rank = 0; rank < end; rank++) {
			const outcome = state.outcomes.get(rank);
			if (outcome === undefined) continue;
			part.in++;
			if (outcome.reason === undefined) part.rows++;
			else part.rejected[outcome.reason] = (part.rejected[outcome.reason] ?? 0) + 1;
		}
	}
	return [...parts.values()].sort((a, b) => (`${a.task} ${a.scenario} ${a.timing}` < `${b.task} ${b.scenario} ${b.timing}` ? -1 : 1));
}

async function writeRejects(folder: string, cells: readonly CellState[], spool: Spool): Promise<void> {
	const path = join(folder, "rejects.jsonl");
	const handles = cells.flatMap((state) => {
		const { end } = settle(state);
		return Array.from({ length: end }, (_, rank) => state.outcomes.get(rank)).flatMap((outcome) => (outcome?.type === "rejection" ? [outcome.handle] : []));
	});
	if (handles.length === 0) await rm(path, { force: true });
	else await writeFileAtomic(path, readLines(handles, spool));
}

/** Lines are written together to this size. @unit characters */
const writtenTogether = 256 * 1024;

async function* readLines(handles: readonly number[], spool: Spool): AsyncGenerator<string> {
	let waiting = "";
	for (const handle of handles) {
		waiting += `${await spool.read(handle)}\n`;
		if (waiting.length < writtenTogether) continue;
		yield waiting;
		waiting = "";
	}
	yield waiting;
}
