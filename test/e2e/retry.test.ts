import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/index.js";
import { grantSchema, grantsTable } from "../../src/run/retry-grants.js";
import { planRetry, retryRun } from "../../src/run/retry-run.js";
import { runConfig } from "../../src/run/run-config.js";
import type { RunSummary } from "../../src/run/summary.js";
import { openLedgerForReading } from "../../src/teacher/index.js";
import type { FaultRule } from "../support/fake-faults.js";
import { readProducts, readRows, writeConfig } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import { runCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import { startOracle } from "../support/start-oracle.js";

const pipelines = ["srt", "sft", "dpo"];
/** Some requests meet a refusal, at times twice; some are not taken at all. */
const faults: FaultRule[] = [
	{ fault: { type: "status", status: 400, message: "not this one" }, share: 0.04 },
	{ fault: { type: "refusal" }, share: 0.25 },
];

interface Reject {
	readonly id: string;
	readonly task: string;
	readonly reason: string;
	readonly attempts: number;
}

function readRejects(run: string): Reject[] {
	return pipelines
		.map((name) => join(run, name, "rejects.jsonl"))
		.filter((path) => existsSync(path))
		.flatMap((path) => readFileSync(path, "utf8").trimEnd().split("\n"))
		.map((line) => JSON.parse(line));
}

function rejectedFor(run: string, reason: string): string[] {
	return readRejects(run).flatMap((reject) => (reject.reason === reason ? [reject.id] : []));
}

function attemptsOf(run: string): Map<string, number> {
	const rows = pipelines.flatMap((pipeline) => readRows(run, pipeline)).map((row) => JSON.parse(row));
	return new Map(rows.map(({ id, meta }) => [id, meta.attempts]));
}

async function withFaultyRun(use: (folder: string, oracle: Awaited<ReturnType<typeof startOracle>>) => Promise<void>): Promise<void> {
	await withFolder(async (folder) => {
		const { oracleFile } = await writeShapesSource(folder, 20);
		const oracle = await startOracle(oracleFile, { faults });
		try {
			writeConfig(folder, oracle.baseUrl, { rows: 20 });
			expect(await runCandor(["run", "candor.json"], { cwd: folder })).toMatchObject({ code: 0 });
			await use(folder, oracle);
		} finally {
			await oracle.close();
		}
	});
}

test(
	"rejected candidates get one more attempt, and all that hangs on them follows from the ledger",
	() =>
		withFaultyRun(async (folder, oracle) => {
			const run = join(folder, "run");
			const refused = rejectedFor(run, "request-refused");
			const others = rejectedFor(run, "reply-refused");
			expect(refused.length).toBeGreaterThan(3);
			expect(others.length).toBeGreaterThan(3);
			await oracle.control({ faults: [] });

			// What would be done, and nothing else.
			const before = readProducts(run);
			const asked = (await oracle.stats()).total;
			const dry = await runCandor(["retry", "run", "--reason", "request-refused", "--dry-run", "--json"], { cwd: folder });
			expect(JSON.parse(dry.out).total).toBe(refused.length);
			expect([readProducts(run), (await oracle.stats()).total]).toEqual([before, asked]);

			// At another concurrency, in a copy: the same bytes.
			cpSync(run, join(folder, "copy"), { recursive: true });
			const record = join(folder, "copy", "run.json");
			const slower = readFileSync(record, "utf8").replace('"concurrency": 16', '"concurrency": 3');
			expect(slower).not.toBe(readFileSync(record, "utf8"));
			expect(await runCandor(["retry", "run", "--reason", "request-refused"], { cwd: folder })).toMatchObject({ code: 0 });
			expect((await oracle.stats()).total).toBeGreaterThan(asked);
			writeFileSync(record, slower);
			expect(await runCandor(["retry", "copy", "--reason", "request-refused"], { cwd: folder })).toMatchObject({ code: 0 });
			expect(readProducts(join(folder, "copy"))).toEqual(readProducts(run));

			// They are rows now, with one attempt more; those rejected for other reasons are as they were, as far as they still count.
			expect(rejectedFor(run, "request-refused")).toEqual([]);
			const attempts = attemptsOf(run);
			const saved = refused.filter((id) => attempts.has(id));
			expect(saved.length).toBeGreaterThan(0);
			for (const id of saved) expect(attempts.get(id)).toBeGreaterThan(1);
			for (const id of rejectedFor(run, "reply-refused")) expect(others).toContain(id);

			// The same once more has nothing to do, and says what else there is.
			const again = await runCandor(["retry", "run", "--reason", "request-refused"], { cwd: folder });
			expect(again.code).toBe(2);
			expect(again.err).toMatch(/request-refused" is the reason of no rejection[\s\S]*reply-refused \(\d+\)/);

			// The run's own command asks for nothing and changes nothing; a row shows its attempts.
			const made = readProducts(run);
			const total = (await oracle.stats()).total;
			expect(await runCandor(["run", "candor.json"], { cwd: folder })).toMatchObject({ code: 0 });
			expect([readProducts(run), (await oracle.stats()).total]).toEqual([made, total]);
			const shown = JSON.parse((await runCandor(["show", "run", saved[0] ?? "", "--json"], { cwd: folder })).out);
			expect(shown.rows[0].notes).toEqual(["It was given 1 further attempt by candor retry."]);
			expect(shown.rows[0].exchanges.some(({ answer }: { answer: { type: string } }) => answer.type === "failure")).toBe(true);

			// Carried elsewhere as lines, with what was granted: nobody is asked, and the bytes are the same.
			expect(await runCandor(["ledger", "export", "run", "--out", "replies.jsonl"], { cwd: folder })).toMatchObject({ code: 0 });
			expect(await runCandor(["ledger", "import", "elsewhere", "replies.jsonl"], { cwd: folder })).toMatchObject({ code: 0 });
			const elsewhere = await runCandor(["run", "candor.json", "--out", "elsewhere", "--json"], { cwd: folder });
			expect((JSON.parse(elsewhere.out) as RunSummary).requests.asked).toBe(0);
			expect(readProducts(join(folder, "elsewhere"))).toEqual(made);
		}),
	240_000,
);

test(
	"an attempt is given once, however often a retry is stopped and started; tasks and pipelines choose",
	() =>
		withFaultyRun(async (folder, oracle) => {
			const run = join(folder, "run");
			const reasons = ["reply-refused"];
			const of = (filter: Partial<Parameters<typeof planRetry>[0]> = {}) => planRetry({ run, reasons, pipelines: [], tasks: [], ...filter });
			const rejects = readRejects(run).filter(({ reason }) => reason === "reply-refused");
			expect((await of()).plan.total).toBe(rejects.length);
			expect((await of({ pipelines: ["sft"] })).plan.total).toBe(rejects.filter(({ id }) => id.startsWith("sft-")).length);
			expect((await of({ tasks: ["color"] })).plan.total).toBe(rejects.filter(({ task }) => task === "color").length);
			await expect(of({ pipelines: ["ftw"] })).rejects.toThrow('--pipeline: "ftw" is not in the run');
			await expect(of({ tasks: ["colour"] })).rejects.toThrow('--task: "colour" is not in the run; did you mean color?');
			await expect(of({ reasons: [] })).rejects.toThrow("--reason: is missing");

			const events = { progress: () => {}, warn: () => {} };
			const grants = async () => {
				const ledger = openLedgerForReading(join(run, "ledger"));
				const found = [...ledger.readTable(grantsTable, grantSchema).entries()].map(([id, { attempts }]) => `${id} ${attempts}`);
				await ledger.close();
				return found;
			};
			// Stopped before it could ask: what was granted is there, and is not granted again.
			const stopped = await retryRun(await of(), events, AbortSignal.abort());
			expect(stopped).toMatchObject({ interrupted: true, resumeCommand: `candor retry ${run} --reason reply-refused` });
			const granted = rejects.map(({ id }) => `${id} 1`).sort();
			expect(await grants()).toEqual(granted);
			const planned = await of();
			expect([planned.grants.size, planned.plan.total]).toEqual([0, rejects.length]);
			expect(planned.plan.pipelines.reduce((sum, { waiting }) => sum + waiting, 0)).toBe(rejects.length);

			// Refused once more: now each that still counts may be given another.
			await oracle.control({ faults: [{ fault: { type: "refusal" } }] });
			await retryRun(planned, events, new AbortController().signal);
			expect(await grants()).toEqual(granted);
			const still = readRejects(run).filter(({ id, reason }) => reason === "reply-refused" && granted.includes(`${id} 1`));
			expect(still.length).toBeGreaterThan(0);
			const next = await of();
			for (const { id } of still) expect(next.grants.get(id)?.attempts).toBe(2);

			// The run's own command gives what was granted, too.
			const resolved = loadConfig({ file: join(folder, "candor.json"), env: {}, flags: [] });
			const config = { ...resolved.config, out: run };
			const made = readProducts(run);
			await runConfig({ ...resolved, config }, { extend: false, events, signal: new AbortController().signal });
			expect(readProducts(run)).toEqual(made);
		}),
	240_000,
);
