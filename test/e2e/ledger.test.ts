import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageFolder } from "../../src/pipeline/package-folder.js";
import type { RunSummary } from "../../src/run/summary.js";
import { openLedgerForReading } from "../../src/teacher/index.js";
import { compileProgram } from "../support/compile-program.js";
import { readProducts, writeConfig } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import { runCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import { serveFrom } from "../support/start-fake-process.js";
import { startOracle } from "../support/start-oracle.js";

/** Stages of the replies that came after so many were there, with how often. */
async function readStages(runFolder: string, isNew: (key: string) => boolean = () => true): Promise<Record<string, number>> {
	const ledger = openLedgerForReading(join(runFolder, "ledger"));
	const stages: Record<string, number> = {};
	for (const { key, about } of ledger.entries()) {
		const stage = `${about.pipeline} ${about.stage}`;
		if (isNew(key)) stages[stage] = (stages[stage] ?? 0) + 1;
	}
	await ledger.close();
	return stages;
}

async function readKeys(runFolder: string): Promise<Set<string>> {
	const ledger = openLedgerForReading(join(runFolder, "ledger"));
	const keys = new Set([...ledger.entries()].map(({ key }) => key));
	await ledger.close();
	return keys;
}

/** A copy of the program with a prompt that says one thing more. */
async function copyProgram(folder: string, prompt: string): Promise<void> {
	mkdirSync(folder, { recursive: true });
	cpSync(await compileProgram(), folder, { recursive: true });
	for (const name of ["package.json", "prompts"]) cpSync(join(packageFolder(), name), join(folder, name), { recursive: true });
	symlinkSync(join(packageFolder(), "node_modules"), join(folder, "node_modules"));
	const file = join(folder, "prompts", prompt);
	const text = readFileSync(file, "utf8");
	const changed = text.replace(/^Compare what/m, "Compare closely what");
	if (changed === text) throw new Error(`${prompt} is not worded as this test expects`);
	writeFileSync(file, changed);
}

test(
	"a key and the pictures' bytes are nowhere in a run's folder but where they belong",
	() =>
		withFolder(async (folder) => {
			const key = "sk-test-4f9c1b7a2e8d4c6f9a0b";
			const { oracleFile } = await writeShapesSource(folder, 8);
			const oracle = await startOracle(oracleFile, {
				keepsRequests: true,
				faults: [{ fault: { type: "status", status: 400, message: `bad key ${key}` }, share: 0.1 }],
			});
			try {
				writeConfig(folder, oracle.baseUrl, { rows: 6 }, { apiKeyEnv: "SOME_KEY" });
				expect(await runCandor(["run", "candor.json"], { cwd: folder, env: { SOME_KEY: key } })).toMatchObject({ code: 0 });
				const { requests } = await oracle.stats();
				expect(requests.map(({ headers }) => headers.authorization)).toContain(`Bearer ${key}`);
				// What is looked for below was sent.
				expect(JSON.stringify(requests)).toContain("data:image/png;base64,iVBORw0KGgo");

				const run = join(folder, "run");
				const files = readdirSync(run, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
				expect(files.length).toBeGreaterThan(15);
				for (const { parentPath, name } of files) {
					const bytes = readFileSync(join(parentPath, name), "latin1");
					for (const forbidden of [key, key.slice(0, 20), "base64", "iVBORw0KGgo"]) expect(bytes.includes(forbidden), `${name}: ${forbidden}`).toBe(false);
				}
				// The ledger's own file is compressed in part: its content is looked through as text, too.
				const { out } = await runCandor(["ledger", "export", "run"], { cwd: folder });
				expect(out.split("\n").length).toBeGreaterThan(20);
				for (const forbidden of [key, key.slice(0, 20), "base64", "iVBORw0KGgo"]) expect(out).not.toContain(forbidden);
				expect(await runCandor(["ledger", "verify", "run"], { cwd: folder })).toMatchObject({ code: 0, out: expect.stringContaining("all whole") });
			} finally {
				await oracle.close();
			}
		}),
	120_000,
);

test(
	"more rows ask for those rows only; replies carried elsewhere are not asked for again",
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, 24);
			const oracle = await startOracle(oracleFile);
			try {
				writeConfig(folder, oracle.baseUrl, { rows: 10 });
				expect(await runCandor(["run", "candor.json"], { cwd: folder })).toMatchObject({ code: 0 });
				const first = await oracle.stats();
				const ten = await readKeys(join(folder, "run"));
				expect(first.total).toBe(ten.size);

				writeConfig(folder, oracle.baseUrl, { rows: 14 });
				expect(await runCandor(["run", "candor.json", "--extend"], { cwd: folder })).toMatchObject({ code: 0 });
				const second = await oracle.stats();
				const fourteen = await readKeys(join(folder, "run"));
				// Nothing came twice, and what came anew is what was not there.
				expect(Object.values(second.perContent).every((count) => count === 1)).toBe(true);
				expect(second.total).toBe(fourteen.size);
				// Four rows of each kind: sft and dpo ask at most three times for each, srt four times.
				const added = second.total - first.total;
				expect(added).toBeGreaterThanOrEqual(4 * 3);
				expect(added).toBeLessThanOrEqual(4 * 10);

				expect(await runCandor(["ledger", "export", "run", "--out", "replies.jsonl"], { cwd: folder })).toMatchObject({ code: 0, out: "" });
				expect(await runCandor(["ledger", "import", "new", "replies.jsonl"], { cwd: folder })).toMatchObject({ code: 0 });
				const { out } = await runCandor(["run", "candor.json", "--out", "new", "--json"], { cwd: folder });
				expect((JSON.parse(out) as RunSummary).requests.asked).toBe(0);
				expect((await oracle.stats()).total).toBe(second.total);
				expect(readProducts(join(folder, "new"))).toEqual(readProducts(join(folder, "run")));
			} finally {
				await oracle.close();
			}
		}),
	120_000,
);

