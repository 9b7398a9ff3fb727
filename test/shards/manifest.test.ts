import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exitCodes } from "../../src/records/index.js";
import { type Manifest, readManifest, removeManifest, writeManifest } from "../../src/shards/index.js";
import { inFolder, thrownBy } from "./folders.js";

const manifest: Manifest = {
	format: "candor-manifest/1",
	pipeline: "sft",
	kind: "sft",
	rows: 3,
	short: [{ task: "color", scenario: "neutral", timing: "one-round", answer: "yes", missing: 2 }],
	shards: [{ file: "sft-00000-of-00001.jsonl", rows: 3, bytes: 99, sha256: "ab".repeat(32) }],
	counts: { scenario: { neutral: 1, misleading: 2 }, timing: { "one-round": 3 }, task: { größe: 1, color: 2 }, tone: {}, pressure: { plain: 2 } },
	trainedTokens: {
		tokenizer: "llama",
		total: 300,
		byScenario: { neutral: 100, misleading: 200 },
		rejected: { total: 290, byScenario: { neutral: 90, misleading: 200 } },
	},
	funnel: [{ task: "color", scenario: "neutral", timing: "one-round", in: 5, rows: 3, rejected: { "image-missing": 1, "gold-check": 1 } }],
	configHash: "c0ffee",
	scripted: true,
};

describe("the manifest", () => {
	it("is read as it was written, and replaced", async () => {
		await inFolder(async (folder) => {
			await writeManifest(folder, { ...manifest, rows: 0 });
			await writeManifest(folder, manifest);
			expect(await readManifest(folder)).toEqual(manifest);
			expect(await readdir(folder)).toEqual(["manifest.json"]);
		});
	});

	it("has the same bytes whatever order things were counted in", async () => {
		await inFolder(async (folder) => {
			await writeManifest(folder, manifest);
			const first = await readFile(join(folder, "manifest.json"), "utf8");
			const counts = { ...manifest.counts, scenario: { misleading: 2, neutral: 1 }, task: { color: 2, größe: 1 } };
			const { format, pipeline, ...rest } = manifest;
			const trainedTokens = { ...manifest.trainedTokens, byScenario: { misleading: 200, neutral: 100 } };
			await writeManifest(folder, { ...rest, trainedTokens, counts, pipeline, format });
			expect(await readFile(join(folder, "manifest.json"), "utf8")).toBe(first);
			expect(first).toMatch(/^[\t\n\x20-\x7e]*\n$/);
		});
	});

	it("is absent until it is written and after it is removed", async () => {
		await inFolder(async (folder) => {
			expect(await readManifest(folder)).toBeUndefined();
			await removeManifest(folder);
			await removeManifest(join(folder, "nowhere"));
			await writeManifest(folder, manifest);
			await removeManifest(folder);
			expect(await readdir(folder)).toEqual([]);
		});
	});

	it("names the file and the field that are wrong", async () => {
		await inFolder(async (folder) => {
			const path = join(folder, "manifest.json");
			for (const [text, words] of [
				["{", path],
				[JSON.stringify({ ...manifest, rows: "3" }), "rows"],
				[JSON.stringify({ ...manifest, extra: 1 }), "extra"],
			] as const) {
				await writeFile(path, text);
				const error = await thrownBy(() => readManifest(folder));
				expect(error).toMatchObject({ exitCode: exitCodes.configuration, message: expect.stringContaining(words) });
				expect(error).toMatchObject({ message: expect.stringContaining(path) });
			}
		});
	});

	it("is not written where it breaks its schema, or where a folder is in its place", async () => {
		await inFolder(async (folder) => {
			await expect(writeManifest(folder, { ...manifest, rows: -1 })).rejects.toThrow("rows");
			await mkdir(join(folder, "manifest.json", "inside"), { recursive: true });
			expect(await thrownBy(() => writeManifest(folder, manifest))).toMatchObject({ exitCode: exitCodes.unexpected });
			expect(await thrownBy(() => removeManifest(folder))).toMatchObject({ exitCode: exitCodes.unexpected });
		});
	});
});
