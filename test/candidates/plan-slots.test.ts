import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listSituations, needsThirdAnswer, planSlots, type TaskShare } from "../../src/candidates/plan-slots.js";
import { type Cell, type Scenario, scenarios, scenarioTable, type Timing } from "../../src/records/index.js";
import { defaultOptions } from "./support.js";

const open: TaskShare["forms"] = [{ share: 1 }];
const yesNo: TaskShare["forms"] = [
	{ answer: "yes", share: 1 },
	{ answer: "no", share: 1 },
];
const tasks: TaskShare[] = [
	{ task: "attribute", share: 1, forms: [...yesNo, { share: 6 }] },
	{ task: "color", share: 1, forms: open },
	{ task: "counting", share: 2, forms: open },
	{ task: "object-presence", share: 1, forms: yesNo },
];
const situations = listSituations(defaultOptions.scenarios, defaultOptions.timings);

function plan(rows: number, of = situations, tasksOf = tasks): Cell[] {
	const { cells, slots } = planSlots(rows, of, tasksOf);
	return [...slots].map((index) => cells[index] as Cell);
}

const shareOf = fc.integer({ min: 0, max: 30 });
const scenarioShares = fc.record(Object.fromEntries(scenarios.map((scenario) => [scenario, shareOf])) as Record<Scenario, typeof shareOf>);

const count = fc.integer({ min: 0, max: 9 });

describe("listSituations", () => {
	it("divides each scenario's share among the timings that it can have", () => {
		fc.assert(
			fc.property(scenarioShares, fc.record({ "one-round": count, "two-round": count, "multi-round": count }), (shares, timings) => {
				const listed = listSituations(shares, timings);
				for (const scenario of scenarios) {
					const mine = listed.filter((situation) => situation.scenario === scenario);
					const able = scenarioTable[scenario].timings;
					const possible = able.length === 1 || able.some((timing) => timings[timing] > 0);
					expect(mine.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(possible ? shares[scenario] : 0, 9);
					for (const { timing, share } of mine) {
						expect(scenarioTable[scenario].timings).toContain(timing);
						expect(share).toBeGreaterThan(0);
					}
				}
			}),
		);
	});
});

describe("planSlots", () => {
	it("keeps scenario and timing within a point of their shares in every prefix of 1,000", () => {
		const rows = plan(3000);
		const total = situations.reduce((sum, { share }) => sum + share, 0);
		for (let from = 0; from + 1000 <= rows.length; from += 1000) checkShares(rows.slice(0, from + 1000), total);
		checkShares(rows.slice(0, 1000), total);
	});

	function checkShares(rows: readonly Cell[], total: number): void {
		for (const scenario of scenarios) {
			const wanted = situations.filter((situation) => situation.scenario === scenario).reduce((sum, { share }) => sum + share, 0) / total;
			expect(Math.abs(rows.filter((cell) => cell.scenario === scenario).length / rows.length - wanted)).toBeLessThan(0.01);
		}
		for (const timing of ["one-round", "two-round"] satisfies Timing[]) {
			const wanted = situations.filter((situation) => situation.timing === timing).reduce((sum, { share }) => sum + share, 0) / total;
			expect(Math.abs(rows.filter((cell) => cell.timing === timing).length / rows.length - wanted)).toBeLessThan(0.01);
		}
	}

	it("keeps to any shares of scenarios in a prefix of 1,000", () => {
		fc.assert(
			fc.property(scenarioShares, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (shares, one, two) => {
				const listed = listSituations(shares, { "one-round": one, "two-round": two });
				fc.pre(listed.length > 0);
				const rows = plan(1000, listed);
				const total = listed.reduce((sum, { share }) => sum + share, 0);
				for (const { scenario, timing, share } of listed) {
					const count = rows.filter((cell) => cell.scenario === scenario && cell.timing === timing).length;
					expect(Math.abs(count / 1000 - share / total)).toBeLessThan(0.01);
				}
			}),
			{ numRuns: 30 },
		);
	});

	it("begins a longer plan with a shorter one", () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 300 }), (rows) => {
				expect(plan(10 * rows).slice(0, rows)).toEqual(plan(rows));
			}),
			{ numRuns: 20 },
		);
	});

	it("gives no both-wrong slot to questions with two answers", () => {
		const bothWrong = plan(2000).filter(({ scenario }) => needsThirdAnswer(scenario));
		expect(bothWrong.length).toBeGreaterThan(0);
		expect(bothWrong.filter(({ answer }) => answer !== undefined)).toEqual([]);
		expect(bothWrong.some(({ task }) => task === "object-presence")).toBe(false);
		expect(plan(100, situations, [{ task: "object-presence", share: 1, forms: yesNo }]).filter(({ scenario }) => scenario === "both-wrong")).toEqual([]);
		const only = listSituations({ "both-wrong": 1 }, defaultOptions.timings);
		expect(plan(100, only, [{ task: "object-presence", share: 1, forms: yesNo }])).toEqual([]);
	});

	it("lets yes and no take turns within every situation", () => {
		const rows = plan(4000).filter(({ task, answer }) => task === "object-presence" && answer !== undefined);
		for (const { scenario, timing } of situations) {
			const answers = rows.filter((cell) => cell.scenario === scenario && cell.timing === timing).map(({ answer }) => answer);
			for (const [index, answer] of answers.entries()) if (index > 0) expect(answer).not.toBe(answers[index - 1]);
		}
	});

	it("gives tasks their shares, also in a short run", () => {
		for (const length of [60, 1000]) {
			const rows = plan(
				length,
				situations.filter(({ scenario }) => scenario !== "both-wrong"),
			);
			for (const { task, share } of tasks) {
				const count = rows.filter((cell) => cell.task === task).length;
				expect(Math.abs(count / length - share / 5)).toBeLessThan(length === 60 ? 0.12 : 0.02);
			}
		}
	});

	it("plans nothing without situations or tasks", () => {
		expect(plan(10, [])).toEqual([]);
		expect(plan(10, situations, [])).toEqual([]);
	});
});
