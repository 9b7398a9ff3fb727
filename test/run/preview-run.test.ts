import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { handlePreview } from "../../src/cli/handlers/preview.js";
import { scenarios } from "../../src/records/index.js";
import { createDrawPool, drawPlaces, type RowPlace } from "../../src/run/draw-rows.js";
import { previewRun, writePreviewPage } from "../../src/run/preview-run.js";
import { createTerminal } from "../cli/support.js";
import { makeRun } from "./make-run.js";

let folder: string;
let run: string;

beforeAll(async () => {
	folder = await makeRun();
	run = join(folder, "run");
});
afterAll(() => rmSync(folder, { recursive: true }));

async function draw(seed: number, rows: number, pipelines?: readonly string[]): Promise<string[]> {
	return (await previewRun({ run, seed, rows, ...(pipelines === undefined ? {} : { pipelines }) })).map(({ id }) => id);
}

describe("drawing", () => {
	test("follows from the seed, takes no row twice and never more than there are", async () => {
		const drawn = await draw(1, 20);
		expect(drawn).toEqual(await draw(1, 20));
		expect(drawn).not.toEqual(await draw(2, 20));
		expect(new Set(drawn).size).toBe(20);
		expect(new Set(await draw(1, 1000)).size).toBe(36);
	});

	test("shows every scenario and pipeline of the run in a few rows", async () => {
		const everything = await previewRun({ run, seed: 0, rows: 1000 });
		const few = await previewRun({ run, seed: 0, rows: 12 });
		const shown = (rows: typeof few) => [...new Set(rows.map(({ meta }) => meta.scenario))].sort();
		expect(shown(few)).toEqual(shown(everything));
		expect(few.filter(({ kind }) => kind === "srt")).toHaveLength(4);
	});

	test("keeps to the pipelines that were asked for", async () => {
		expect((await draw(1, 6, ["dpo"])).every((id) => id.startsWith("dpo-"))).toBe(true);
		await expect(draw(1, 6, ["dop"])).rejects.toMatchObject({ exitCode: 2, message: `${run} has no rows of a pipeline "dop"; did you mean dpo?` });
	});

	test("refuses what is no run", async () => {
		await expect(previewRun({ run: join(folder, "none"), seed: 0, rows: 1 })).rejects.toMatchObject({ exitCode: 2 });
		await expect(previewRun({ run: join(run, "images"), seed: 0, rows: 1 })).rejects.toMatchObject({
			exitCode: 2,
			message: expect.stringContaining("holds no pipeline with rows"),
		});
	});

	test("does not depend on the order in which rows come", () => {
		const place = fc.record({ scenario: fc.constantFrom(...scenarios), task: fc.constantFrom("color", "counting") });
		fc.assert(
			fc.property(fc.array(place, { maxLength: 40 }), fc.nat(), fc.integer({ min: 1, max: 10 }), (list, seed, rows) => {
				const places = list.map((fields, index): RowPlace => ({ ...fields, id: `r${index}`, file: "f", line: index + 1, byteOffset: 0 }));
				const drawFrom = (ordered: readonly RowPlace[]) => {
					const pool = createDrawPool(seed, rows);
					for (const each of ordered) pool.add(each);
					return drawPlaces([pool], rows, seed)[0] ?? [];
				};
				const drawn = drawFrom(places);
				expect(drawFrom(places.toReversed())).toEqual(drawn);
				expect(drawn).toHaveLength(Math.min(rows, places.length));
				const kinds = new Set(places.map(({ scenario }) => scenario)).size;
				expect(new Set(drawn.map(({ scenario }) => scenario)).size).toBe(Math.min(kinds, rows));
			}),
			{ numRuns: 60 },
		);
	});
});

test("the command prints the rows and writes the page beside the run's, or only the page somewhere else", async () => {
	const given = { run, seed: 0, rows: 3, pipelines: ["srt"], html: undefined, json: false };
	const terminal = createTerminal();
	expect(await handlePreview(given, terminal)).toBe(0);
	expect(terminal.written.out.match(/^srt-g/gm)).toHaveLength(3);
	expect(terminal.written.out).toMatch(/^Assistant:\n {2}Textualization: .+\n {2}Reflection: .+ \(verdict: .+\)\n {2}Conclusion: /m);
	expect(terminal.written.err).toBe(`3 rows with their pictures written to ${join(run, "preview.html")}\n`);
	expect(existsSync(join(run, "preview.html"))).toBe(true);

	const elsewhere = createTerminal();
	await handlePreview({ ...given, html: join(folder, "p.html") }, elsewhere);
	expect(elsewhere.written.out).toBe("");
	expect(readFileSync(join(folder, "p.html"), "utf8")).toBe(readFileSync(join(run, "preview.html"), "utf8"));
	const json = createTerminal();
	await handlePreview({ ...given, json: true }, json);
	expect(
		json.written.out
			.trimEnd()
			.split("\n")
			.map((line) => JSON.parse(line).kind),
	).toEqual(["srt", "srt", "srt"]);
});

test("the page stands alone", async () => {
	const file = join(folder, "alone.html");
	const rows = await previewRun({ run, seed: 0, rows: 6 });
	await writePreviewPage(file, rows, run);
	const html = readFileSync(file, "utf8");
	expect(html.match(/<article /g)).toHaveLength(6);
	expect(html.match(/<img src="data:image\/jpeg;base64,/g)).toHaveLength(6);
	expect(html).not.toMatch(/(src|href)="(?!data:)|https?:|@import|url\(/);
	await expect(writePreviewPage(join(folder, "none", "p.html"), rows, run)).rejects.toMatchObject({ exitCode: 2 });
});
