import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/index.js";
import { type Row, rowSchema } from "../../src/records/index.js";
import { type ProjectOptions, projectRun } from "../../src/run/project-run.js";
import { runConfig } from "../../src/run/run-config.js";
import { readRunRecord } from "../../src/run/run-record.js";
import { validatePaths } from "../../src/run/validate-paths.js";
import { type Manifest, readManifest, writeManifest } from "../../src/shards/index.js";
import { makeRun } from "./make-run.js";

let folder: string;
let run: string;
let out: string;

beforeAll(async () => {
	folder = await makeRun();
	run = join(folder, "run");
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
	out = join(folder, "out");
	rmSync(out, { recursive: true, force: true });
});

function project(change: Partial<ProjectOptions> = {}) {
	return projectRun({ run, out, where: [], ...change });
}

function linesOf(pipeline: string, where = out): string[] {
	const shards = readdirSync(join(where, pipeline)).filter((file) => file.startsWith(`${pipeline}-`));
	return shards.sort().flatMap((file) =>
		readFileSync(join(where, pipeline, file), "utf8")
			.trimEnd()
			.split("\n"),
	);
}

function rowsOf(pipeline: string, where = out): Row[] {
	return linesOf(pipeline, where).map((line) => rowSchema.parse(JSON.parse(line)));
}

/** The bytes of every file of a folder, by path. */
function contentsOf(root: string): Record<string, string> {
	const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
	return Object.fromEntries(paths.map((path) => [relative(root, path), createHash("sha256").update(readFileSync(path)).digest("hex")]));
}

async function problemsOf(path = out): Promise<string[]> {
	return (await validatePaths([path])).problems.map(({ file, reason, detail }) => `${relative(folder, file)} ${reason}: ${detail}`);
}

/** A copy of the run that a test may change. */
function copyRun(): string {
	const copy = join(folder, "copy");
	rmSync(copy, { recursive: true, force: true });
	cpSync(run, copy, { recursive: true, filter: (path) => !path.includes("ledger") });
	return copy;
}

/** Changes the rows of a sealed pipeline and seals it again. */
async function changeRows(copy: string, pipeline: string, change: (row: Row, index: number) => Row): Promise<void> {
	const path = join(copy, pipeline, `${pipeline}-00000-of-00001.jsonl`);
	const text = rowsOf(pipeline, copy)
		.map((row, index) => `${JSON.stringify(change(row, index))}\n`)
		.join("");
	writeFileSync(path, text);
	const manifest = (await readManifest(join(copy, pipeline))) as Manifest;
	const [shard] = manifest.shards;
	if (shard === undefined) throw new Error("no shard");
	const sealed = { ...shard, bytes: statSync(path).size, sha256: createHash("sha256").update(text).digest("hex") };
	await writeManifest(join(copy, pipeline), { ...manifest, shards: [sealed] });
}

