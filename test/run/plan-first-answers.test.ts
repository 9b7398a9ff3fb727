import { expect, test } from "vitest";
import { listSituations, planSlots, type TaskShare } from "../../src/candidates/plan-slots.js";
import { type ConfigInput, configSchema } from "../../src/config/index.js";
import { cellKey, scenarioTable } from "../../src/records/index.js";
import { quotasOfHarvest, quotasOfRun, unaskedShareOf } from "../../src/run/plan-first-answers.js";

const tasks: TaskShare[] = [
	{ task: "color", share: 1, forms: [{ share: 1 }] },
	{
		task: "object-presence",
		share: 2,
		forms: [
			{ answer: "yes", share: 1 },
			{ answer: "no", share: 1 },
		],
	},
];

const configure = (change: Partial<ConfigInput> = {}) => configSchema.parse({ out: "x", source: { type: "sample" }, rows: 200, ...change });
const pipelines = [
	{ name: "srt", skips: [] },
	{ name: "dpo", skips: ["neutral"] },
] as const;

test.each([
	{ timings: { "one-round": 1, "two-round": 1 } },
	{ timings: { "two-round": 1, "multi-round": 1 } },
	{ timings: { "multi-round": 1 }, scenarios: { misleading: 1, corrective: 1 } },
] as const)("a run asks for at least as many right and wrong answers as its places need: %j", (dialogue) => {
	const config = configure({ dialogue });
	const quotas = quotasOfRun(config, tasks, pipelines);
	const { cells, slots } = planSlots(200, listSituations(config.dialogue.scenarios, config.dialogue.timings), tasks);
	const needed = new Map<string, { right: number; wrong: number }>();
	for (const slot of slots) {
		const cell = cells[slot];
		const { standing } = scenarioTable[cell?.scenario ?? "neutral"];
		if (cell === undefined || standing === undefined || cell.timing === "one-round") continue;
		const key = cellKey({ task: cell.task, scenario: "neutral", timing: "one-round", ...(cell.answer === undefined ? {} : { answer: cell.answer }) });
		const need = needed.get(key) ?? { right: 0, wrong: 0 };
		// Of several rounds the first answer is right as often as wrong, whatever stands at the end.
		if (cell.timing === "multi-round") {
			need.right += 0.5;
			need.wrong += 0.5;
		} else need[standing]++;
		needed.set(key, need);
	}
	expect([...needed.keys()].sort()).toEqual([...quotas.keys()].sort());
	for (const [key, { right, wrong }] of needed) {
		expect(quotas.get(key)?.right).toBeGreaterThanOrEqual(right);
		expect(quotas.get(key)?.wrong).toBeGreaterThanOrEqual(wrong);
		expect(quotas.get(key)?.wrong).toBeLessThanOrEqual(2 * wrong + 4);
	}
});

test("a longer run wants no fewer of anything", () => {
	const [few, many] = [100, 150].map((rows) => quotasOfRun(configure({ rows }), tasks, pipelines));
	for (const [key, { right, wrong }] of few ?? []) {
		expect(many?.get(key)?.right).toBeGreaterThanOrEqual(right);
		expect(many?.get(key)?.wrong).toBeGreaterThanOrEqual(wrong);
	}
});

test("a harvest's wrong answers are shared as the config shares rows, yes and no alike; right ones are not waited for", () => {
	const quotas = [...quotasOfHarvest(30, tasks).values()];
	expect(quotas.map(({ cell, wrong, right }) => [cell.task, cell.answer, wrong, right]).sort()).toEqual([
		["color", undefined, 10, 0],
		["object-presence", "no", 10, 0],
		["object-presence", "yes", 10, 0],
	]);
});

test.each([
	{ dialogue: { timings: { "one-round": 1 }, scenarios: { misleading: 1, corrective: 1, neutral: 1 } }, share: 1 },
	{ dialogue: { timings: { "two-round": 1 }, scenarios: { misleading: 1, corrective: 1 } }, share: 0 },
	// One dialogue in two needs no answer; of the others one in two needs a wrong one, which takes six questions.
	{ dialogue: { timings: { "one-round": 1, "two-round": 1 }, scenarios: { misleading: 1, corrective: 1 } }, share: 1 / (1 + 6 * 0.5) },
	{ dialogue: { timings: { "multi-round": 1 }, scenarios: { misleading: 1, corrective: 1, neutral: 2 } }, share: 2 / (2 + 6 * 1) },
] as const)("questions are kept from the student for dialogues without a first answer: %j", ({ dialogue, share }) => {
	expect(unaskedShareOf(configure({ dialogue }))).toBeCloseTo(share, 10);
});
