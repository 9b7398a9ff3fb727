import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readProducts, writeConfig } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import { runCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import { startBatchProvider } from "../support/start-batch-provider.js";

const garbleShare = 0.2;
const size = { rows: 12 };
const quick = { mode: "batch", batch: { pollMs: 20 } } as const;
const command = ["run", "candor.json"];

test(
	"a run in batches makes the same bytes as a live one, asks nothing twice, and leaves nothing behind",
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, 20);
			const provider = await startBatchProvider(oracleFile, { garbleShare, batches: { delayMs: 30 } });
			try {
				writeConfig(folder, provider.baseUrl, { ...size, out: "live" });
				expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
				const live = readProducts(join(folder, "live"));
				const before = await provider.stats();
				expect(before.batches).toEqual([]);

				writeConfig(folder, provider.baseUrl, size, { ...quick, batch: { pollMs: 20, maxRequests: 40 } });
				const run = await runCandor(command, { cwd: folder });
				console.log(run.err);
				expect(run).toMatchObject({ code: 0 });
				expect(readProducts(join(folder, "run"))).toEqual(live);
				const after = await provider.stats();
				console.log(before.total, after.total, after.batches);
				expect(Object.values(after.billed).every((count) => count === 1)).toBe(true);
				expect(after.total - before.total).toBe(Object.keys(after.billed).length);
				expect(after.allSized).toBe(true);
				expect(after.files).toEqual([]);
			} finally {
				await provider.close();
			}
		}),
	120_000,
);
