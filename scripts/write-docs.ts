/**
 * Writes the parts of the docs that the program makes: real output, real rows, the settings. Run it when they have changed:
 *
 *     npx tsx scripts/write-docs.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../src/pipeline/package-folder.js";
import { fillBlocks, renderBlocks, withoutChance } from "./docs-blocks.js";
import { listDocs } from "./list-docs.js";

const blocks = await renderBlocks();
for (const path of listDocs()) {
	const file = join(packageFolder(), path);
	const before = readFileSync(file, "utf8");
	const after = fillBlocks(before, blocks);
	if (withoutChance(after) === withoutChance(before)) continue;
	writeFileSync(file, after);
	console.log(`${path}: written anew`);
}
