import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Row } from "../../src/records/index.js";
import { validatePaths } from "../../src/run/validate-paths.js";
import { makeRun } from "./make-run.js";

let folder: string;
/** A copy that a test may damage. */
let run: string;
let shard: string;

beforeAll(async () => {
	folder = await makeRun();
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
	run = join(folder, "copy");
	rmSync(run, { recursive: true, force: true });
	cpSync(join(folder, "run"), run, { recursive: true, filter: (path) => !path.includes("ledger") });
	shard = join(run, "sft", "sft-00000-of-00001.jsonl");
});

async function problemsOf(...paths: string[]): Promise<string[]> {
	const { problems } = await validatePaths(paths.length === 0 ? [run] : paths);
	return problems.map(({ file, line, reason }) => `${file.slice(folder.length + 6)}${line === undefined ? "" : `:${line}`} ${reason}`);
}

function linesOf(file: string): string[] {
	return readFileSync(file, "utf8").trimEnd().split("\n");
}

function rowAt(file: string, line: number): Row {
	return JSON.parse(linesOf(file)[line - 1] ?? "");
}

function writeLines(file: string, lines: readonly string[]): void {
	writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
}

function changeManifest(change: (text: string) => string): void {
	const file = join(run, "sft", "manifest.json");
	writeFileSync(file, change(readFileSync(file, "utf8")));
}

test("a run as it was made is good, by its folder, its pipelines' and its files", async () => {
	const report = await validatePaths([run, join(run, "sft"), shard]);
	expect(report.problems).toEqual([]);
	expect(report.files).toHaveLength(3);
	expect(report.files.map(({ rows, bad }) => [rows, bad])).toEqual([
		[12, 0],
		[12, 0],
		[12, 0],
	]);
	expect((await validatePaths([shard])).files).toEqual([{ file: shard, rows: 12, bad: 0 }]);
});

test("a flipped byte", async () => {
	const bytes = readFileSync(shard);
	const at = bytes.indexOf('"source":"sample"') + 11;
	bytes[at] = (bytes[at] ?? 0) ^ 1;
	writeFileSync(shard, bytes);
	expect(await problemsOf()).toContain("sft/sft-00000-of-00001.jsonl shard-sha256");
});

test("a deleted shard, also where it was the only one", async () => {
	rmSync(shard);
	expect(await problemsOf()).toEqual(["sft/sft-00000-of-00001.jsonl shard-missing"]);
});

test("a shard that the manifest does not list", async () => {
	writeFileSync(join(run, "sft", "sft-00001-of-00002.jsonl"), "{}\n");
	expect(await problemsOf()).toEqual(["sft/sft-00001-of-00002.jsonl shard-unlisted"]);
});

test("a removed picture counts for every row that shows it", async () => {
	const { image } = rowAt(shard, 1);
	rmSync(join(run, image.path));
	const { problems, files } = await validatePaths([join(run, "sft")]);
	const showing = linesOf(shard).filter((line) => line.includes(image.sha256)).length;
	expect(problems.map(({ reason }) => reason)).toEqual(Array.from({ length: showing }, () => "picture"));
	expect(files[0]?.bad).toBe(showing);
	expect(problems[0]).toMatchObject({ line: 1, detail: expect.stringContaining(`${image.path} cannot be read`) });
});

test("a changed picture", async () => {
	const path = join(run, rowAt(shard, 1).image.path);
	writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.from([0])]));
	expect((await validatePaths([join(run, "sft")])).problems[0]).toMatchObject({
		line: 1,
		reason: "picture",
		detail: expect.stringContaining("has other content than its name says"),
	});
});

test("pictures that are not there at all are said once", async () => {
	const elsewhere = join(folder, "alone");
	mkdirSync(elsewhere, { recursive: true });
	cpSync(shard, join(elsewhere, "rows.jsonl"));
	expect((await validatePaths([elsewhere])).problems).toEqual([{ file: join(elsewhere, "rows.jsonl"), reason: "no-pictures", detail: expect.any(String) }]);
});

test("a row with a wrong verdict", async () => {
	const row = rowAt(shard, 2);
	const verdict = row.meta.verdict === "misleading" ? "corrective" : "misleading";
	const lines = linesOf(shard).with(1, JSON.stringify({ ...row, meta: { ...row.meta, verdict } }));
	writeLines(shard, lines);
	const { problems, files } = await validatePaths([shard]);
	expect(problems[0]).toMatchObject({ file: shard, line: 2, id: row.id, reason: "scenario-consistent" });
	expect(files[0]?.bad).toBe(1);
});

