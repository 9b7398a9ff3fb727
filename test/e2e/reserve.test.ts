import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { sharp } from "../../src/images/decoder.js";
import { compareHashes, hashPicture, type PerceptualHash } from "../../src/images/index.js";
import { packageFolder } from "../../src/pipeline/package-folder.js";
import { rowSchema } from "../../src/records/index.js";
import { readProducts, readRows } from "../support/make-run.js";
import { nearCopies } from "../support/near-copies.js";
import { withFolder } from "../support/open-stack.js";
import { runCandor } from "../support/run-candor.js";

interface Line {
	readonly id: string;
	readonly image: string;
	readonly imageId?: string;
	readonly task: string;
}

const sample = join(packageFolder(), "datasets", "sample");
const maxDistance = 10;

/**
 * The sample's photographs, each of them in two files: a third go under one id in both, as a photograph of COCO does in Visual
 * Genome, and the second file shows the mirrored half; the others' second file is a near copy that nothing gives away but its looks.
 */
async function writeSource(folder: string): Promise<{ photoOf: Map<string, string>; ids: number }> {
	const photos = join(folder, "photos");
	mkdirSync(photos);
	const names = readdirSync(join(sample, "photos"));
	const copyKinds = Object.values(nearCopies);
	const photoOf = new Map<string, string>();
	for (const [index, name] of names.entries()) {
		const bytes = await sharp(join(sample, "photos", name))
			.resize(320)
			.jpeg({ quality: 90 })
			.toBuffer();
		writeFileSync(join(photos, name), bytes);
		const copy = index % 3 === 0 ? await showOtherwise(bytes) : await copyKinds[index % copyKinds.length]?.(bytes);
		writeFileSync(join(photos, `copy-of-${name}`), copy ?? bytes);
		for (const file of [name, `copy-of-${name}`]) photoOf.set(file, name);
	}
	const lines: (Line & Record<string, unknown>)[] = readFileSync(join(sample, "questions.jsonl"), "utf8")
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line));
	const twice = lines.flatMap((line, index) => {
		const shared = names.indexOf(line.image) % 3 === 0 ? { imageId: `coco-${line.image}` } : {};
		// Questions about a copy are other ones than those about the photograph.
		return [index % 2 === 0 ? { ...line, ...shared } : { ...line, ...shared, id: `${line.id}-copy`, image: `copy-of-${line.image}` }];
	});
	writeFileSync(join(folder, "questions.jsonl"), twice.map((line) => `${JSON.stringify(line)}\n`).join(""));
	return { photoOf, ids: twice.length };
}

/** Another part of the picture in the mirror: no hash would find it again. */
async function showOtherwise(bytes: Buffer): Promise<Buffer> {
	const { width, height } = await sharp(bytes).metadata();
	return sharp(bytes)
		.extract({ left: 0, top: 0, width: Math.round(width * 0.6), height: Math.round(height * 0.6) })
		.flop()
		.jpeg()
		.toBuffer();
}

const config = (rows: number) => `rows: ${rows}
pipelines: [sft]
out: run
seed: 3
source: {type: jsonl, path: questions.jsonl, images: photos, name: mine}
reserve:
  benchmark: {perTask: 2}
  probe: {train: 6, test: 4}
dialogue: {scenarios: {misleading: 1, corrective: 1}, timings: {two-round: 1}}
`;

const readLines = <Value>(path: string): Value[] =>
	readFileSync(path, "utf8")
		.trim()
		.split("\n")
		.map((line): Value => JSON.parse(line));

