import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Plan } from "../../src/run/plan.js";
import { readProducts, readRows, writeConfig } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import { runCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import { startOracle } from "../support/start-oracle.js";

const price = { inputUsdPerMillionTokens: 2, outputUsdPerMillionTokens: 8 };
const teacher = { price, imageTokens: 200, concurrency: 6 };
const pipelineNames = ["srt", "sft", "dpo"];

test(
	"a plan asks nobody and leaves nothing, says what the run then asks, and knows what a ledger holds",
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, 30);
			const oracle = await startOracle(oracleFile, { countsTokens: true });
			try {
				const planOf = async (...flags: string[]): Promise<Plan> => {
					const { code, out, err } = await runCandor(["plan", "candor.json", "--json", ...flags], { cwd: folder });
					expect({ code, err }).toEqual({ code: 0, err: "" });
					return JSON.parse(out);
				};
				writeConfig(folder, oracle.baseUrl, { rows: 12 }, teacher);
				const before = await planOf();
				const dry = await runCandor(["run", "candor.json", "--dry-run"], { cwd: folder });
				expect(dry).toMatchObject({ code: 0, err: "" });
				expect(dry.out).toBe((await runCandor(["plan", "candor.json"], { cwd: folder })).out);
				expect(dry.out).toContain("nothing has been asked");
				for (const line of dry.out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
				expect((await oracle.stats()).total).toBe(0);
				expect(existsSync(join(folder, "run"))).toBe(false);
				expect(before.pipelines.map(({ name, rows, planned, done }) => [name, rows, planned, done])).toEqual(pipelineNames.map((name) => [name, 12, 12, 0]));

				const ran = await runCandor(["run", "candor.json", "--json"], { cwd: folder });
				expect(ran).toMatchObject({ code: 0 });
				const { spend, pipelines } = JSON.parse(ran.out);
				const { charged, total } = await oracle.stats();
				const asked = before.pipelines.flatMap(({ stages }) => stages).reduce((sum, { requests }) => sum + requests, 0);
				// What the rules reject is asked again or replaced; at best it is as planned.
				expect(total).toBeGreaterThanOrEqual(asked);
				expect(total).toBeLessThanOrEqual(before.toPay.requests.high);
				expect(spend.spent).toMatchObject({ requests: total, inputTokens: charged.inputTokens, outputTokens: charged.outputTokens });
				expect(spend.spent.usd).toBeCloseTo((charged.inputTokens * 2 + charged.outputTokens * 8) / 1e6, 9);
				expect(spend.pipelines.map(({ name }: { name: string }) => name)).toEqual(pipelineNames);
				expect(spend.pipelines[0].stages.map(({ stage }: { stage: string }) => stage)).toEqual(["gold-check", "textualize", "reflect", "conclude"]);
				expect(spend.pipelines[1].perRow.usd).toBeCloseTo(spend.pipelines[1].spent.usd / pipelines[1].rows, 9);
				const { usd } = before.toPay;
				expect(spend.spent.usd).toBeGreaterThan((usd?.low ?? 0) * 0.7);
				expect(spend.spent.usd).toBeLessThan(before.worst.usd ?? 0);

				const after = await planOf();
				expect(after.toPay.requests.high).toBe(0);
				expect(after.pipelines.map(({ done }) => done)).toEqual([12, 12, 12]);
				expect(after.held.spent.usd).toBeCloseTo(spend.spent.usd, 9);

				const more = await planOf("--rows", "24");
				expect(more.pipelines.map(({ done }) => done)).toEqual([12, 12, 12]);
				expect(more.toPay.requests.likely).toBeGreaterThan(0);
				// What was measured leaves less room than what was assumed.
				const share = ({ low = 0, high = 0, likely = 1 }: Partial<NonNullable<Plan["toPay"]["usd"]>> = {}) => (high - low) / likely;
				expect(share(more.toPay.usd)).toBeLessThan(share(before.toPay.usd));
				expect((await oracle.stats()).total).toBe(total);

				const again = await runCandor(["run", "candor.json"], { cwd: folder });
				expect(again.out).toMatch(/^spent: {4}\$[\d.]+, \$[\d.]+ of it earlier; /m);
				expect(again.out).toMatch(/^ {2}srt: \$[\d.]+, \$[\d.]+ a row \(gold-check \$/m);
			} finally {
				await oracle.close();
			}
		}),
	240_000,
);

test(
	"a pilot makes the first rows of the run, stops where nobody can be asked, and its replies serve the rest",
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, 30);
			const oracle = await startOracle(oracleFile, { countsTokens: true, garbleShare: 0.1 });
			try {
				writeConfig(folder, oracle.baseUrl, { rows: 14, out: "undisturbed" }, teacher);
				expect(await runCandor(["run", "candor.json"], { cwd: folder })).toMatchObject({ code: 0 });
				const undisturbed = readProducts(join(folder, "undisturbed"));
				const { total } = await oracle.stats();

				writeConfig(folder, oracle.baseUrl, { rows: 14 }, teacher);
				const pilot = await runCandor(["run", "candor.json", "--pilot", "4"], { cwd: folder });
				expect(pilot).toMatchObject({ code: 0 });
				expect(pilot.out).toContain("Pilot: 4 rows of each pipeline.");
				expect(pilot.out).toMatch(/^kept: {5}srt 4 of \d+ \(/m);
				expect(pilot.out).toMatch(/^the rest: \$[\d.]+ \(\$/m);
				expect(pilot.err).toContain("To go on: candor run candor.json\n");
				for (const name of pipelineNames) {
					const whole = readRows(join(folder, "undisturbed"), name);
					expect(readRows(join(folder, "run"), name)).toEqual(whole.slice(0, 4));
				}
				expect(JSON.parse(readFileSync(join(folder, "run", "run.json"), "utf8")).config.rows).toBe(14);
				const asked = (await oracle.stats()).total - total;
				expect(asked).toBeLessThan(total / 2);

				const again = await runCandor(["run", "candor.json", "--pilot", "4", "--json"], { cwd: folder });
				expect(again).toMatchObject({ code: 0 });
				expect(JSON.parse(again.out).pilot).toMatchObject({ rows: 4, goOnCommand: "candor run candor.json" });
				expect((await oracle.stats()).total - total).toBe(asked);

				const whole = await runCandor(["run", "candor.json", "--pilot", "4", "--yes", "--json"], { cwd: folder });
				expect(whole).toMatchObject({ code: 0 });
				expect(JSON.parse(whole.out)).toMatchObject({ interrupted: false, pilot: { rows: 4 } });
				expect(readProducts(join(folder, "run"))).toEqual(undisturbed);
				expect(readdirSync(join(folder, "run", "sft"))).toContain("manifest.json");
				// No reply was paid for twice in this folder.
				const { perContent } = await oracle.stats();
				expect(Math.max(...Object.values(perContent))).toBeLessThanOrEqual(2);
			} finally {
				await oracle.close();
			}
		}),
	240_000,
);
