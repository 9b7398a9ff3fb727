import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { formatReaders, formatTelling } from "../../src/audit/format-readers.js";
import { readCandidates } from "../../src/audit/read-candidates.js";
import type { ReaderResult } from "../../src/audit/run-reader.js";
import { loadWordings } from "../../src/candidates/wordings.js";
import type { Candidate } from "../../src/records/index.js";
import { drawBalanced } from "../support/draw-balanced.js";
import { plantInClaims, plantInWordings } from "../support/plant-leak.js";
import { makeVqaLikeQuestions } from "../support/vqa-like.js";

const wordings = loadWordings(join(import.meta.dirname, "../../prompts"));
const scenarios = ["misleading", "corrective", "affirm-right", "affirm-wrong", "doubt-right", "doubt-wrong"];
// Real draws at reduced size: two tasks, with some 2,600 and 2,000 misleading and as many corrective candidates.
const rows = 9_300;
let train: Candidate[];
let test: Candidate[];

function ofColor(candidates: readonly Candidate[]): Candidate[] {
	return candidates.filter(({ cell }) => cell.task === "color");
}

async function draw(seed: number): Promise<Candidate[]> {
	// As many "no" as "yes" are drawn, and "no" is rare, so that more questions are needed for these.
	const questions = [
		["color", 6500],
		["object-presence", 7500],
	] as const;
	const asked = questions.flatMap(([task, perTask]) => makeVqaLikeQuestions({ seed, perTask, pictures: 12_000, tasks: [task] }));
	const drawn = await drawBalanced(asked, wordings, {
		seed,
		rows,
		scenarios: { misleading: 1, corrective: 1 },
		timings: { "two-round": 1 },
		tasks: { color: 1.3, "object-presence": 1 },
	});
	return [...drawn.candidates(scenarios)];
}

function find(results: readonly ReaderResult[], reader: string, task = "all"): ReaderResult {
	const found = results.find((result) => result.reader === reader && result.task === task);
	if (found === undefined) throw new Error(`no result of ${reader} for ${task}`);
	return found;
}

describe("readers of candidates", { timeout: 60_000 }, () => {
	beforeAll(async () => {
		[train, test] = await Promise.all([draw(1), draw(2)]);
	}, 120_000);

	it("find nothing in balanced candidates but the language prior", () => {
		const results = readCandidates(train, test, 1);
		const limited = results.filter(({ limit }) => limit !== undefined);
		// Masked pooled; answers pooled and for each task.
		expect(limited).toHaveLength(4);
		expect(limited.filter(({ passes }) => passes !== true).map(formatTelling)).toEqual([]);
		expect(limited.every(({ perSide }) => perSide >= 2000)).toBe(true);
		const prior = find(results, "language-prior");
		expect(prior.low).toBeGreaterThan(0.53);
		expect(prior).not.toHaveProperty("limit");
	});

	it("find a leak of 0.60 in the users' wordings, and name it", () => {
		const results = readCandidates(plantInWordings(ofColor(train), 0.6, 1), plantInWordings(ofColor(test), 0.6, 2), 1);
		const masked = find(results, "masked");
		expect(masked.passes).toBe(false);
		expect(masked.accuracy).toBeGreaterThan(0.57);
		expect(masked.telling.every(({ feature, errors }) => /consider|that|think|it|over/.test(feature) && errors > 5)).toBe(true);
	});

	it("find a leak of 0.60 in the claims, which masking hides", () => {
		const results = readCandidates(plantInClaims(ofColor(train), 0.6, 1), plantInClaims(ofColor(test), 0.6, 2), 1);
		expect(find(results, "answers").passes).toBe(false);
		expect(find(results, "answers").accuracy).toBeGreaterThan(0.55);
		expect(find(results, "masked").accuracy).toBeLessThan(0.53);
	});

	it("say when there are too few candidates to tell, and read the same again", () => {
		const [few, others] = [train, test].map((all) => all.filter((_, index) => index % 10 === 0)) as [Candidate[], Candidate[]];
		const results = readCandidates(few, others, 1);
		expect(results.length).toBeGreaterThan(0);
		expect(results.every(({ passes }) => passes === undefined)).toBe(true);
		expect(readCandidates(few, others, 1)).toEqual(results);
		expect(formatReaders(results)).toContain("too few to tell");
	});

	it("refuse two sets that share a picture", () => {
		expect(() => readCandidates(train, [...test.slice(0, 5), ...train.slice(0, 1)], 1)).toThrow(/picture .* is in both sets/);
	});
});
