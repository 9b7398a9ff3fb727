import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { random } from "../../src/pipeline/random.js";
import { readProducts, writeConfig } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import { runCandor, startCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import { startBatchProvider } from "../support/start-batch-provider.js";

const killCount = 24;
const command = ["run", "candor.json"];

test(
	"killed at any instant, a run in batches goes on to the same bytes; no batch is made or paid for twice",
	() =>
		withFolder(async (folder) => {
			const rng = random(7, "kill batches", "instants");
			const { oracleFile } = await writeShapesSource(folder, 20);
			const provider = await startBatchProvider(oracleFile, { garbleShare: 0.2, latencyMs: 5 });
			try {
				writeConfig(folder, provider.baseUrl, { rows: 8, out: "undisturbed" });
				expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
				const undisturbed = readProducts(join(folder, "undisturbed"));
				const live = (await provider.stats()).total;

				// Small batches, one after the other: there is always one that has just been made, or is about to be.
				await provider.control({ batches: { delayMs: 40 } });
				const batch = { pollMs: 15, maxRequests: 2, maxEnqueuedTokens: 1500 };
				writeConfig(folder, provider.baseUrl, { rows: 8 }, { mode: "batch", batch });
				const reached = { start: 0, upload: 0, batch: 0, reply: 0 };
				for (let kills = 0; kills < killCount; kills++) {
					const before = await provider.stats();
					const instant = (["start", "upload", "batch", "batch", "reply"] as const)[kills % 5] ?? "start";
					const run = await startCandor(command, { cwd: folder });
					const isThere = async () => {
						const now = await provider.stats();
						if (instant === "upload") return now.uploads > before.uploads;
						if (instant === "batch") return now.batches.length > before.batches.length;
						return Object.keys(now.billed).length > Object.keys(before.billed).length;
					};
					if (instant === "start") await sleep(rng.below(1500));
					else while (run.child.exitCode === null && !(await isThere())) await sleep(1);
					await sleep(instant === "reply" ? rng.below(80) : rng.below(12));
					run.child.kill("SIGKILL");
					const { code, err } = await run.finished;
					// Either it was killed, or it was quicker than we were.
					expect([null, 0], err).toContain(code);
					if (code === null) reached[instant]++;

					const { billed, batches } = await provider.stats();
					expect(Object.values(billed).filter((count) => count > 1)).toEqual([]);
					expect(new Set(batches.map(({ job }) => job)).size).toBe(batches.length);
				}
				expect(reached.batch).toBeGreaterThan(0);
				const last = await runCandor(command, { cwd: folder });
				expect(last, last.err).toMatchObject({ code: 0 });
				expect(readProducts(join(folder, "run"))).toEqual(undisturbed);
				const { billed, total, files } = await provider.stats();
				expect(Object.values(billed).filter((count) => count > 1)).toEqual([]);
				expect(Object.keys(billed)).toHaveLength(live);
				expect(total).toBe(2 * live);
				expect(files).toEqual([]);
				expect(existsSync(join(folder, "run", "batches"))).toBe(false);
			} finally {
				await provider.close();
			}
		}),
	900_000,
);
