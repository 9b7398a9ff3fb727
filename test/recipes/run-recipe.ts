import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FlagValue, loadConfig } from "../../src/config/index.js";
import { packageFolder } from "../../src/pipeline/package-folder.js";
import { type Row, rowSchema } from "../../src/records/index.js";
import { runConfig } from "../../src/run/run-config.js";
import type { RunSummary } from "../../src/run/summary.js";
import { readRows } from "../support/make-run.js";

export interface RanRecipe {
	readonly runFolder: string;
	readonly summary: RunSummary;
	rows(pipeline: string): Row[];
	remove(): void;
}

/**
 * Runs a config that ships, in a new temporary folder: over rendered scenes instead of its source, answered by the scripted teacher,
 * with these other settings by dotted path. All else is as it ships.
 */
export async function runRecipe(name: string, pictures: number, settings: Readonly<Record<string, unknown>>): Promise<RanRecipe> {
	const folder = mkdtempSync(join(tmpdir(), `candor-${name}-`));
	const runFolder = join(folder, "run");
	const all = { source: { type: "scenes", pictures }, "teacher.type": "scripted", out: runFolder, ...settings };
	const flags = Object.entries(all).map(([path, value]): FlagValue => ({ flag: `--${path}`, path, value }));
	const summary = await runConfig(loadConfig({ file: join(packageFolder(), "configs", `${name}.yaml`), env: {}, flags }), {
		extend: false,
		events: { progress: () => {}, warn: () => {} },
		signal: new AbortController().signal,
	});
	return {
		runFolder,
		summary,
		rows: (pipeline) => readRows(runFolder, pipeline).map((line) => rowSchema.parse(JSON.parse(line))),
		remove: () => rmSync(folder, { recursive: true }),
	};
}
