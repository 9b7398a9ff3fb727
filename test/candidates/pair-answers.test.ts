import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countAnswers, type PoolCount } from "../../src/candidates/count-answers.js";
import { type PairTable, pairAnswers } from "../../src/candidates/pair-answers.js";
import { sameMeaning } from "../../src/language/synonyms.js";
import type { Question } from "../../src/records/index.js";
import { makeQuestion, readAll } from "./support.js";

const colors = ["white", "black", "blue", "red", "brown", "green", "yellow", "gray", "orange", "pink", "silver", "tan", "purple", "beige", "gold", "maroon"];

async function count(questions: readonly Question[]): Promise<PoolCount> {
	const task = (await countAnswers(readAll(questions))).get("color");
	if (task === undefined) throw new Error("there is no such task");
	return task;
}

/** As many questions of each answer as the numbers say. */
function pool(answers: readonly string[], counts: readonly number[]): Question[] {
	return answers.flatMap((answer, at) => Array.from({ length: counts[at] ?? 0 }, (_, index) => makeQuestion(`${answer}-${index}`, answer)));
}

/** By class: how likely each wrong answer is that is possible at all. */
function chancesOf(pairs: PairTable): Map<string, Map<string, number>> {
	return new Map(
		[...pairs.weights].map(([key, { keys, values }]) => [
			key,
			new Map(keys.map((wrong, at) => [wrong, values[at] ?? 0] as const).filter(([, chance]) => chance > 0)),
		]),
	);
}

/** Questions expected for each gold and wrong answer. */
function flowMatrix(task: PoolCount, pairs: PairTable): Map<string, Map<string, number>> {
	const matrix = new Map<string, Map<string, number>>();
	for (const [key, chances] of chancesOf(pairs)) {
		const { gold, count: size } = task.classes.get(key) ?? { gold: "", count: 0 };
		const row = matrix.get(gold) ?? new Map<string, number>();
		matrix.set(gold, row);
		for (const [wrong, chance] of chances) row.set(wrong, (row.get(wrong) ?? 0) + size * chance);
	}
	return matrix;
}

function keptOf(row: ReadonlyMap<string, number>): number {
	return [...row.values()].reduce((sum, flow) => sum + flow, 0);
}

function expectSymmetric(task: PoolCount, pairs: PairTable): void {
	const matrix = flowMatrix(task, pairs);
	for (const [gold, row] of matrix) {
		for (const [wrong, there] of row) {
			const back = matrix.get(wrong)?.get(gold);
			if (back !== undefined && there > 1e-6) expect(Math.abs(there - back) / there, `${gold} and ${wrong}`).toBeLessThan(1e-6);
		}
	}
}

function expectSound(task: PoolCount, pairs: PairTable): void {
	for (const [key, chances] of chancesOf(pairs)) {
		expect(keptOf(chances)).toBeLessThanOrEqual(1 + 1e-9);
		for (const [wrong, chance] of chances) {
			expect(chance).toBeGreaterThan(0);
			expect(sameMeaning(wrong, task.classes.get(key)?.gold ?? "")).toBe(false);
		}
	}
}

function expectCapped(task: PoolCount, pairs: PairTable, maxShare: number, slack = 0.01): void {
	const kept = [...flowMatrix(task, pairs).values()].map(keptOf);
	const total = kept.reduce((sum, value) => sum + value, 0);
	for (const value of kept) expect(value / total).toBeLessThan(Math.max(maxShare, 1 / kept.length) + slack);
}

describe("a skewed pool", () => {
	const zipf = colors.map((_, rank) => Math.round(2000 / (rank + 1)));

	it("is paired evenly, keeps most of its questions and no answer above its share", async () => {
		const task = await count(pool(colors, zipf));
		const pairs = pairAnswers(task, 0.4);
		expectSound(task, pairs);
		expectSymmetric(task, pairs);
		expectCapped(task, pairs, 0.4);
		const kept = [...flowMatrix(task, pairs).values()].reduce((sum, row) => sum + keptOf(row), 0);
		expect(kept).toBeGreaterThan(0.9 * task.questions);
	});

	it("holds a lower cap, which many answers meet", async () => {
		const task = await count(pool(colors, zipf));
		const pairs = pairAnswers(task, 0.1);
		expectSymmetric(task, pairs);
		expectCapped(task, pairs, 0.1);
		expect([...flowMatrix(task, pairs).values()].reduce((sum, row) => sum + keptOf(row), 0)).toBeGreaterThan(3000);
	});

	it("is paired evenly whatever the frequencies", async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 2, maxLength: 10 }), fc.constantFrom(0.2, 0.4, 1), async (counts, share) => {
				const task = await count(pool(colors, [600, ...counts]));
				const pairs = pairAnswers(task, share);
				expectSound(task, pairs);
				expectSymmetric(task, pairs);
			}),
			{ numRuns: 15 },
		);
	});

	it("never pairs what means the same", async () => {
		const task = await count(pool(["sofa", "couch", "chair", "gray", "grey", "dark gray", "table"], [200, 150, 100, 80, 70, 60, 50]));
		const pairs = pairAnswers(task, 0.4);
		expectSound(task, pairs);
		expect(chancesOf(pairs).get("sofa")?.has("couch")).toBe(false);
		expect(chancesOf(pairs).get("sofa")?.has("chair")).toBe(true);
	});

	it("brings numbers that are near more often than those far off", async () => {
		const task = await count(pool(["1", "2", "3", "4", "9"], [200, 200, 200, 200, 200]));
		const chances = chancesOf(pairAnswers(task, 0.4)).get("2");
		expect(chances?.get("3") ?? 0).toBeGreaterThan(1.5 * (chances?.get("9") ?? 1));
	});
});

