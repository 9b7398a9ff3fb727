import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { random } from "../../../src/pipeline/random.js";
import type { Question } from "../../../src/records/index.js";
import { drawSets } from "../../../src/sources/reserve/draw-sets.js";
import { drawIds, makeQuestion, nothing, tabulate } from "./questions.js";

const idsOf = (lists: readonly (readonly Question[])[]) => lists.flat().map(({ id }) => id);
const picturesOf = (lists: readonly (readonly Question[])[]) => new Set(lists.flat().map(({ image, imageId }) => imageId ?? image));

/** Four tasks over shared pictures; one of them is small, one is yes or no with few noes, one has a frequent answer. */
function makeSource(pictures: number, seed: number): Question[] {
	const rng = random(seed, "source", "questions");
	return Array.from({ length: pictures }, (_, picture) => {
		const image = `/pictures/${picture}.jpg`;
		const questions = [
			{ task: "color", answer: rng.next() < 0.8 ? "white" : rng.pick(["red", "blue", "green"]) },
			{ task: "object-presence", answer: rng.next() < 0.7 ? "yes" : "no" },
			{ task: "counting", answer: String(rng.below(6)) },
			...(picture % 10 === 0 ? [{ task: "utility-affordance", answer: rng.pick(["to eat", "to sit", "to ride"]) }] : []),
		];
		return questions.map((question, index) => makeQuestion(picture * 10 + index, { image, ...question }));
	}).flat();
}

const source = makeSource(600, 1);

describe("the benchmark", () => {
	it("takes so many of each task, and all that a small task has", async () => {
		const { benchmark } = await drawIds(source, { benchmark: 100 });
		expect(benchmark.map((list) => [list[0]?.task, list.length])).toEqual([
			["color", 100],
			["counting", 100],
			["object-presence", 100],
			["utility-affordance", 60],
		]);
	});

	it("has as many yes as no, and no other answer in more than 40 %, where the source allows it", async () => {
		const { benchmark } = await drawIds(source, { benchmark: 100 });
		const count = (task: number, answer: string) => benchmark[task]?.filter((question) => question.answer === answer).length;
		expect([count(2, "yes"), count(2, "no")]).toEqual([50, 50]);
		expect(count(0, "white")).toBe(40);
	});

	it("takes what there is, where answers cannot be spread", async () => {
		const only = Array.from({ length: 30 }, (_, id) => makeQuestion(id, { answer: id < 28 ? "red" : "blue" }));
		expect((await drawIds(only, { benchmark: 20 })).benchmark.flat()).toHaveLength(20);
		const yes = only.map((question) => ({ ...question, answer: "yes" }));
		expect((await drawIds(yes, { benchmark: 20 })).benchmark.flat()).toHaveLength(20);
	});

	it("takes one question of a picture and task, under whatever name the picture goes", async () => {
		const twice = Array.from({ length: 40 }, (_, id) => makeQuestion(id, { image: `/pictures/${id}.jpg`, imageId: String(id % 10) }));
		expect((await drawIds(twice, { benchmark: 40 })).benchmark.flat()).toHaveLength(10);
	});
});

describe("the probe", () => {
	const wanted = { benchmark: 20, "probe-train": 240, "probe-test": 80 };

	it("spreads equally over tasks; what a small one lacks, the others give", async () => {
		const drawn = await drawIds(source, wanted);
		const lengths = drawn["probe-train"].map(({ length }) => length);
		expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(240);
		expect(lengths[3]).toBeLessThan(60);
		expect(lengths[3]).toBeGreaterThan(5);
		for (const length of lengths.slice(0, 3)) expect(Math.abs(length - (240 - (lengths[3] ?? 0)) / 3)).toBeLessThanOrEqual(1);
	});

	it("leaves half of the pictures alone, however much is wanted", async () => {
		const drawn = await drawIds(source, { "probe-train": 100_000, "probe-test": 25_000 });
		const probed = picturesOf([...drawn["probe-train"], ...drawn["probe-test"]]).size;
		expect(probed).toBeGreaterThan(250);
		expect(probed).toBeLessThan(350);
	});

	it("has no part where none is wanted", async () => {
		const drawn = await drawIds(source, { "probe-test": 30 });
		expect([drawn.benchmark.flat(), drawn["probe-train"].flat()]).toEqual([[], []]);
		expect(drawn["probe-test"].flat()).toHaveLength(30);
	});
});

it("shares no picture between sets, and draws the same whatever the source's order", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 80 }),
			fc.record({ benchmark: fc.integer({ min: 0, max: 30 }), "probe-train": fc.integer({ min: 0, max: 60 }), "probe-test": fc.integer({ min: 0, max: 30 }) }),
			fc.integer({ min: 0, max: 1000 }),
			async (pictures, wanted, seed) => {
				const questions = makeSource(pictures, seed);
				const drawn = await drawIds(questions, wanted, seed);
				const sets = [drawn.benchmark, drawn["probe-train"], drawn["probe-test"]].map(picturesOf);
				for (const [a, first] of sets.entries()) for (const second of sets.slice(a + 1)) for (const picture of first) expect(second.has(picture)).toBe(false);
				const shuffled = random(seed, "order", "shuffle").shuffle(questions);
				expect(await drawIds(shuffled, wanted, seed)).toEqual(drawn);
			},
		),
		{ numRuns: 40 },
	);
});

it("is nested: a smaller benchmark is the beginning of a larger one", async () => {
	const large = (await drawIds(source, { benchmark: 150 })).benchmark;
	for (const perTask of [1, 7, 40, 149]) {
		const small = (await drawIds(source, { benchmark: perTask })).benchmark;
		expect(small).toEqual(large.map((list) => list.slice(0, perTask)));
	}
});

it("draws others with another seed", async () => {
	const first = idsOf((await drawIds(source, { benchmark: 50 }, 0)).benchmark);
	const second = idsOf((await drawIds(source, { benchmark: 50 }, 1)).benchmark);
	expect(first.filter((id) => second.includes(id)).length).toBeLessThan(first.length / 2);
});

it("puts the next question in the place of one whose picture cannot be used", async () => {
	const table = await tabulate(source);
	const wanted = { benchmark: 10, "probe-train": 0, "probe-test": 0 };
	const [before = []] = drawSets(table, wanted, nothing).benchmark;
	const lost = table.pictures[before[3] ?? 0] ?? 0;
	const [after = []] = drawSets(table, wanted, { ...nothing, benchmark: new Set([lost]) }).benchmark;
	expect(after).toHaveLength(10);
	expect(after).not.toContain(before[3]);
	expect(before.filter((row) => after.includes(row)).length).toBeGreaterThanOrEqual(8);
});
