import { stat } from "node:fs/promises";
import { join } from "node:path";
import { CandorError, type Row } from "../records/index.js";
import { hashFile, type Manifest, readManifest } from "../shards/index.js";
import type { CheckedFile, RowChecker } from "./check-rows.js";
import { countRow, emptyCounts } from "./count-rows.js";
import type { PipelineFolder } from "./find-shards.js";
import type { ProblemList } from "./problem-list.js";

export interface CheckedShard extends CheckedFile {
	readonly file: string;
	/** Whether a manifest lists it, and its bytes have been compared. */
	readonly isSealed: boolean;
}

/** Checks a pipeline's folder: its manifest against the shards there, and every row. */
export async function checkPipelineFolder({ path, shards, hasManifest }: PipelineFolder, rows: RowChecker, problems: ProblemList): Promise<CheckedShard[]> {
	const manifestFile = join(path, "manifest.json");
	const tell = (reason: string, detail: string, file = manifestFile) => problems.add({ file, reason, detail });
	if (!hasManifest) tell("unfinished", "There is no manifest: the run that makes this pipeline has not finished it. Run its config again.");
	const manifest = hasManifest ? await readOrTell(path, tell) : undefined;
	const listed = new Map(manifest?.shards.map((shard) => [shard.file, shard]));
	for (const file of listed.keys()) if (!shards.includes(file)) tell("shard-missing", `The manifest lists ${file}, which is not there.`, join(path, file));

	const counts = emptyCounts();
	const checked: CheckedShard[] = [];
	let complete = true;
	for (const name of shards) {
		const file = join(path, name);
		const shard = listed.get(name);
		if (manifest !== undefined && shard === undefined) {
			// Its rows are no part of the corpus: what they are like does not matter.
			tell("shard-unlisted", "The manifest does not list this file: it is no part of what the run made.", file);
			continue;
		}
		const { size } = await stat(file);
		const result = await rows.check(file, manifest?.kind, (row: Row) => countRow(counts, row));
		checked.push({ file, isSealed: shard !== undefined, ...result });
		if (result.unreadable > 0) complete = false;
		if (shard === undefined) continue;
		if (size !== shard.bytes) tell("shard-bytes", `It has ${size} bytes, and the manifest says ${shard.bytes}.`, file);
		else if ((await hashFile(file)) !== shard.sha256) tell("shard-sha256", "Its content has changed since the manifest was written: the sha256 differs.", file);
		if (result.rows !== shard.rows) tell("shard-rows", `It has ${result.rows} rows, and the manifest says ${shard.rows}.`, file);
	}
	// Where rows are gone the counts differ of necessity, and that has been said.
	if (manifest !== undefined) checkSums(manifest, tell);
	if (manifest !== undefined && complete && checked.length === listed.size) compareCounts(manifest, counts, tell);
	return checked;
}

type Tell = (reason: string, detail: string) => void;

async function readOrTell(folder: string, tell: Tell): Promise<Manifest | undefined> {
	try {
		return await readManifest(folder);
	} catch (error) {
		if (!(error instanceof CandorError)) throw error;
		tell("manifest-invalid", error.message);
		return undefined;
	}
}

/** Whether the manifest agrees with itself. */
function checkSums({ rows, shards, funnel }: Manifest, tell: Tell): void {
	const inShards = shards.reduce((sum, shard) => sum + shard.rows, 0);
	if (inShards !== rows) tell("manifest-rows", `It says ${rows} rows, and its shards add up to ${inShards}.`);
	const inFunnel = funnel.reduce((sum, part) => sum + part.rows, 0);
	if (inFunnel !== rows) tell("manifest-funnel", `It says ${rows} rows, and its funnel adds up to ${inFunnel}.`);
	for (const part of funnel) {
		const out = Object.values(part.rejected).reduce((sum, count) => sum + count, part.rows);
		if (out !== part.in) tell("manifest-funnel", `${part.task}, ${part.scenario}, ${part.timing}: ${part.in} candidates went in, and ${out} came out.`);
	}
}

function compareCounts(manifest: Manifest, found: Manifest["counts"], tell: Tell): void {
	for (const side of ["scenario", "timing", "task", "tone", "pressure"] as const) {
		const said: Readonly<Record<string, number>> = manifest.counts[side];
		const counted: Readonly<Record<string, number>> = found[side];
		for (const key of [...new Set([...Object.keys(said), ...Object.keys(counted)])].sort()) {
			if ((said[key] ?? 0) !== (counted[key] ?? 0))
				tell("manifest-counts", `counts.${side}.${key} is ${said[key] ?? 0}, and there are ${counted[key] ?? 0} such rows.`);
		}
	}
}