describe("a projection", () => {
	test("of everything has the same rows, byte for byte, and is good", async () => {
		const summary = await project();
		expect(await problemsOf()).toEqual([]);
		for (const pipeline of ["srt", "sft", "dpo"]) expect(linesOf(pipeline)).toEqual(linesOf(pipeline, run));
		expect(summary.pipelines.map(({ name, rows, of }) => [name, rows, of])).toEqual([
			["srt", 12, 12],
			["sft", 12, 12],
			["dpo", 12, 12],
		]);
		expect(summary.warnings).toEqual([]);
		const [before, after] = [await readManifest(join(run, "dpo")), await readManifest(join(out, "dpo"))];
		expect(after).toEqual({ ...before, projection: { pipeline: "dpo", where: {} } });
	});

	test("holds the rows that fit all conditions, in their order, and only their pictures", async () => {
		const summary = await project({ where: ["scenario=misleading,corrective", "timing=two-round"], pipelines: ["sft"] });
		const wanted = linesOf("sft", run).filter((line) => /"scenario":"(?:misleading|corrective)"/.test(line) && line.includes('"timing":"two-round"'));
		expect(wanted.length).toBeGreaterThan(0);
		expect(linesOf("sft")).toEqual(wanted);
		const shown = new Set(rowsOf("sft").map(({ image }) => image.path));
		expect(
			Object.keys(contentsOf(out))
				.filter((path) => path.startsWith("images/"))
				.sort(),
		).toEqual([...shown].sort());
		expect(summary.pictures).toBe(shown.size);
		expect(await problemsOf()).toEqual([]);
	});

	test("knows rows by fields that the vocabulary does not list, and by what they lack", async () => {
		const [row] = rowsOf("sft", run);
		await project({ where: [`task=${row?.meta.task}`] });
		expect(new Set(rowsOf("sft").map(({ meta }) => meta.task))).toEqual(new Set([row?.meta.task]));
		rmSync(out, { recursive: true });
		await project({ where: ["labels=open-ended"], pipelines: ["sft"] });
		expect(rowsOf("sft").every(({ meta }) => meta.labels === undefined)).toBe(true);
		expect(rowsOf("sft")).toHaveLength(rowsOf("sft", run).filter(({ meta }) => meta.labels === undefined).length);
	});

	test("of the first rows is the beginning; where there are fewer, it says so", async () => {
		await project({ first: 5 });
		for (const pipeline of ["srt", "sft", "dpo"]) expect(linesOf(pipeline)).toEqual(linesOf(pipeline, run).slice(0, 5));
		expect(await problemsOf()).toEqual([]);
		rmSync(out, { recursive: true });
		const { warnings } = await project({ first: 13, pipelines: ["sft"] });
		expect(warnings).toEqual(["sft: 12 rows fit, fewer than the 13 asked for"]);
	});

	test("says what it is: record, manifest, card and checksums", async () => {
		await project({ where: ["timing=two-round"], first: 3, pipelines: ["sft"] });
		const step = { where: { timing: ["two-round"] }, first: 3 };
		const record = await readRunRecord(out);
		expect(record).toEqual({ ...(await readRunRecord(run)), projection: { from: record?.configHash, steps: [{ ...step, pipelines: ["sft"] }] } });
		expect((await readManifest(join(out, "sft")))?.projection).toEqual({ pipeline: "sft", ...step });
		expect(readFileSync(join(out, "README.md"), "utf8")).toContain(
			`\`${record?.configHash.slice(0, 16)}\`, taken without asking anyone anything. Taken: pipelines: sft; only where timing is two-round; only the first 3 rows of each pipeline.`,
		);
		expect(readFileSync(join(out, "SHA256SUMS"), "utf8").match(/ {2}\S+$/gm)).toHaveLength(4);
	});

	test("of a projection keeps both steps", async () => {
		const second = join(folder, "second");
		rmSync(second, { recursive: true, force: true });
		await project({ trace: "none" });
		await projectRun({ run: out, out: second, where: [], first: 4 });
		expect((await readRunRecord(second))?.projection?.steps).toEqual([
			{ where: {}, trace: "none", pipelines: ["srt"] },
			{ where: {}, first: 4, pipelines: ["srt-without-trace"] },
		]);
		expect(rowsOf("srt-without-trace", second)).toEqual(rowsOf("srt-without-trace").slice(0, 4));
		expect(await problemsOf(second)).toEqual([]);
	});

	test("keeps to the run's shard limits", async () => {
		const copy = copyRun();
		const path = join(copy, "run.json");
		writeFileSync(path, readFileSync(path, "utf8").replace('"maxRows": 10000', '"maxRows": 5'));
		await project({ run: copy, pipelines: ["sft"] });
		expect((await readManifest(join(out, "sft")))?.shards.map(({ file, rows }) => [file, rows])).toEqual([
			["sft-00000-of-00003.jsonl", 5],
			["sft-00001-of-00003.jsonl", 5],
			["sft-00002-of-00003.jsonl", 2],
		]);
	});

	test("brings along what is reserved", async () => {
		const copy = copyRun();
		mkdirSync(join(copy, "reserved"));
		writeFileSync(join(copy, "reserved", "benchmark.jsonl"), '{"id":"a"}\n');
		await project({ run: copy, first: 2, pipelines: ["sft"] });
		expect(readFileSync(join(out, "reserved", "benchmark.jsonl"), "utf8")).toBe('{"id":"a"}\n');
	});
});

