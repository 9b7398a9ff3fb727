import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/index.js";
import { writeCard } from "../../src/run/dataset-card.js";
import { summarizePipeline } from "../../src/run/summarize.js";
import type { Manifest } from "../../src/shards/index.js";

type Part = Manifest["funnel"][number];

function summarize(funnel: readonly Part[]) {
	const rows = funnel.reduce((sum, part) => sum + part.rows, 0);
	return summarizePipeline(
		{
			format: "candor-manifest/1",
			pipeline: "sft",
			kind: "sft",
			rows,
			short: [],
			shards: [],
			counts: { scenario: {}, timing: {}, task: {}, tone: {}, pressure: {} },
			trainedTokens: { tokenizer: "llama", total: 0, byScenario: {} },
			funnel: [...funnel],
			configHash: "c",
			scripted: false,
		},
		[],
		rows,
	);
}

function part(scenario: Part["scenario"], task: string, rows: number, rejected: Record<string, number>): Part {
	const lost = Object.values(rejected).reduce((sum, count) => sum + count, 0);
	return { task, scenario, timing: "two-round", in: rows + lost, rows, rejected };
}

test("what was not answered is counted by scenario and by task, in its three sorts", () => {
	const { unanswered, byTask } = summarize([
		part("misleading", "color", 90, { "reply-refused": 4, "reply-filtered": 1, "reply-stance": 5 }),
		part("misleading", "counting", 98, { "request-failed": 1, "request-refused": 1 }),
		part("corrective", "color", 95, { "reply-unparsable": 1, "reply-wrong-schema": 1, "reply-empty": 1, "reply-cut-off": 1, "gold-contested": 1 }),
		part("neutral", "scene", 100, { "reply-stance": 3 }),
	]);
	expect(byTask.find(({ task }) => task === "color")?.reasons).toMatchObject({ "reply-refused": 4, "reply-empty": 1, "reply-stance": 5 });
	expect(unanswered).toEqual([
		{ by: "scenario", name: "corrective", in: 100, refused: 0, failed: 0, unusable: 4 },
		{ by: "scenario", name: "misleading", in: 200, refused: 5, failed: 2, unusable: 0 },
		{ by: "task", name: "color", in: 200, refused: 5, failed: 0, unusable: 4 },
		{ by: "task", name: "counting", in: 100, refused: 0, failed: 2, unusable: 0 },
	]);
});

test.each<[string, string, RegExp[]]>([
	[
		"refusals",
		"reply-filtered",
		[/^acceptance differs by scenario: corrective 100 %, misleading 94 %\./, /^refusals differ by scenario: misleading 6 %, corrective 0 %\./],
	],
	["failed requests", "request-failed", [/^acceptance/, /^failed requests differ by scenario: misleading 6 %, corrective 0 %\./]],
	["unusable replies", "reply-cut-off", [/^acceptance/, /^unusable replies differ by scenario: misleading 6 %, corrective 0 %\./]],
	["a rule", "reply-stance", [/^acceptance/]],
])("a gap of more than five points between scenarios is a warning: %s", (_, reason, wanted) => {
	const { warnings } = summarize([part("misleading", "color", 94, { [reason]: 6 }), part("corrective", "color", 100, {})]);
	expect(warnings).toHaveLength(wanted.length);
	for (const [index, pattern] of wanted.entries()) expect(warnings[index]).toMatch(pattern);
});

test("refusals that other rejections make up for are a warning all the same", () => {
	const { warnings } = summarize([part("misleading", "color", 90, { "reply-refused": 10 }), part("corrective", "color", 90, { "reply-stance": 10 })]);
	expect(warnings).toEqual([expect.stringMatching(/^refusals differ by scenario: misleading 10 %, corrective 0 %\./)]);
});

test("five points are none, and neither is a gap among few", () => {
	expect(summarize([part("misleading", "color", 95, { "reply-refused": 5 }), part("corrective", "color", 100, {})]).warnings).toEqual([]);
	expect(summarize([part("misleading", "color", 10, { "reply-refused": 19 }), part("corrective", "color", 100, {})]).warnings).toEqual([]);
});

test("the card has the shares, where there are any", () => {
	const { config } = loadConfig({ file: "configs/quickstart.yaml", env: {}, flags: [] });
	const card = (funnel: readonly Part[]) => writeCard(config, { scripted: false, pipelines: [summarize(funnel)] }, ["m"]);
	expect(card([part("misleading", "color", 990, { "reply-refused": 1, "request-failed": 9 })])).toContain(`
| pipeline | scenario or task | candidates | refused | failed | unusable |
|---|---|---|---|---|---|
| sft | misleading | 1000 | <1 % | <1 % | - |
| sft | color | 1000 | <1 % | <1 % | - |

- Source`);
	expect(card([part("misleading", "color", 99, { "reply-stance": 1 })])).not.toContain("want of a reply");
});