test(
	"no row shows a reserved picture: not the file, not another file of the same picture, not a near copy",
	() =>
		withFolder(async (folder) => {
			const { photoOf, ids } = await writeSource(folder);
			writeFileSync(join(folder, "c.yaml"), config(80));
			const run = await runCandor(["run", "c.yaml"], { cwd: folder });
			expect(run.code, run.err).toBe(0);
			const runFolder = join(folder, "run");
			const questions = new Map(readLines<Line>(join(folder, "questions.jsonl")).map((line) => [line.id, line]));
			const photo = (id: string) => photoOf.get(questions.get(id)?.image ?? "");

			const benchmark = readLines<Line>(join(runFolder, "reserved", "benchmark.jsonl"));
			const probe = readLines<Line & { split: string }>(join(runFolder, "reserved", "probe.jsonl"));
			const sides = [benchmark, probe.filter(({ split }) => split === "train"), probe.filter(({ split }) => split === "test")];
			expect(sides.map(({ length }) => length > 0)).toEqual([true, true, true]);
			const rows = readRows(runFolder, "sft").map((line) => rowSchema.parse(JSON.parse(line)));
			expect(rows.length).toBeGreaterThan(20);

			// By where the pictures come from, which only this test knows.
			const photosOf = [...sides.map((side) => new Set(side.map(({ id }) => photo(id)))), new Set(rows.map(({ meta }) => photo(meta.questionId)))];
			for (const [index, side] of photosOf.entries())
				for (const other of photosOf.slice(index + 1)) expect([...side].filter((name) => other.has(name))).toEqual([]);

			// And by what they show, decoded again.
			const hashes = new Map<string, PerceptualHash>();
			for (const path of new Set([...sides.flat().map(({ image }) => image), ...rows.map(({ image }) => image.path)]))
				hashes.set(path, await hashPicture(readFileSync(join(runFolder, path))));
			for (const { image } of rows)
				for (const reserved of sides.flat()) {
					const [a, b] = [hashes.get(image.path), hashes.get(reserved.image)];
					if (a === undefined || b === undefined) throw new Error("a picture was not hashed");
					expect(compareHashes(a, b).frequencies).toBeGreaterThan(maxDistance);
				}

			// It was not for want of near copies that none is there.
			const rejects = readLines<{ id: string; reason: string; detail: string; question: string }>(join(runFolder, "sft", "rejects.jsonl"));
			const near = rejects.filter(({ reason }) => reason === "picture-reserved");
			expect(near.length).toBeGreaterThan(5);
			const reservedPhotos = new Set(sides.flat().map(({ id }) => photo(id)));
			for (const { question } of near) expect(reservedPhotos.has(photo(question))).toBe(true);
			expect(near[0]?.detail).toMatch(/looks like the (benchmark|probe-train|probe-test) picture of \S+: \d+ of 64 bits differ/);

			expect(run.out).toMatch(/^reserved +in source +benchmark +probe-train +probe-test +training$/m);
			expect(run.out).toMatch(/questions left out: picture-reserved \d+/);
			expect(run.err).toMatch(/warning: probe-train: \S+ falls short|warning: benchmark: \S+ falls short|^$/m);
			const funnel = JSON.parse(readFileSync(join(runFolder, "funnel.json"), "utf8"));
			expect(funnel.reserved.tasks.reduce((sum: number, task: { questions: number }) => sum + task.questions, 0)).toBe(ids);
			expect(readFileSync(join(runFolder, "README.md"), "utf8")).toContain("| task | in source | benchmark |");
			expect(readFileSync(join(runFolder, "SHA256SUMS"), "utf8")).toMatch(
				/ {2}reserved\/benchmark\.jsonl\n.* {2}reserved\/index\.json\n.* {2}reserved\/probe\.jsonl\n/,
			);

			for (const command of [
				["validate", "run"],
				["preview", "run", "--rows", "3"],
			]) {
				const result = await runCandor(command, { cwd: folder });
				expect(result.code, result.out + result.err).toBe(0);
			}
			const shown = await runCandor(["show", "run", near[0]?.id ?? ""], { cwd: folder });
			expect(shown.out).toContain("rejected: picture-reserved");
			expect(shown.out).not.toMatch(/missing|differ.* today|changed since/);

			// The same again, from what lies there and from nothing.
			const products = readProducts(runFolder);
			const readSets = () => ["benchmark.jsonl", "probe.jsonl", "index.json"].map((file) => readFileSync(join(runFolder, "reserved", file), "utf8"));
			const sets = readSets();
			for (const prepare of [() => {}, () => rmSync(join(runFolder, "reserved"), { recursive: true })]) {
				prepare();
				const again = await runCandor(["run", "c.yaml"], { cwd: folder });
				expect(again.code, again.err).toBe(0);
				expect(readProducts(runFolder)).toEqual(products);
				expect(readSets()).toEqual(sets);
			}

			// Without its sets a run can still be looked at, and says what that means.
			rmSync(join(runFolder, "reserved"), { recursive: true });
			const without = await runCandor(["show", "run", rows[0]?.id ?? ""], { cwd: folder });
			expect(without.out).toContain("The run's reserved sets are missing");
		}),
	180_000,
);

test(
	"a reserved set is a source of its own, with the run's folder as its pictures",
	() =>
		withFolder(async (folder) => {
			await writeSource(folder);
			writeFileSync(join(folder, "c.yaml"), config(10).replace("perTask: 2", "perTask: 8"));
			const first = await runCandor(["run", "c.yaml"], { cwd: folder });
			expect(first.code, first.err).toBe(0);
			const source = `source: {type: jsonl, path: run/reserved/benchmark.jsonl, images: run}`;
			writeFileSync(join(folder, "measure.yaml"), `rows: 20\npipelines: [sft]\nout: measured\n${source}\ndialogue: {family: held-out}\n`);
			const second = await runCandor(["run", "measure.yaml", "--json"], { cwd: folder });
			expect(second.code, second.err).toBe(0);
			const benchmark = readLines<Line>(join(folder, "run", "reserved", "benchmark.jsonl"));
			expect(JSON.parse(second.out).source).toMatchObject({ questions: benchmark.length, badLines: {} });
			const rows = readRows(join(folder, "measured"), "sft").map((line) => rowSchema.parse(JSON.parse(line)));
			expect(rows.length).toBeGreaterThan(10);
			const byId = new Map(benchmark.map((line) => [line.id, line]));
			// The picture goes through unchanged: its name is its content.
			for (const { image, meta } of rows) expect(basename(image.path)).toBe(basename(byId.get(meta.questionId)?.image ?? ""));
		}),
	120_000,
);