describe("without traces", () => {
	test("srt rows become plain ones of the same groups, which pass the rules", async () => {
		const { warnings, pipelines } = await project({ trace: "none" });
		expect(warnings).toEqual(["left out, since their rows have no traces: sft, dpo"]);
		expect(readdirSync(out).sort()).toEqual(["README.md", "SHA256SUMS", "images", "run.json", "srt-without-trace"]);
		const before = rowsOf("srt", run);
		const after = rowsOf("srt-without-trace");
		expect(after).toHaveLength(before.length);
		for (const [index, row] of after.entries()) {
			const source = before[index];
			if (source?.kind !== "srt") throw new Error("no srt row");
			expect(row).toEqual({
				id: `srt-without-trace-${source.meta.group}`,
				kind: "sft",
				image: source.image,
				turns: [...source.turns.slice(0, -1), { role: "assistant", text: source.trace.conclusion, train: true }],
				meta: source.meta,
			});
		}
		expect(await problemsOf()).toEqual([]);
		expect(pipelines[0]?.trainedTokens.total).toBeLessThan((await readManifest(join(run, "srt")))?.trainedTokens.total ?? 0);
	});

	test("rows that fail a rule of their new kind are left out with their reasons, and others fill their places", async () => {
		const copy = copyRun();
		await changeRows(copy, "srt", (row, index) => {
			if (row.kind !== "srt" || index % 4 !== 0) return row;
			const conclusion = `The answer is ${row.meta.answer}.`;
			const last = row.turns.at(-1)?.text.replace(row.trace.conclusion, conclusion) ?? "";
			return { ...row, trace: { ...row.trace, conclusion }, turns: [...row.turns.slice(0, -1), { role: "assistant", text: last, train: true }] };
		});
		const { warnings, pipelines } = await project({ run: copy, trace: "none", first: 6 });
		expect(rowsOf("srt-without-trace")).toHaveLength(6);
		const rejects = readFileSync(join(out, "srt-without-trace", "rejects.jsonl"), "utf8")
			.trimEnd()
			.split("\n");
		const rejected = rejects.map((line): { id: string; reason: string; detail: string } => JSON.parse(line));
		const failing = [0, 4].map((index) => `srt-without-trace-${rowsOf("srt", copy)[index]?.meta.group}`);
		expect(rejected.map(({ id }) => id)).toEqual(failing);
		expect(Object.values(pipelines[0]?.rejected ?? {}).reduce((sum, count) => sum + count, 0)).toBe(2);
		expect(warnings.at(-1)).toMatch(/^srt-without-trace: 2 rows of srt fail a rule of their new kind and are left out \(.+\)$/);
		expect(await problemsOf()).toEqual([]);
	});

	test("a run without traces has none to take away", async () => {
		await expect(project({ trace: "none", pipelines: ["sft", "srt"] })).rejects.toMatchObject({ exitCode: 2, message: "--trace none: sft has no traces" });
		await expect(project({ trace: "none", pipelines: ["dpo"] })).rejects.toMatchObject({ exitCode: 2, message: "--trace none: dpo has no traces" });
		expect(existsSync(out)).toBe(false);
	});
});

describe("the folder", () => {
	test("is made anew by the same command, with the same bytes, whatever a killed one left", async () => {
		const options = { where: ["scenario=misleading,corrective"], pipelines: ["sft", "dpo"] };
		await project(options);
		const first = contentsOf(out);
		writeFileSync(join(out, "preview.html"), "mine");
		rmSync(join(out, "dpo", "manifest.json"));
		writeFileSync(join(out, "sft", "sft-00001-of-00002.jsonl"), "{}\n");
		mkdirSync(join(out, "images", "zz"));
		writeFileSync(join(out, "run.json.tmp"), "{");
		await project({ ...options, where: ["scenario=corrective,misleading,corrective"] });
		expect(contentsOf(out)).toEqual({ ...first, "preview.html": expect.any(String) });
		rmSync(join(folder, "elsewhere"), { recursive: true, force: true });
		await project({ ...options, out: join(folder, "elsewhere") });
		expect(contentsOf(join(folder, "elsewhere"))).toEqual(first);
	});

	test("is refused where it holds anything else", async () => {
		await project({ pipelines: ["sft"] });
		await expect(project({ pipelines: ["sft"], first: 3 })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining("is not empty") });
		await expect(projectRun({ run: out, out: run, where: [] })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining("is not empty") });
		const mine = join(folder, "mine");
		mkdirSync(mine, { recursive: true });
		writeFileSync(join(mine, "notes.txt"), "mine");
		await expect(project({ out: mine })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining("is not empty") });
		expect(readdirSync(mine)).toEqual(["notes.txt"]);
	});

	test("is refused within the run, also by another way there", async () => {
		symlinkSync(run, join(folder, "way"));
		const before = contentsOf(run);
		await expect(project({ out: run })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining("is the run's own folder") });
		await expect(project({ out: join(folder, "way", "deep", "twin") })).rejects.toMatchObject({
			exitCode: 2,
			message: expect.stringContaining("lies within the run's folder"),
		});
		expect(contentsOf(run)).toEqual(before);
	});

	test("that fails half-way looks unfinished", async () => {
		const copy = copyRun();
		const last = rowsOf("dpo", copy).at(-1)?.image.path ?? "";
		rmSync(join(copy, last));
		await expect(project({ run: copy, pipelines: ["dpo"] })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining("a row shows it") });
		expect(existsSync(join(out, "dpo", "manifest.json"))).toBe(false);
		expect(existsSync(join(out, "SHA256SUMS"))).toBe(false);
	});

	test("is not taken for the run", async () => {
		await project({ pipelines: ["sft"] });
		const config = loadConfig({ file: join(folder, "c.yaml"), env: {}, flags: [{ flag: "--out", path: "out", value: out }] });
		const before = contentsOf(out);
		const events = { progress: () => {}, warn: () => {} };
		await expect(runConfig(config, { extend: true, events, signal: new AbortController().signal })).rejects.toMatchObject({
			exitCode: 2,
			message: `out: ${out} holds a projection of a run, which cannot be gone on with`,
		});
		expect(contentsOf(out)).toEqual(before);
	});
});

