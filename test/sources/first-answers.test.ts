import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readFirstAnswers } from "../../src/sources/first-answers.js";

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "candor-first-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(lines: readonly object[]): Promise<{ answers: Map<string, string>; warnings: string[] }> {
	const path = join(folder, "answers.jsonl");
	await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
	const warnings: string[] = [];
	const { byQuestion } = await readFirstAnswers(path, (message) => warnings.push(message));
	return { answers: new Map([...byQuestion].flatMap(([id, { answer }]) => (answer === undefined ? [] : [[id, answer] as const]))), warnings };
}

test("words are taken, without the letter before them and the stop after them", async () => {
	const { answers, warnings } = await read([
		{ question: "a", answer: "(B) mauve" },
		{ question: 7, answer: "Two dogs." },
		{ question: "c", answer: "D. on the left" },
		{ question: "d", answer: "3" },
	]);
	expect([...answers]).toEqual([
		["a", "mauve"],
		["7", "Two dogs"],
		["c", "on the left"],
		["d", "3"],
	]);
	expect(warnings).toEqual([]);
});

test("letters, sentences and nothing are left out and counted", async () => {
	const { answers, warnings } = await read([
		{ question: "a", answer: "B" },
		{ question: "b", answer: "(C)." },
		{ question: "c", answer: "I think that the animal in the picture is a brown horse." },
		{ question: "d", answer: "  " },
		{ question: "e", answer: "red" },
	]);
	expect([...answers.keys()]).toEqual(["e"]);
	expect(warnings).toHaveLength(1);
	expect(warnings[0]).toContain("4 answers");
});

test("a line that does not fit stops with its number", async () => {
	await expect(read([{ question: "a", answer: "red" }, { id: 3 }])).rejects.toThrow(/answers\.jsonl:2: needs the fields/);
});

test("what the model was shown comes along: choices with their letters, none at all, or nothing is known", async () => {
	const path = join(folder, "shown.jsonl");
	const shown = { choices: ["red", "blue"], labels: "1234" };
	const lines = [
		{ question: "a", answer: "red", ...shown, model: "small-vlm", truth: "right", reply: "1" },
		{ question: "b", answer: "red", choices: [], model: "small-vlm" },
		{ question: "c", answer: "red", choices: null, labels: null, model: "small-vlm" },
		{ question: "d", answer: null, ...shown, model: "small-vlm", truth: "unparsable" },
	];
	await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
	const { byQuestion, model } = await readFirstAnswers(path, () => {});
	expect([...byQuestion]).toEqual([
		["a", { answer: "red", ...shown }],
		["b", { answer: "red", choices: [] }],
		["c", { answer: "red" }],
		["d", {}],
	]);
	expect(model).toBe("small-vlm");
});