test(
	"a changed prompt asks its own stage again and what follows from it, and says so first",
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, 12);
			const oracle = await startOracle(oracleFile);
			const closing = [oracle.close];
			try {
				writeConfig(folder, oracle.baseUrl, { rows: 10, pipelines: ["srt", "sft"] });
				expect(await runCandor(["run", "candor.json"], { cwd: folder })).toMatchObject({ code: 0 });
				const before = await readKeys(join(folder, "run"));
				const stages = await readStages(join(folder, "run"));
				// A gold check serves both pipelines, and is filed under the one that asked first.
				const names = Object.keys(stages).map((name) => name.replace(/^\w+ (?=gold-check)/, ""));
				expect([...new Set(names)].sort()).toEqual(["gold-check", "sft respond", "srt conclude", "srt reflect", "srt textualize"]);
				const { total } = await oracle.stats();

				const copy = join(folder, "changed");
				await copyProgram(copy, "reflect.md");
				// Knows the changed prompt: that is all that it may be asked.
				const other = await serveFrom([join(copy, "test", "support", "oracle-process.js"), oracleFile, "{}"]);
				closing.push(other.close);
				writeConfig(folder, other.baseUrl, { rows: 10, pipelines: ["srt", "sft"] });
				const main = join(copy, "src", "cli", "main.js");
				const { err, code } = await runCandor(["run", "candor.json", "--no-progress"], { cwd: folder, main });
				expect([code, err]).toEqual([
					0,
					expect.stringMatching(/^warning: the prompt reflect has changed since this run was made \(with Candor \d+\.\d+\.\d+\)/),
				]);
				const added = await readStages(join(folder, "run"), (key) => !before.has(key));
				expect(added).toEqual({ "srt reflect": stages["srt reflect"], "srt conclude": stages["srt conclude"] });
				expect((await other.stats()).total).toBe((stages["srt reflect"] ?? 0) + (stages["srt conclude"] ?? 0));
				expect((await oracle.stats()).total).toBe(total);

				// Once it is known there is nothing to say.
				const again = await runCandor(["run", "candor.json", "--no-progress"], { cwd: folder, main });
				expect(again).toMatchObject({ code: 0, err: "" });
			} finally {
				for (const close of closing) await close();
			}
		}),
	120_000,
);