describe("what cannot be is said before anything is written", () => {
	test.each([
		[["scenaro=misleading"], '--where: rows have no field "scenaro" with a single value; did you mean scenario?'],
		[["choices=red"], '--where: rows have no field "choices" with a single value'],
		[["scenario=misleadin"], '--where: no row has the scenario "misleadin"; did you mean misleading?'],
		[["task=colour"], '--where: no row has the task "colour"; did you mean color?'],
		[["timing=multi-round"], "--where: no row fits timing=multi-round"],
		[["scenario"], '--where: "scenario" is not allowed: must be a field and its values, such as scenario=misleading,corrective'],
		[["scenario=, ,"], '--where: "scenario=, ," is not allowed: must be a field and its values, such as scenario=misleading,corrective'],
		[["tone=strong", "tone=suggestive"], "--where: tone is given twice; give its values at once, separated by commas"],
	])("%j", async (where, message) => {
		await expect(project({ where })).rejects.toMatchObject({ exitCode: 2, message });
		expect(existsSync(out)).toBe(false);
	});

	test("a pipeline without a fitting row is left out", async () => {
		const { warnings } = await project({ where: ["scenario=neutral"] });
		expect(warnings).toEqual(["dpo: left out, since no row fits scenario=neutral"]);
		expect(existsSync(join(out, "dpo"))).toBe(false);
	});

	test("a pipeline that is not there", async () => {
		await expect(project({ pipelines: ["sfft"] })).rejects.toMatchObject({
			exitCode: 2,
			message: `--pipeline: ${run} has no pipeline "sfft"; did you mean sft?`,
		});
	});

	test("a pipeline that is not finished", async () => {
		const copy = copyRun();
		rmSync(join(copy, "srt", "manifest.json"));
		await expect(project({ run: copy })).rejects.toMatchObject({
			exitCode: 2,
			message: `${join(copy, "srt")} is not finished: it has no manifest`,
			remedy: expect.stringContaining(`candor validate ${copy}`),
		});
		expect(existsSync(out)).toBe(false);
		await project({ run: copy, pipelines: ["sft"] });
		expect(await problemsOf()).toEqual([]);
	});

	test.each([
		["torn", (path: string) => writeFileSync(path, readFileSync(path, "utf8").slice(0, -40)), "is damaged: it has"],
		["changed", (path: string) => writeFileSync(path, readFileSync(path, "utf8").replace('"source":"sample"', '"source":"simple"')), "is damaged: its content"],
		["gone", (path: string) => rmSync(path), "is listed in the manifest and cannot be read"],
	])("a shard that is %s", async (_, damage, message) => {
		const copy = copyRun();
		const shard = join(copy, "sft", "sft-00000-of-00001.jsonl");
		damage(shard);
		await expect(project({ run: copy })).rejects.toMatchObject({
			exitCode: 2,
			message: expect.stringContaining(`${shard} ${message}`),
			remedy: expect.stringContaining(`candor validate ${copy}`),
		});
		expect(existsSync(out)).toBe(false);
	});

	test("a folder that is no run", async () => {
		await expect(project({ run: join(folder, "none") })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining("is not a run") });
	});
});
