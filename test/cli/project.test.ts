import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHandlers } from "../../src/cli/handlers.js";
import { formatProjection } from "../../src/cli/render/projection.js";
import { scenarios } from "../../src/records/index.js";
import { makeRun } from "../run/make-run.js";
import { createTerminal, type } from "./support.js";

let folder: string;
let run: string;
let out: string;

beforeAll(async () => {
	folder = await makeRun();
	run = join(folder, "run");
	out = join(folder, "out");
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => rmSync(out, { recursive: true, force: true }));

async function typed(...args: string[]) {
	const terminal = createTerminal();
	return type(["project", run, "--out", out, ...args], createHandlers(terminal), terminal);
}

test("prints a table to stdout and warnings to stderr, and what it wrote passes", async () => {
	const { code, out: printed, err } = await typed("--trace", "none", "--where", "scenario=misleading,corrective", "--first", "9");
	expect(code).toBe(0);
	expect(printed).toMatch(
		/^ {17} {8}rows {10}of {2}scenarios\nsrt-without-trace {11}\d {10}12 {2}corrective \d, misleading \d\n\npictures: \d\nfolder: {3}.+\nnext: {5}candor validate .+\n$/,
	);
	expect(err).toMatch(/^warning: left out, since their rows have no traces: sft, dpo\nwarning: srt: \d rows fit, fewer than the 9 asked for\n$/);
	const terminal = createTerminal();
	expect((await type(["validate", out], createHandlers(terminal), terminal)).code).toBe(0);
});

test("--json prints the summary", async () => {
	const { out: printed } = await typed("--pipeline", "sft", "--first", "2", "--json");
	expect(JSON.parse(printed)).toMatchObject({
		out,
		from: expect.stringMatching(/^[0-9a-f]{64}$/),
		pipelines: [{ name: "sft", kind: "sft", from: "sft", of: 12, rows: 2, rejected: {}, trainedTokens: { tokenizer: "llama" } }],
		warnings: [],
	});
});

test("what cannot be ends with exit 2", async () => {
	const { code, out: printed, err } = await typed("--where", "scenario=misleadin");
	expect([code, printed]).toEqual([2, ""]);
	expect(err).toMatch(/^error: --where: no row has the scenario "misleadin"; did you mean misleading\?\nthere are misleading, corrective, .+\n$/);
});

test("the table fits into 80 columns", () => {
	const byScenario = scenarios.map((scenario) => ({ scenario, rows: 123_456 }));
	const pipeline = {
		name: "srt-without-trace",
		kind: "sft",
		from: "srt",
		of: 9_999_999,
		rows: 987_654,
		rejected: {},
		byScenario,
		trainedTokens: { tokenizer: "llama", total: 0, byScenario: {} },
		shards: [],
	} as const;
	const text = formatProjection({ out: "o", from: "c0ffee", pipelines: [pipeline], pictures: 3, warnings: [] });
	for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
	for (const scenario of scenarios) expect(text).toContain(`${scenario} 123,456`);
});
