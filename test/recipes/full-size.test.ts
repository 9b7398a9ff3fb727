import { join } from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/index.js";
import { packageFolder } from "../../src/pipeline/package-folder.js";
import { checkMmSy } from "./check-mm-sy.js";
import { checkPrefixes } from "./check-prefixes.js";
import { runRecipe } from "./run-recipe.js";

/** Thousands of pictures are rendered, on whatever machine this is. @unit milliseconds */
const patienceMs = 1_800_000;

const configOf = (name: string) => loadConfig({ file: join(packageFolder(), "configs", `${name}.yaml`), env: {}, flags: [] }).config;

test(
	"mm-sy as it ships: 1,000 replies, 10,000 pairs, and 1,500, 3,000 and 800 questions kept out",
	async () => {
		const run = await runRecipe("mm-sy", 6_000, {});
		try {
			checkMmSy(run, { sft: 1_000, dpo: 10_000 });
			checkPrefixes(run.rows("dpo"), configOf("mm-sy"), 1_000, { cells: 0.01, manners: 0.01 });
			const reserved = { benchmark: 0, "probe-train": 0, "probe-test": 0 };
			for (const task of run.summary.reserved?.tasks ?? []) for (const set of ["benchmark", "probe-train", "probe-test"] as const) reserved[set] += task[set];
			expect(reserved).toEqual({ benchmark: 1_500, "probe-train": 3_000, "probe-test": 800 });
		} finally {
			run.remove();
		}
	},
	patienceMs,
);

test.each(["srt", "candor"])(
	"%s: every beginning of 3,000 rows has the configured shares, and the 300 of a smaller run are among them",
	async (name) => {
		const reserve = { benchmark: { perTask: 10 }, probe: { train: 30, test: 10 } };
		const large = await runRecipe(name, 800, { rows: 3_000, reserve });
		const small = await runRecipe(name, 800, { rows: 300, reserve });
		try {
			const rows = large.rows("srt");
			expect(rows).toHaveLength(3_000);
			expect(large.summary.pipelines[0]?.rejected).toEqual({});
			checkPrefixes(rows, configOf(name), 1_000, { cells: 0.01, manners: 0.02 });
			const groups = new Set(rows.map(({ meta }) => meta.group));
			expect(small.rows("srt").filter(({ meta }) => !groups.has(meta.group))).toEqual([]);
		} finally {
			large.remove();
			small.remove();
		}
	},
	patienceMs,
);
