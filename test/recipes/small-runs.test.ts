import { expect, test } from "vitest";
import { validatePaths } from "../../src/run/validate-paths.js";
import { checkMmSy } from "./check-mm-sy.js";
import { runRecipe } from "./run-recipe.js";

/** So many pictures are few: of them only a handful is kept out. */
const reserve = { benchmark: { perTask: 3 }, probe: { train: 20, test: 10 } };

test("mm-sy, a tenth of it: pairs, and replies to the same dialogues", async () => {
	const rows = { sft: 100, dpo: 1_000 };
	const run = await runRecipe("mm-sy", 450, { rows, reserve });
	try {
		checkMmSy(run, rows);
		expect((await validatePaths([run.runFolder])).problems).toEqual([]);
	} finally {
		run.remove();
	}
}, 180_000);

test.each([
	["srt", { scenario: ["corrective", "misleading"], timing: ["one-round", "two-round"] }],
	[
		"candor",
		{
			scenario: ["affirm-right", "affirm-wrong", "both-wrong", "corrective", "doubt-right", "doubt-wrong", "misleading", "neutral"],
			timing: ["multi-round", "one-round", "two-round"],
		},
	],
])(
	"%s, a small run: every row is good, and nothing was rejected",
	async (name, expected) => {
		const run = await runRecipe(name, 120, { rows: 200, reserve });
		try {
			const rows = run.rows("srt");
			expect(rows).toHaveLength(200);
			expect([...new Set(rows.map(({ meta }) => meta.scenario))].sort()).toEqual(expected.scenario);
			expect([...new Set(rows.map(({ meta }) => meta.timing))].sort()).toEqual(expected.timing);
			expect(rows.every(({ meta }) => !meta.hinted)).toBe(true);
			expect(run.summary.pipelines[0]?.rejected).toEqual({});
			expect((await validatePaths([run.runFolder])).problems).toEqual([]);
		} finally {
			run.remove();
		}
	},
	120_000,
);
