import { join } from "node:path";
import { expect, test } from "vitest";
import { readProducts, waitForStats, writeConfig } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import { runCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import { startOracle } from "../support/start-oracle.js";

const command = ["run", "candor.json"];
const price = { inputUsdPerMillionTokens: 2, outputUsdPerMillionTokens: 8 };

test(
	"a run that reaches its budget ends with exit 5 and goes on once it is raised, to the same bytes and within it",
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, 20);
			const oracle = await startOracle(oracleFile, { countsTokens: true, garbleShare: 0.1 });
			try {
				writeConfig(folder, oracle.baseUrl, { rows: 10, out: "unlimited" });
				expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
				const undisturbed = readProducts(join(folder, "unlimited"));
				const { charged } = await oracle.stats();
				const dollars = (charged.inputTokens * 2 + charged.outputTokens * 8) / 1e6;

				let before = charged;
				const spentSince = async () => {
					const { charged: now } = await waitForStats(oracle, ({ inFlight }) => inFlight === 0);
					return ((now.inputTokens - before.inputTokens) * 2 + (now.outputTokens - before.outputTokens) * 8) / 1e6;
				};
				const half = dollars / 2;
				writeConfig(folder, oracle.baseUrl, { rows: 10, budget: { usd: half } }, { price, concurrency: 6, imageTokens: 200 });
				const stopped = await runCandor(command, { cwd: folder });
				expect(stopped).toMatchObject({ code: 5, out: "" });
				expect(stopped.err).toMatch(/the budget is used up: \$[\d.]+ of \$[\d.]+ spent, and the next request may take up to \$/);
				expect(stopped.err).toContain("Raise budget.usd");
				const spent = await spentSince();
				expect(spent).toBeLessThanOrEqual(half);
				// What is left over is less than a request's worst case.
				expect(spent).toBeGreaterThan(half - 0.02);

				const again = await runCandor(command, { cwd: folder });
				expect(again).toMatchObject({ code: 5, out: "" });
				expect(await spentSince()).toBeLessThanOrEqual(half);

				writeConfig(folder, oracle.baseUrl, { rows: 10, budget: { usd: dollars + 0.05 } }, { price, concurrency: 6, imageTokens: 200 });
				expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
				expect(readProducts(join(folder, "run"))).toEqual(undisturbed);
				expect(await spentSince()).toBeLessThanOrEqual(dollars + 0.05);
				before = (await oracle.stats()).charged;

				writeConfig(folder, oracle.baseUrl, { rows: 10, out: "few", budget: { requests: 7 } }, { concurrency: 6 });
				const few = await runCandor(command, { cwd: folder });
				expect(few).toMatchObject({ code: 5, out: "" });
				expect(few.err).toContain("7 requests of 7 requests spent");
				const { charged: now } = await oracle.stats();
				expect(now.requests - before.requests).toBe(7);

				writeConfig(folder, oracle.baseUrl, { rows: 10, out: "soon", budget: { minutes: 0.001 } }, { concurrency: 6 });
				const soon = await runCandor(command, { cwd: folder });
				expect(soon).toMatchObject({ code: 5, out: "" });
				expect(soon.err).toContain("the time is up");

				writeConfig(folder, oracle.baseUrl, { budget: { usd: 1 } });
				const unpriced = await runCandor(command, { cwd: folder });
				expect(unpriced).toMatchObject({ code: 2, out: "" });
				expect(unpriced.err).toContain("teacher.price");
			} finally {
				await oracle.close();
			}
		}),
	240_000,
);
