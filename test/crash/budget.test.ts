import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { random } from "../../src/pipeline/random.js";
import { readProducts, waitForStats, writeConfig } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import { runCandor, startCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import { startOracle } from "../support/start-oracle.js";

const command = ["run", "candor.json"];
const size = { rows: 16 };
const price = { inputUsdPerMillionTokens: 2, outputUsdPerMillionTokens: 8 };
const kills = 8;

test(
	"killed again and again, a run never passes its budget as the server counts it",
	() =>
		withFolder(async (folder) => {
			const rng = random(4, "budget", "instants");
			const { oracleFile } = await writeShapesSource(folder, 30);
			const oracle = await startOracle(oracleFile, { countsTokens: true, garbleShare: 0.1, latencyMs: 15 });
			try {
				writeConfig(folder, oracle.baseUrl, { ...size, out: "unlimited" });
				expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
				const undisturbed = readProducts(join(folder, "unlimited"));
				const first = await oracle.stats();
				const usdOf = ({ charged }: typeof first) => (charged.inputTokens * 2 + charged.outputTokens * 8) / 1e6;
				const budget = usdOf(first) * 0.6;
				const teacher = { price, concurrency: 8, imageTokens: 200 };
				writeConfig(folder, oracle.baseUrl, { ...size, budget: { usd: budget } }, teacher);
				for (let killed = 0; killed < kills; killed++) {
					const before = (await oracle.stats()).charged.requests;
					const run = await startCandor(command, { cwd: folder });
					const more = 1 + rng.below(Math.ceil(first.charged.requests / kills));
					while (run.child.exitCode === null && (await oracle.stats()).charged.requests < before + more) await sleep(3);
					await sleep(rng.below(30));
					run.child.kill("SIGKILL");
					expect([null, 5]).toContain((await run.finished).code);
					const after = await waitForStats(oracle, ({ inFlight }) => inFlight === 0);
					expect(usdOf(after) - usdOf(first)).toBeLessThanOrEqual(budget);
				}
				expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 5, out: "" });
				expect(usdOf(await oracle.stats()) - usdOf(first)).toBeLessThanOrEqual(budget);

				const raised = usdOf(first) * 1.5 + 0.1;
				writeConfig(folder, oracle.baseUrl, { ...size, budget: { usd: raised } }, teacher);
				expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
				expect(readProducts(join(folder, "run"))).toEqual(undisturbed);
				expect(usdOf(await oracle.stats()) - usdOf(first)).toBeLessThanOrEqual(raised);
			} finally {
				await oracle.close();
			}
		}),
	300_000,
);
