import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAnswerPool } from "../../src/candidates/answer-pool.js";
import { countAnswers, type PoolCount, usualSpelling } from "../../src/candidates/count-answers.js";
import { sameMeaning } from "../../src/language/synonyms.js";
import type { Question } from "../../src/records/index.js";
import { makeQuestion, readAll } from "./support.js";

const answers = ["sofa", "couch", "chair", "red", "dark red", "gray", "grey", "2", "3", "7", "dog", "animal"];

async function count(questions: readonly Question[]): Promise<PoolCount> {
	const task = (await countAnswers(readAll(questions))).get("color");
	if (task === undefined) throw new Error("there is no such task");
	return task;
}

/** Each answer as often as it comes late in the list, under one of two openings. */
const questions = answers.flatMap((answer, at) =>
	Array.from({ length: at + 1 }, (_, index) =>
		makeQuestion(`${answer}-${index}`, answer, { text: index % 3 === 0 ? "Which one is it?" : `What is thing ${index}?` }),
	),
);

describe("the answers of a pool", () => {
	it("stand by how often they are golds, and are found by their key", async () => {
		const { golds } = await count(questions);
		const pool = createAnswerPool(await count(questions));
		expect([...pool.frequencies]).toEqual([...golds.values()].sort((a, b) => b - a));
		for (const [index, key] of pool.keys.entries()) {
			expect(pool.indexOf(key)).toBe(index);
			expect(pool.frequencies[index]).toBe(golds.get(key));
		}
		expect(pool.indexOf("mauve")).toBe(-1);
	});

	it("are plausible beside each other both ways, and not at all where they mean the same", async () => {
		const pool = createAnswerPool(await count(questions));
		const any = fc.constantFrom(...pool.keys, "settee", "5", "crimson", "poodle");
		fc.assert(
			fc.property(any, any, (a, b) => {
				const value = pool.plausible(a, b);
				expect(value === 0, `${a} and ${b}`).toBe(sameMeaning(a, b));
				expect(value).toBe(pool.plausible(b, a));
				const index = pool.indexOf(b);
				if (index >= 0) expect(pool.plausibleRow(a)[index]).toBe(value);
			}),
		);
	});

	it("are told from what a text means", async () => {
		const pool = createAnswerPool(await count(questions));
		for (const text of ["A settee", "two", "Dark Red", "poodle", "mauve"]) {
			expect([...pool.sameMeaningRow(text)]).toEqual(pool.keys.map((key) => Number(sameMeaning(text, key))));
		}
		expect([...pool.sameMeaningRow("mauve")]).not.toContain(1);
		expect(pool.sameMeaningRow("A settee")[pool.indexOf("sofa")]).toBe(1);
	});

	it("are the 400 most frequent ones", async () => {
		const many = Array.from({ length: 450 }, (_, index) => `w${index}x`).flatMap((answer, at) =>
			Array.from({ length: at < 400 ? 2 : 1 }, (_, index) => makeQuestion(`${answer}-${index}`, answer)),
		);
		const pool = createAnswerPool(await count(many));
		expect(pool.keys.length).toBe(400);
		expect(pool.frequencies.every((frequency) => frequency === 2)).toBe(true);
	});
});

it("an answer's usual spelling is the most frequent one; of two as frequent, the one in small letters", async () => {
	const spelled = (texts: readonly string[]) => count(texts.map((text, index) => makeQuestion(`q${index}`, text)));
	expect(usualSpelling(await spelled(["Red", "red", "Red"]), "red")).toBe("Red");
	expect(usualSpelling(await spelled(["red", "Red"]), "red")).toBe("red");
	expect(usualSpelling(await spelled(["Red", "red"]), "red")).toBe("red");
	expect(usualSpelling(await spelled(["red"]), "blue")).toBeUndefined();
});
