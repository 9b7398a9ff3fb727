import { expect, test } from "vitest";
import { askAfterPilot } from "../../src/cli/handlers/pilot.js";
import type { RunArguments } from "../../src/cli/handlers.js";
import { formatTokens, formatUsd } from "../../src/cli/render/format-units.js";
import { formatPlan } from "../../src/cli/render/plan.js";
import { formatSpend } from "../../src/cli/render/spend.js";
import type { PilotReport } from "../../src/run/pilot.js";
import type { Plan } from "../../src/run/plan.js";
import { type Amount, noAmount } from "../../src/teacher/index.js";
import { createRecorder, createTerminal, type } from "./support.js";

const amount = (change: Partial<Amount>): Amount => ({ ...noAmount(), requests: 10, inputTokens: 12_345, outputTokens: 678, ...change });
const toPay = {
	requests: { low: 90, likely: 100, high: 160 },
	inputTokens: { low: 80_000, likely: 100_000, high: 135_000 },
	outputTokens: { low: 5000, likely: 9000, high: 20_000 },
	usd: { low: 0.8, likely: 1.2, high: 2.4 },
};
const plan: Plan = {
	runFolder: "/run",
	teacher: "gpt-4o",
	scripted: false,
	pipelines: [
		{
			name: "srt",
			rows: 100,
			planned: 100,
			done: 20,
			rejected: 2,
			short: 3,
			repeats: { low: 1, likely: 1.15, high: 1.6 },
			stages: [{ stage: "gold-check", role: "teacher", requests: 100, held: 22, toPay }],
			toPay,
		},
	],
	toPay,
	worst: { requests: 300, inputTokens: 900_000, outputTokens: 51_200, usd: 12 },
	held: { replies: 80, spent: amount({ usd: 0.41 }) },
	limits: { usd: 2, requests: 200, minutes: 30 },
	assumptions: ["One sentence that is so long that it does not fit into a single line of eighty columns, and has to be wrapped."],
};
const report: PilotReport = { rows: 20, pipelines: [{ name: "srt", candidates: 22, rows: 20 }], samples: [], plan, goOnCommand: "candor run c.yaml" };

test("amounts are short, and small ones keep their digits", () => {
	expect([0, 0.00123, 0.0123, 0.5, 1234.5].map(formatUsd)).toEqual(["$0.00", "$0.001230", "$0.0123", "$0.5000", "$1,234.50"]);
	expect([0, 999, 1000, 12_345, 999_999, 1_234_567, 2e9].map(formatTokens)).toEqual(["0", "999", "1.00k", "12.3k", "1.00M", "1.23M", "2.00G"]);
});

test("what was spent is told by pipeline and stage, in dollars where they are known", () => {
	const stages = [
		{ stage: "gold-check", spent: amount({ usd: 0.1 }) },
		{ stage: "respond", spent: amount({ usd: 0.3 }) },
	];
	const spend = {
		spent: amount({ usd: 0.4, cachedTokens: 6000 }),
		earlier: amount({ usd: 0.1 }),
		limits: { usd: 5 },
		pipelines: [{ name: "sft", spent: amount({ usd: 0.4 }), perRow: { usd: 0.02, inputTokens: 600, outputTokens: 30, requests: 2 }, stages }],
	};
	expect(formatSpend(spend)).toEqual([
		"spent:    $0.4000 of $5.00, $0.1000 of it earlier; 10 requests, tokens 12.3k in, 678 out, 6.00k cached",
		"  sft: $0.4000, $0.0200 a row (gold-check $0.1000, respond $0.3000)",
	]);
	const unpriced = amount({ unpriced: 10 });
	expect(formatSpend({ spent: unpriced, earlier: noAmount(), pipelines: [{ name: "sft", spent: unpriced, stages: [] }] })).toEqual([
		"spent:    10 requests, tokens 12.3k in, 678 out",
		"  sft: 12.3k in, 678 out",
	]);
	expect(formatSpend({ spent: amount({ usd: 1, unpriced: 2 }), earlier: noAmount(), pipelines: [] })[0]).toContain("at least $1.00");
});

test("a plan tells what is left of the budget, and what it rests on", () => {
	const text = formatPlan(plan, "c.yaml");
	expect(text).toContain("srt: 100 rows, 20 done, 3 short");
	expect(text).toContain("gold-check, 22 held");
	expect(text).toContain("so far:   $0.4100 spent; the ledger holds 80 replies\n");
	expect(text).toContain("the rest: $1.20 ($0.8000 to $2.40); 100 (90 to 160) requests;\n");
	expect(text).toContain("at worst: $12.00; 300 requests; tokens 900k in, 51.2k out\n");
	expect(text).toContain("budget:   $2.00: likely enough; 200 requests: enough; 30 minutes for each start\n");
	expect(text).toContain("\nnext:     candor run c.yaml --pilot 20\n");
	for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
	const { usd: _, ...unpriced } = toPay;
	expect(formatPlan({ ...plan, toPay: unpriced }, "c.yaml")).toContain("price:    not known");
});

test("after a pilot a person decides; without one, --yes does", async () => {
	const given: RunArguments = {
		config: "c.yaml",
		settings: [],
		pipelines: [],
		only: undefined,
		extend: false,
		pilot: 20,
		yes: false,
		dryRun: false,
		printConfig: false,
		json: false,
		quiet: false,
		progress: false,
	};
	const nobody = createTerminal();
	expect(await askAfterPilot(report, given, nobody)).toBe(false);
	expect(nobody.written.out).toContain("kept:     srt 20 of 22 (91 %)");
	expect(nobody.written.err).toContain("To go on: candor run c.yaml\n");
	expect(await askAfterPilot(report, { ...given, yes: true }, createTerminal())).toBe(true);
	const questions: string[] = [];
	const asking = (answer: boolean) => ({
		...createTerminal(),
		confirm: async (question: string) => {
			questions.push(question);
			return answer;
		},
	});
	expect(await askAfterPilot(report, given, asking(true))).toBe(true);
	expect(await askAfterPilot(report, { ...given, json: true }, asking(false))).toBe(false);
	expect(questions).toEqual(["Go on with the whole run? (y/N) ", "Go on with the whole run? (y/N) "]);
});

test("flags of plan and pilot", async () => {
	const { handlers, calls } = createRecorder();
	await type(["plan", "c.yaml", "--rows", "9", "--json"], handlers, createTerminal());
	await type(["run", "c.yaml", "--pilot", "20", "--yes"], handlers, createTerminal());
	await type(["run", "c.yaml", "--dry-run"], handlers, createTerminal());
	expect(calls.map(({ command, given }) => [command, given])).toEqual([
		["plan", { config: "c.yaml", settings: [{ flag: "--rows", path: "rows", value: 9 }], pipelines: [], json: true }],
		["run", expect.objectContaining({ pilot: 20, yes: true, dryRun: false })],
		["run", expect.objectContaining({ pilot: undefined, dryRun: true })],
	]);
	for (const line of [
		["run", "c.yaml", "--yes"],
		["run", "c.yaml", "--pilot", "2", "--dry-run"],
		["run", "c.yaml", "--pilot", "2", "--only", "g1"],
		["run", "c.yaml", "--pilot", "0"],
		["run", "c.yaml", "--yes=maybe", "--pilot", "2"],
		["plan"],
	]) {
		expect((await type(line, handlers, createTerminal())).code).toBe(2);
	}
	expect(calls).toHaveLength(3);
});
