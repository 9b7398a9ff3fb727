import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { askedBetween, readCommitted, readProducts, waitForStats, writeConfig } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import { type CandorProcess, runCandor, startCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import { startOracle } from "../support/start-oracle.js";

const pictures = 20;
const garbleShare = 0.2;
let undisturbed: Record<string, string>;

async function waitUntilSaid(run: CandorProcess, text: string): Promise<void> {
	while (run.child.exitCode === null && !run.err().includes(text)) await sleep(5);
}

beforeAll(
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, pictures);
			const oracle = await startOracle(oracleFile, { garbleShare });
			writeConfig(folder, oracle.baseUrl);
			expect(await runCandor(["run", "candor.json", "--rows", "12"], { cwd: folder })).toMatchObject({ code: 0 });
			undisturbed = readProducts(join(folder, "run"));
			await oracle.close();
		}),
	120_000,
);

test.each([
	{ signal: "SIGINT", code: 130, answeredFirst: 12 },
	{ signal: "SIGTERM", code: 143, answeredFirst: 45 },
] as const)(
	"$signal ends the run with $code after what is in flight; the command it prints goes on to the same bytes",
	({ signal, code, answeredFirst }) =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, pictures);
			const oracle = await startOracle(oracleFile, { garbleShare, latencyMs: 40 });
			try {
				writeConfig(folder, oracle.baseUrl, {}, { concurrency: 4 });
				const run = await startCandor(["run", "candor.json", "--rows", "12", "--out", "a run"], { cwd: folder });
				const start = await waitForStats(oracle, ({ answered }) => answered >= answeredFirst);
				await oracle.control({ latencyMs: 500 });
				run.child.kill(signal);
				await waitUntilSaid(run, "finishing what is in flight");
				const atSignal = await oracle.stats();
				const stopped = await run.finished;
				expect(stopped.code).toBe(code);
				const command = /To go on: candor (.*)/.exec(stopped.err)?.[1];
				expect(command).toBe("run candor.json --rows 12 --out 'a run'");

				// Nothing was sent after what was on its way; whatever was asked has been kept, and no shard is half there.
				const atStop = await oracle.stats();
				expect(atStop.total).toBeLessThanOrEqual(atSignal.total + 4);
				const committed = await readCommitted(join(folder, "a run"));
				expect(committed).toEqual(askedBetween({ ...start, perContent: {} }, atStop));
				const left = readProducts(join(folder, "a run"));
				expect(left).toEqual(Object.fromEntries(Object.entries(undisturbed).filter(([path]) => path in left)));
				for (const pipeline of ["srt", "sft", "dpo"]) {
					const files = Object.keys(left).filter((path) => path.startsWith(`${pipeline}/`));
					expect(files.length === 0 || files.includes(`${pipeline}/manifest.json`)).toBe(true);
				}

				await oracle.control({ latencyMs: 0 });
				const resumed = await runCandor(["run", "candor.json", "--rows", "12", "--out", "a run"], { cwd: folder });
				expect(resumed).toMatchObject({ code: 0 });
				expect(readProducts(join(folder, "a run"))).toEqual(undisturbed);
				const askedAgain = [...askedBetween(atStop, await oracle.stats())].filter((fingerprint) => committed.has(fingerprint));
				expect(askedAgain).toEqual([]);
			} finally {
				await oracle.close();
			}
		}),
	120_000,
);

test(
	"a second SIGINT quits at once, and what was committed stays",
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, pictures);
			const oracle = await startOracle(oracleFile, { garbleShare });
			try {
				// The server now takes longer than the test may.
				await oracle.control({ latencyMs: 600_000 });
				writeConfig(folder, oracle.baseUrl, {}, { concurrency: 4, timeoutMs: 3_000_000 });
				const run = await startCandor(["run", "candor.json", "--rows", "12"], { cwd: folder });
				await waitForStats(oracle, ({ inFlight }) => inFlight === 4);
				run.child.kill("SIGINT");
				await waitUntilSaid(run, "press again");
				run.child.kill("SIGINT");
				expect((await run.finished).code).toBe(130);
				await oracle.control({ latencyMs: 0 });
				expect(await runCandor(["run", "candor.json", "--rows", "12"], { cwd: folder })).toMatchObject({ code: 0 });
				expect(readProducts(join(folder, "run"))).toEqual(undisturbed);
			} finally {
				await oracle.close();
			}
		}),
	120_000,
);
