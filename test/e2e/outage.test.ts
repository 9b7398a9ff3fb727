import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { readProducts, waitForStats, writeConfig } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import { runCandor, startCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import { startOracle } from "../support/start-oracle.js";

const pictures = 20;
const size = { rows: 12 };
const garbleShare = 0.2;
let undisturbed: Record<string, string>;

beforeAll(
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, pictures);
			const oracle = await startOracle(oracleFile, { garbleShare });
			writeConfig(folder, oracle.baseUrl, size);
			expect(await runCandor(["run", "candor.json"], { cwd: folder })).toMatchObject({ code: 0 });
			undisturbed = readProducts(join(folder, "run"));
			await oracle.close();
		}),
	120_000,
);

test(
	"a server that is not there, or does not let us in, ends the run with exit 4 and what to do",
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, pictures);
			const oracle = await startOracle(oracleFile, { faults: [{ fault: { type: "status", status: 401, message: "bad key" } }] });
			writeConfig(folder, oracle.baseUrl, size, { apiKeyEnv: "SHAPES_KEY" });
			const unauthorised = await runCandor(["run", "candor.json"], { cwd: folder, env: { SHAPES_KEY: "sk-secret-key" } });
			expect(unauthorised).toMatchObject({ code: 4, out: "" });
			expect(unauthorised.err).toContain("bad key");
			expect(unauthorised.err).toContain("SHAPES_KEY");
			expect(unauthorised.err).not.toContain("sk-secret-key");

			await oracle.close();
			writeConfig(folder, oracle.baseUrl, size, { outageMs: 500 });
			const unreachable = await runCandor(["run", "candor.json"], { cwd: folder });
			expect(unreachable).toMatchObject({ code: 4, out: "" });
			expect(unreachable.err).toContain("ECONNREFUSED");
			expect(unreachable.err).toContain("teacher.baseUrl");
			expect(unreachable.err).not.toMatch(/^\s+at /m);
			expect(readProducts(join(folder, "run"))).toEqual({});

			const back = await startOracle(oracleFile, { garbleShare, port: oracle.port });
			expect(await runCandor(["run", "candor.json"], { cwd: folder })).toMatchObject({ code: 0 });
			expect(readProducts(join(folder, "run"))).toEqual(undisturbed);
			await back.close();
		}),
	120_000,
);

test(
	"a server that goes away in the middle and comes back leaves no trace",
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, pictures);
			const oracle = await startOracle(oracleFile, { garbleShare, latencyMs: 40 });
			writeConfig(folder, oracle.baseUrl, size, { concurrency: 4 });
			const run = await startCandor(["run", "candor.json"], { cwd: folder });
			await waitForStats(oracle, ({ answered }) => answered >= 20);
			await oracle.close();
			const back = await startOracle(oracleFile, { garbleShare, port: oracle.port });
			expect(await run.finished).toMatchObject({ code: 0 });
			expect(readProducts(join(folder, "run"))).toEqual(undisturbed);
			await back.close();
		}),
	120_000,
);

test(
	"a server that goes away for good ends the run with exit 4; the same command goes on to the same bytes",
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, pictures);
			const oracle = await startOracle(oracleFile, { garbleShare, latencyMs: 40 });
			writeConfig(folder, oracle.baseUrl, size, { concurrency: 4, outageMs: 1000 });
			const run = await startCandor(["run", "candor.json"], { cwd: folder });
			await waitForStats(oracle, ({ answered }) => answered >= 20);
			await oracle.close();
			const { code, err } = await run.finished;
			expect(code).toBe(4);
			expect(err).toContain("Run the same command again");
			expect(err).toContain("\nTo go on: candor run candor.json\n");
			const back = await startOracle(oracleFile, { garbleShare, port: oracle.port });
			expect(await runCandor(["run", "candor.json"], { cwd: folder })).toMatchObject({ code: 0 });
			expect(readProducts(join(folder, "run"))).toEqual(undisturbed);
			await back.close();
		}),
	120_000,
);
