import { expect, it } from "vitest";
import { describeShortfalls, listShortfalls } from "../../../src/sources/reserve/describe-shortfalls.js";

const task = (name: string, benchmark: number, train: number, test: number) => ({
	task: name,
	questions: 521,
	benchmark,
	"probe-train": train,
	"probe-test": test,
	training: 100,
});

it("says nothing where everyone got their share", () => {
	const wanted = { benchmark: 150, "probe-train": 301, "probe-test": 80 };
	expect(listShortfalls({ wanted, tasks: [task("color", 150, 150, 40), task("counting", 150, 151, 40)] })).toEqual([]);
});

it("names set, task, what was wanted and what there was", () => {
	const summary = {
		wanted: { benchmark: 150, "probe-train": 300, "probe-test": 80 },
		tasks: [task("color", 150, 180, 60), task("utility-affordance", 120, 110, 20)],
		replaced: {},
	};
	expect(describeShortfalls(summary)).toEqual([
		"benchmark: utility-affordance falls short: 120 of 150 questions, from 521 in the source, one for each picture at most",
		"probe-train: falls short: 290 of 300 questions",
		"probe-train: utility-affordance falls short: 110 of 150 questions, from 521 in the source, one for each picture at most; other tasks give what they can instead",
		"probe-test: utility-affordance falls short: 20 of 40 questions, from 521 in the source, one for each picture at most; other tasks give what they can instead",
	]);
});
