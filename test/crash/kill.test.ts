import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { random } from "../../src/pipeline/random.js";
import { askedBetween, readCommitted, readProducts, waitForStats, writeConfig } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import { type CandorProcess, runCandor, startCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import { startOracle } from "../support/start-oracle.js";

/** With those of batches (kill-batches.test.ts), a hundred. */
const killCount = 60;
const sealingKillCount = 6;
const concurrency = 8;
const command = ["run", "candor.json"];

async function kill(run: CandorProcess): Promise<void> {
	run.child.kill("SIGKILL");
	const { code, err } = await run.finished;
	// Either it was killed, or it was quicker than we were.
	expect([null, 0], err).toContain(code);
}

/** Waits until a condition holds, or the process has ended by itself. */
async function waitUntil(run: CandorProcess, isThere: () => boolean | Promise<boolean>): Promise<void> {
	while (run.child.exitCode === null && !(await isThere())) await sleep(2);
}

test(
	"killed at any instant, a run goes on to the same bytes, and asks again only for what was not committed",
	() =>
		withFolder(async (folder) => {
			const rng = random(3, "kill", "instants");
			const { oracleFile } = await writeShapesSource(folder, 30);
			const oracle = await startOracle(oracleFile, { garbleShare: 0.2, latencyMs: 15 });
			try {
				writeConfig(folder, oracle.baseUrl, { rows: 20, out: "undisturbed" }, { concurrency });
				expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
				const undisturbed = readProducts(join(folder, "undisturbed"));
				const needed = (await oracle.stats()).total;

				writeConfig(folder, oracle.baseUrl, { rows: 20 }, { concurrency });
				const runFolder = join(folder, "run");
				let committed = new Set<number>();
				for (let kills = 0; kills < killCount; kills++) {
					const before = await oracle.stats();
					const run = await startCandor(command, { cwd: folder });
					if (kills % 5 === 0) {
						// While it starts: the folder, its record and the ledger come into being or are opened.
						await sleep(rng.below(1000));
					} else {
						// Some way on, so that all the kills together are spread over the whole run.
						const more = 1 + rng.below(Math.ceil((2 * needed) / killCount));
						await waitUntil(run, async () => (await oracle.stats()).total >= before.total + more);
						await sleep(rng.below(40));
					}
					await kill(run);

					const after = await waitForStats(oracle, ({ inFlight }) => inFlight === 0);
					const asked = askedBetween(before, after);
					expect([...asked].filter((fingerprint) => committed.has(fingerprint))).toEqual([]);
					expect(after.total - before.total).toBe(asked.size);
					const now = existsSync(join(runFolder, "ledger", "data.mdb")) ? await readCommitted(runFolder) : new Set<number>();
					expect([...committed].filter((fingerprint) => !now.has(fingerprint))).toEqual([]);
					expect([...asked].filter((fingerprint) => !now.has(fingerprint)).length).toBeLessThanOrEqual(2 * concurrency);
					committed = now;
				}
				const before = await oracle.stats();
				expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
				expect([...askedBetween(before, await oracle.stats())].filter((fingerprint) => committed.has(fingerprint))).toEqual([]);
				expect(readProducts(runFolder)).toEqual(undisturbed);

				// All is in the ledger now: what is killed is the writing of shards.
				const { total } = await oracle.stats();
				for (let kills = 0; kills < sealingKillCount; kills++) {
					if (kills % 2 === 0) for (const name of readdirSync(runFolder)) if (name !== "ledger") rmSync(join(runFolder, name), { recursive: true });
					const pipeline = rng.pick(["srt", "sft", "dpo"]);
					const run = await startCandor(command, { cwd: folder });
					await waitUntil(run, () => existsSync(join(runFolder, pipeline, "outcomes.spool")));
					await sleep(rng.below(120));
					await kill(run);
					for (const name of ["srt", "sft", "dpo"]) {
						if (!existsSync(join(runFolder, name, "manifest.json"))) continue;
						const ofPipeline = (products: Record<string, string>) =>
							Object.entries(products).filter(([path]) => path.startsWith(`${name}/`) && !path.endsWith(".spool"));
						expect(ofPipeline(readProducts(runFolder))).toEqual(ofPipeline(undisturbed));
					}
				}
				expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
				expect(readProducts(runFolder)).toEqual(undisturbed);
				expect((await oracle.stats()).total).toBe(total);
			} finally {
				await oracle.close();
			}
		}),
	300_000,
);
