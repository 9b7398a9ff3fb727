/**
 * Whether anything but the picture tells who is right in sealed rows: for the record, since a run is small, its intervals wide, and
 * cross-validation within one balanced set reads below 0.5 by construction.
 *
 *     npm run readers:rows <run>
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { formatReaders } from "../src/audit/format-readers.js";
import { readRows } from "../src/audit/read-rows.js";
import { type Row, rowSchema } from "../src/records/index.js";
import { isJsonlProblem, readJsonl } from "../src/shards/index.js";

const run = process.argv[2] ?? "datasets/runs/quickstart";
for (const pipeline of await readdir(run)) {
	const shards = (await readdir(join(run, pipeline)).catch(() => [])).filter((name) => /-of-\d+\.jsonl$/.test(name));
	const rows: Row[] = [];
	for (const shard of shards.sort()) {
		for await (const item of readJsonl(join(run, pipeline, shard))) if (!isJsonlProblem(item)) rows.push(rowSchema.parse(item.value));
	}
	if (rows.length > 0) console.log(`${pipeline}: ${rows.length} rows\n\n${formatReaders(readRows(rows, 1))}\n`);
}