test("a line that is no row names the field and what stands there", async () => {
	const row = rowAt(shard, 3);
	writeLines(shard, linesOf(shard).with(2, JSON.stringify({ ...row, meta: { ...row.meta, scenario: "teasing", answer: undefined, mood: 1 } })));
	const { problems } = await validatePaths([shard]);
	expect(problems).toEqual([
		{
			file: shard,
			line: 3,
			id: row.id,
			reason: "not-a-row",
			detail: expect.stringMatching(/^meta\.scenario is "teasing": .+; meta\.answer is missing; meta has fields that no row has: mood$/),
		},
	]);
});

test("an id that comes twice, and a conversation that does, within a file and across files", async () => {
	const lines = linesOf(shard);
	writeLines(shard, [...lines, lines[0] ?? ""]);
	expect((await validatePaths([shard])).problems).toMatchObject([{ line: 13, reason: "id-twice", detail: `${shard}:1 has the same id.` }]);
	writeLines(shard, lines);
	const other = join(folder, "copy", "other.jsonl");
	const row = rowAt(shard, 1);
	writeLines(other, [JSON.stringify({ ...row, id: "sft-g1", meta: { ...row.meta, group: "g1" } })]);
	expect((await validatePaths([shard, other])).problems).toMatchObject([
		{ file: other, line: 1, reason: "row-twice", detail: `${shard}:1 has the same conversation about the same picture.` },
	]);
});

test("rows of one group that are about different questions", async () => {
	const row = rowAt(shard, 1);
	const other = join(run, "other.jsonl");
	writeLines(other, [JSON.stringify({ ...row, id: `twin-${row.meta.group}`, meta: { ...row.meta, questionId: "another" } })]);
	expect((await problemsOf(shard, other)).filter((problem) => problem.endsWith("group-differs"))).toHaveLength(1);
});

test("a last line that breaks off", async () => {
	const text = readFileSync(shard, "utf8");
	writeFileSync(shard, text.slice(0, -40));
	expect(await problemsOf()).toEqual(["sft/sft-00000-of-00001.jsonl:12 not-json", "sft/sft-00000-of-00001.jsonl shard-bytes"]);
	writeLines(shard, text.trimEnd().split("\n").slice(0, -1));
	expect(await problemsOf()).toContain("sft/sft-00000-of-00001.jsonl shard-rows");
});

test("no manifest, or one that is none", async () => {
	const manifest = join(run, "sft", "manifest.json");
	changeManifest((text) => text.replace("candor-manifest/1", "candor-manifest/9"));
	expect(await problemsOf(join(run, "sft"))).toEqual(["sft/manifest.json manifest-invalid"]);
	rmSync(manifest);
	expect(await problemsOf(join(run, "sft"))).toEqual(["sft/manifest.json unfinished"]);
	expect(await problemsOf()).toEqual(["sft/manifest.json unfinished"]);
});

test("a pipeline that was begun and never sealed", async () => {
	rmSync(shard);
	renameSync(join(run, "sft", "manifest.json"), join(run, "sft", "outcomes.spool"));
	expect(await problemsOf()).toEqual(["sft/manifest.json unfinished", "sft/sft-00000-of-00001.jsonl file-missing"]);
});

test("counts and sums that do not hold", async () => {
	changeManifest((text) => text.replace(/"two-round": (\d+)(?=\n\t\t})/, (_, count: string) => `"two-round": ${Number(count) + 1}`));
	expect(await problemsOf(join(run, "sft"))).toEqual(["sft/manifest.json manifest-counts"]);
	changeManifest((text) => text.replace('"rows": 12', '"rows": 13'));
	expect(await problemsOf(join(run, "sft"))).toEqual([
		"sft/manifest.json manifest-rows",
		"sft/manifest.json manifest-funnel",
		"sft/manifest.json manifest-counts",
	]);
});

test("files that SHA256SUMS knows otherwise, and lines of it that lead elsewhere", async () => {
	writeFileSync(join(run, "README.md"), "mine");
	rmSync(join(run, "run.json"));
	const sums = join(run, "SHA256SUMS");
	writeFileSync(sums, `${readFileSync(sums, "utf8")}${"0".repeat(64)}  ../../etc/passwd\n`);
	expect(await problemsOf()).toEqual(["README.md checksum-differs", "run.json file-missing", "SHA256SUMS:9 checksum-line"]);
});

test("only the first problems are told, all are counted", async () => {
	writeLines(
		shard,
		Array.from({ length: 70 }, () => "{}"),
	);
	const { problems, problemCount, files } = await validatePaths([shard]);
	expect([problems.length, problemCount, files[0]?.bad]).toEqual([50, 70, 70]);
});

test.each([
	["nothing there", () => join(folder, "none"), "does not exist"],
	["a folder without shards", () => join(folder, "copy", "images"), "holds no shard"],
	["an empty file", () => join(folder, "copy", "empty.jsonl"), "is empty"],
])("%s is the caller's mistake", async (_, path, message) => {
	writeFileSync(join(run, "empty.jsonl"), "");
	expect(readdirSync(run)).toContain("images");
	await expect(validatePaths([path()])).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
});