describe("answers of a question's own", () => {
	it("are the only ones used where they can be paired", async () => {
		const own = pool(colors.slice(0, 6), [100, 100, 100, 100, 100, 100]).map((question) => ({
			...question,
			wrong: colors
				.slice(0, 6)
				.filter((color) => color !== question.answer)
				.slice(0, 3),
		}));
		const task = await count(own);
		const pairs = pairAnswers(task, 0.4);
		expectSymmetric(task, pairs);
		for (const [key, chances] of chancesOf(pairs)) for (const wrong of chances.keys()) expect(task.classes.get(key)?.own).toContain(wrong);
	});

	it("are used where the task has too few answers to draw from", async () => {
		const task = await count([makeQuestion("a", "red", { wrong: ["blue", "green", "pink"] }), makeQuestion("b", "red", { wrong: ["blue", "green", "pink"] })]);
		const chances = [...chancesOf(pairAnswers(task, 0.4)).values()][0];
		expect([...(chances?.keys() ?? [])].sort()).toEqual(["blue", "green", "pink"]);
		expect(keptOf(chances ?? new Map())).toBeCloseTo(1, 6);
	});

	it("that too few share are as if there were none: the question is given what others of its gold are given", async () => {
		const open = pool(colors.slice(0, 6), [200, 200, 200, 200, 200, 200]);
		const pairs = pairAnswers(await count([...open, makeQuestion("c", "red", { wrong: ["mauve", "cerise", "blue"] })]), 0.4);
		expect(pairs.weights.size).toBe(7);
		const other = [...pairs.weights.keys()].find((key) => key.startsWith("[")) ?? "";
		expect(pairs.weights.get(other)).toEqual(pairs.weights.get("red"));
		expect([...(chancesOf(pairs).get(other)?.keys() ?? [])].sort()).toEqual(
			colors
				.slice(0, 6)
				.filter((color) => color !== "red")
				.sort(),
		);
	});

	it("are all there is where they are choices, however rare", async () => {
		const choices = ["red", "blue", "mauve", "cerise"];
		const task = await count([...pool(colors.slice(0, 5), [200, 200, 200, 200, 200]), makeQuestion("c", "red", { choices })]);
		const pairs = pairAnswers(task, 0.4);
		const fixed = [...task.classes].find(([, { fixed: isFixed }]) => isFixed)?.[0] ?? "";
		for (const wrong of chancesOf(pairs).get(fixed)?.keys() ?? []) expect(choices).toContain(wrong);
		expect(chancesOf(pairs).get(fixed)?.size).toBeGreaterThan(0);
	});
});

describe("degenerate pools", () => {
	it("one answer: nothing can be paired", async () => {
		const task = await count(pool(["red"], [50]));
		expect([...chancesOf(pairAnswers(task, 0.4)).values()].every((chances) => chances.size === 0)).toBe(true);
	});

	it.each([20, 400])("two answers, as often as each other: nearly all are kept, though each is half (%i of each)", async (each) => {
		const task = await count(pool(["red", "blue"], [each, each]));
		const pairs = pairAnswers(task, 0.4);
		expectSymmetric(task, pairs);
		for (const chances of chancesOf(pairs).values()) expect(keptOf(chances)).toBeGreaterThan(0.99);
	});

	it("three answers", async () => {
		const task = await count(pool(["red", "blue", "green"], [500, 200, 100]));
		const pairs = pairAnswers(task, 0.4);
		expectSymmetric(task, pairs);
		expectCapped(task, pairs, 0.4);
		for (const chances of chancesOf(pairs).values()) expect(keptOf(chances)).toBeGreaterThan(0.1);
	});

	it("one answer that is 99 %", async () => {
		for (const share of [0.4, 1]) {
			const task = await count(pool(["red", "blue", "green", "pink", "gold"], [4950, 20, 15, 10, 5]));
			const pairs = pairAnswers(task, share);
			expectSound(task, pairs);
			expectSymmetric(task, pairs);
			if (share < 1) expectCapped(task, pairs, 0.4, 0.02);
			for (const answer of ["blue", "green"]) expect(keptOf(chancesOf(pairs).get(answer) ?? new Map())).toBeGreaterThan(0.5);
		}
	});
});
