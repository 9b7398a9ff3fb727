import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import llama from "llama-tokenizer-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/index.js";
import { type Row, rowSchema, type Scenario } from "../../src/records/index.js";
import { runConfig } from "../../src/run/run-config.js";
import type { PipelineSummary } from "../../src/run/summary.js";
import { createTokenCounter } from "../../src/run/token-counter.js";
import { readManifest } from "../../src/shards/index.js";

/** The tokens of a whole text, counted the slow way. */
function countWhole(text: string): number {
	return llama.encode(text, false, true).length;
}

describe("the counter", () => {
	test("counts word by word what the tokenizer counts in the whole", async () => {
		const count = await createTokenCounter();
		const piece = fc.oneof(
			fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
			fc.constantFrom("The", "answer", "is", "(B)", "red.", "</conclusion>", "\n", "\n\n", "  ", "\t", "don't", "1,234"),
		);
		fc.assert(
			fc.property(fc.array(piece, { minLength: 1, maxLength: 20 }), fc.constantFrom("", " "), (pieces, glue) => {
				// U+2581 is how the vocabulary writes a space.
				const text = pieces.join(glue).replaceAll("\u2581", "_");
				expect(count(text)).toBe(countWhole(text));
				expect(count(text)).toBe(countWhole(text));
			}),
		);
	});

	test("joins nothing over a space or a line break", () => {
		expect(llama.vocabById.filter((token) => /[^\u2581]\u2581/.test(token))).toEqual([]);
		expect([...llama.merges.keys()].filter((pair) => pair.includes("<0x0A>"))).toEqual([]);
	});
});

describe("a run of two scenarios", () => {
	let folder: string;
	let pipelines: readonly PipelineSummary[];

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), "candor-tokens-"));
		const file = join(folder, "c.yaml");
		writeFileSync(
			file,
			`seed: 3
rows: 800
pipelines: [sft, srt, dpo]
onShort: spread
out: ${join(folder, "run")}
source: {type: sample}
teacher: {type: scripted}
dialogue: {scenarios: {misleading: 1, corrective: 1}, timings: {two-round: 1}, pressures: {plain: 1}, formats: {ABCD: 1}, dialoguesPerQuestion: 4}
`,
		);
		({ pipelines } = await runConfig(loadConfig({ file, env: {}, flags: [] }), {
			extend: false,
			events: { progress: () => {}, warn: () => {} },
			signal: new AbortController().signal,
		}));
	}, 120_000);
	afterAll(() => rmSync(folder, { recursive: true }));

	test.each(["sft", "srt"])("trains as many tokens of the one as of the other, within 2 %%: %s", async (name) => {
		const { tokenizer, total, byScenario } = pipelines.find((pipeline) => pipeline.name === name)?.trainedTokens ?? { byScenario: {} };
		const { misleading = 0, corrective = 0 } = byScenario;
		expect(tokenizer).toBe("llama");
		expect(misleading + corrective).toBe(total);
		expect(misleading).toBeGreaterThan(1000);
		expect(Math.abs(misleading / corrective - 1)).toBeLessThan(0.02);
	});

	test.each([
		["sft", (row: Row) => row.turns.at(-1)?.text ?? ""],
		["srt", (row: Row) => row.turns.at(-1)?.text ?? ""],
		["dpo", (row: Row) => (row.kind === "dpo" ? row.chosen : "")],
	] as const)("is counted as its rows have it: %s", async (name, textOf) => {
		const sums = new Map<Scenario, number>();
		let rejected = 0;
		const rows = readFileSync(join(folder, "run", name, `${name}-00000-of-00001.jsonl`), "utf8").trimEnd();
		for (const line of rows.split("\n")) {
			const row = rowSchema.parse(JSON.parse(line));
			sums.set(row.meta.scenario, (sums.get(row.meta.scenario) ?? 0) + countWhole(textOf(row)));
			if (row.kind === "dpo") rejected += countWhole(row.rejected);
		}
		const manifest = await readManifest(join(folder, "run", name));
		expect(manifest?.trainedTokens.byScenario).toEqual(Object.fromEntries(sums));
		expect(manifest?.trainedTokens.rejected?.total).toBe(name === "dpo" ? rejected : undefined);
	});
});
