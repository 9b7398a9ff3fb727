import { readdir, realpath, rm } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { configurationError } from "../records/index.js";
import { removeManifest } from "../shards/index.js";
import { reservedFolder } from "./projection-source.js";
import { makeFolder, type Projection, readRunRecord } from "./run-record.js";

/**
 * Makes the folder of a projection, or clears it of an earlier making of the same projection.
 * @param names what its pipelines are called
 * @throws CandorError (exit 2) where the folder is the run's or within it, or holds anything else
 */
export async function openProjectionFolder(out: string, run: string, projection: Projection, names: readonly string[]): Promise<void> {
	const source = await realpath(run);
	const target = await realPathOf(resolve(out));
	if (target === source || target.startsWith(`${source}${sep}`))
		throw configurationError(`--out: ${out} ${target === source ? "is the run's own folder" : "lies within the run's folder"}`, "choose a folder elsewhere");
	await makeFolder(out);
	// Left by a start that was killed before it wrote anything else.
	const entries = (await readdir(out)).filter((name) => name !== "run.json.tmp");
	if (entries.length === 0) return;
	const before = await readRunRecord(out);
	if (before?.projection === undefined || JSON.stringify(before.projection) !== JSON.stringify(projection)) {
		throw configurationError(
			`--out: ${out} is not empty, and holds no projection that this command made of this run`,
			"choose another folder with --out, or empty this one",
		);
	}
	// What says that the folder is whole goes first.
	await rm(join(out, "SHA256SUMS"), { force: true });
	for (const name of names) await removeManifest(join(out, name));
	for (const name of [...names, "images", reservedFolder, "README.md"]) await rm(join(out, name), { recursive: true, force: true });
}

/** The path without symbolic links, also where its end is not there yet. */
async function realPathOf(path: string): Promise<string> {
	try {
		return await realpath(path);
	} catch {
		return dirname(path) === path ? path : join(await realPathOf(dirname(path)), basename(path));
	}
}
