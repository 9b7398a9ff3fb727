import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { askedBetween, readCommitted, readProducts, readRows, requestsBetween, writeConfig } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import { runCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import { startOracle } from "../support/start-oracle.js";

const jitter = [
	{ fault: { type: "slow-headers", ms: 25 }, share: 0.2 },
	{ fault: { type: "slow-headers", ms: 5 }, share: 0.4 },
] as const;

test(
	"the same bytes at any concurrency, from the ledger alone, and as the beginning of a longer run; nothing is asked twice",
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, 40);
			const oracle = await startOracle(oracleFile, { garbleShare: 0.25, faults: jitter });
			try {
				writeConfig(folder, oracle.baseUrl);
				const products: Record<string, string>[] = [];
				let before = await oracle.stats();
				for (const concurrency of ["64", "8", "1"]) {
					await oracle.control({ seed: Number(concurrency) });
					const run = await runCandor(["run", "candor.json", "--concurrency", concurrency, "--out", `run-${concurrency}`], { cwd: folder });
					expect(run).toMatchObject({ code: 0 });
					products.push(readProducts(join(folder, `run-${concurrency}`)));
					const after = await oracle.stats();
					const asked = askedBetween(before, after);
					expect(requestsBetween(before, after)).toBe(asked.size);
					expect(asked).toEqual(await readCommitted(join(folder, `run-${concurrency}`)));
					before = after;
				}
				const [wide = {}, middle, single] = products;
				expect(Object.keys(wide)).toContain("srt/srt-00000-of-00001.jsonl");
				expect(Object.values(wide).join("")).toMatch(/"attempts":[23]/);
				expect(Object.values(wide).join("")).toContain('"reason":"reply-');
				expect(middle).toEqual(wide);
				expect(single).toEqual(wide);

				const runFolder = join(folder, "run-8");
				for (const name of readdirSync(runFolder)) if (name !== "ledger") rmSync(join(runFolder, name), { recursive: true });
				const resumed = await runCandor(["run", "candor.json", "--concurrency", "8", "--out", "run-8"], { cwd: folder });
				expect(resumed).toMatchObject({ code: 0 });
				expect(readProducts(runFolder)).toEqual(wide);
				expect((await oracle.stats()).total).toBe(before.total);

				const refused = await runCandor(["run", "candor.json", "--out", "run-8", "--rows", "36"], { cwd: folder });
				expect(refused).toMatchObject({ code: 2 });
				expect(refused.err).toContain("rows: was 24, now 36");
				const committed = await readCommitted(runFolder);
				const rowsBefore = ["srt", "sft", "dpo"].map((pipeline) => readRows(runFolder, pipeline));
				const extended = await runCandor(["run", "candor.json", "--out", "run-8", "--rows", "36", "--extend"], { cwd: folder });
				expect(extended).toMatchObject({ code: 0 });
				for (const [index, pipeline] of ["srt", "sft", "dpo"].entries()) {
					const rows = readRows(runFolder, pipeline);
					expect(rows).toHaveLength(36);
					expect(rows.slice(0, 24)).toEqual(rowsBefore[index]);
				}
				const asked = askedBetween(before, await oracle.stats());
				expect(asked.size).toBeGreaterThan(0);
				expect([...asked].filter((fingerprint) => committed.has(fingerprint))).toEqual([]);
			} finally {
				await oracle.close();
			}
		}),
	120_000,
);
