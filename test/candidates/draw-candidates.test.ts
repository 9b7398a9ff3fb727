import { describe, expect, it } from "vitest";
import type { CandidateOptions, FirstAnswer } from "../../src/candidates/candidate-options.js";
import type { Draw } from "../../src/candidates/draw-candidates.js";
import { sameMeaning } from "../../src/language/synonyms.js";
import { random } from "../../src/pipeline/random.js";
import { type Candidate, candidateSchema, type Question, scenarioTable } from "../../src/records/index.js";
import { makeVqaLikeQuestions } from "../support/vqa-like.js";
import { drawFrom, listCandidates, makeQuestion, wordings } from "./support.js";

const questions = makeVqaLikeQuestions({ seed: 1, perTask: 200, pictures: 2000, tasks: ["color", "counting", "object-presence", "sport-recognition"] });
const few = makeVqaLikeQuestions({ seed: 2, perTask: 80, pictures: 500, tasks: ["color", "counting", "object-presence", "attribute"], variantShare: 0.2 });

function expectPrefix(small: Draw, large: Draw): void {
	for (const [key, list] of small.byCell) {
		const other = large.byCell.get(key);
		expect(list.length, key).toBeLessThanOrEqual(other?.length ?? 0);
		const ranks = Array.from({ length: list.length }, (_, rank) => rank);
		const moved = ranks.filter((rank) => JSON.stringify(list.at(rank)) !== JSON.stringify(other?.at(rank)) || list.imageOf(rank) !== other?.imageOf(rank));
		expect(moved, key).toEqual([]);
	}
}

/** Pairs of options that mean the same. */
function twinsOf({ options }: Candidate): string[] {
	return options.flatMap((option, index) =>
		options
			.slice(index + 1)
			.filter((other) => sameMeaning(option, other))
			.map((other) => `${option}, ${other}`),
	);
}

describe("nested sampling", () => {
	it("begins a large draw with a small one, cell by cell", async () => {
		const small = await drawFrom(questions, {}, 40);
		const large = await drawFrom(questions, {}, 1000);
		expect(small.truncated).toBe(true);
		expect(large.truncated).toBe(false);
		expectPrefix(small, large);
	});

	it("does so with several dialogues of a question", async () => {
		const options = { dialoguesPerQuestion: 3 };
		expectPrefix(await drawFrom(few, options, 50), await drawFrom(few, options, 150));
	});

	it("does so where one task has questions with two choices and others", async () => {
		const mixed: Question[] = Array.from({ length: 400 }, (_, index) => {
			const answer = ["red", "blue", "green", "pink", "brown"][index % 5] ?? "";
			const other = ["red", "blue", "green", "pink", "brown"][(index + 1) % 5] ?? "";
			return makeQuestion(`m${index}`, answer, index % 8 === 0 ? { choices: [answer, other] } : {});
		});
		const small = await drawFrom(mixed, {}, 60);
		expect(small.truncated).toBe(true);
		expectPrefix(small, await drawFrom(mixed, {}, 5000));
	});

	it("does so for a seed's own order: another seed draws others", async () => {
		const first = (seed: number) => drawFrom(few, { seed }, 20).then((draw) => new Set(listCandidates(draw).map(({ question }) => question.id)));
		const [a, b] = [await first(1), await first(2)];
		expect([...a].filter((id) => b.has(id)).length).toBeLessThan(a.size);
	});
});

describe("order", () => {
	it("of the source does not matter", async () => {
		for (const limit of [30, 1000]) {
			const straight = await drawFrom(few, { dialoguesPerQuestion: 2 }, limit);
			const shuffled = await drawFrom(random(9, "order", "test").shuffle(few), { dialoguesPerQuestion: 2 }, limit);
			expectPrefix(straight, shuffled);
			expectPrefix(shuffled, straight);
			// How many were looked at in vain is known only where all were looked at.
			if (!straight.truncated) expect(shuffled.notDrawn).toEqual(straight.notDrawn);
		}
	});
});

describe("candidates", () => {
	const all = drawFrom(few, { dialoguesPerQuestion: 4 }).then(listCandidates);

	it("fit their schema and end with the user", async () => {
		for (const candidate of await all) {
			candidateSchema.parse(candidate);
			expect(candidate.turns.at(-1)?.role).toBe("user");
		}
	});

	it("use each question at most as often as asked, each dialogue once", async () => {
		const perQuestion = new Map<string, number[]>();
		for (const { question, dialogue } of await all) perQuestion.set(question.id, [...(perQuestion.get(question.id) ?? []), dialogue]);
		for (const dialogues of perQuestion.values()) {
			expect(dialogues.length).toBeLessThanOrEqual(4);
			expect(new Set(dialogues).size).toBe(dialogues.length);
		}
		expect(Math.max(...[...perQuestion.values()].map((dialogues) => dialogues.length))).toBe(4);
	});

	it("have choices of different meaning, the gold once among them, and the wrong one", async () => {
		for (const candidate of await all) {
			const { options, question, wrong, standing = wrong, claim = wrong, cell } = candidate;
			expect(options.filter((option) => option === question.answer)).toHaveLength(1);
			expect([wrong, standing, claim].every((answer) => options.includes(answer)) && wrong !== question.answer).toBe(true);
			expect(twinsOf(candidate)).toEqual([]);
			expect(options).toHaveLength(cell.answer === undefined ? 4 : 2);
		}
	});

	it("spell an answer the same whether it is right or wrong", async () => {
		const spellings = new Map<string, Set<string>>();
		for (const { options, cell } of await all) {
			for (const option of options)
				spellings.set(`${cell.task} ${option.toLowerCase()}`, (spellings.get(`${cell.task} ${option.toLowerCase()}`) ?? new Set()).add(option));
		}
		expect([...spellings.values()].filter(({ size }) => size > 1)).toEqual([]);
	});

	it("say what the scenario says", async () => {
		for (const { cell, question, wrong, standing, claim, verdict, act } of await all) {
			const facts = scenarioTable[cell.scenario];
			expect(verdict).toBe(facts.verdict);
			expect(act).toBe(facts.act);
			if (cell.timing === "one-round") expect(standing).toBeUndefined();
			else expect(standing === question.answer).toBe(facts.standing === "right");
			const expected = { right: question.answer, wrong, standing };
			if (facts.claim === undefined) expect(claim).toBeUndefined();
			else if (facts.claim === "other-wrong") expect([question.answer, standing]).not.toContain(claim);
			else expect(claim).toBe(expected[facts.claim]);
		}
	});

	it("number no choices of counting questions", async () => {
		const labels = (await all).map(({ cell, labels: shown }) => `${cell.task === "counting" ? "counting" : "other"} ${shown ?? "open"}`);
		expect(labels).not.toContain("counting 1234");
		for (const label of ["counting ABCD", "counting open", "other 1234", "other ABCD", "other open"]) expect(labels).toContain(label);
	});

	it("spread the place of the gold evenly", async () => {
		const places = (await all).filter(({ options }) => options.length === 4).map(({ options, question }) => options.indexOf(question.answer));
		for (const place of [0, 1, 2, 3]) expect(places.filter((at) => at === place).length / places.length).toBeCloseTo(0.25, 1);
	});

	it("bring each tone and pressure as often with misleading as with corrective", async () => {
		const draw = await drawFrom(questions, { dialoguesPerQuestion: 3 });
		for (const side of ["tone", "pressure"] as const) {
			const shares = (scenario: string) => {
				const values = listCandidates(draw)
					.filter(({ cell }) => cell.scenario === scenario)
					.map((candidate) => candidate[side] ?? "");
				return new Map([...new Set(values)].map((value) => [value, values.filter((other) => other === value).length / values.length]));
			};
			const [misleading, corrective] = [shares("misleading"), shares("corrective")];
			expect([...misleading.keys()].sort()).toEqual([...corrective.keys()].sort());
			for (const [value, share] of misleading) expect(Math.abs(share - (corrective.get(value) ?? 0)), value).toBeLessThan(0.02);
		}
	});

	it("leave out answers that are also right", async () => {
		const also = few.map((question) => (question.answer === "white" ? { ...question, alsoRight: ["black"] } : question));
		for (const { question, options } of listCandidates(await drawFrom(also, { dialoguesPerQuestion: 2 }))) {
			if (question.alsoRight !== undefined) expect(options).not.toContain("black");
		}
	});

	it("pair answers evenly where some questions have another right answer", async () => {
		const frequencies = { walking: 900, tennis: 700, reading: 500, waving: 400, sitting: 300 };
		const skewed = Object.entries(frequencies).flatMap(([answer, size]) =>
			Array.from({ length: size }, (_, index) => ({
				...makeQuestion(`${answer}-${index}`, answer),
				...(answer === "tennis" && index % 2 === 0 ? { alsoRight: ["walking"] } : {}),
			})),
		);
		const counts = new Map<string, number>();
		for (const { question, wrong, options } of listCandidates(await drawFrom(skewed, { dialoguesPerQuestion: 4 }))) {
			for (const key of [`${question.answer} not ${wrong}`, ...options.map((option) => `${question.answer} not ${wrong} beside ${option}`)]) {
				counts.set(key, (counts.get(key) ?? 0) + 1);
			}
		}
		for (const other of ["reading", "waving", "sitting"]) {
			expectEven(counts, `tennis not ${other} beside walking`, `${other} not tennis beside walking`);
		}
		expectEven(counts, "tennis not walking", "walking not tennis");
	});
});

/** Apart by chance alone: at most five standard errors. */
function expectEven(counts: ReadonlyMap<string, number>, one: string, other: string): void {
	const [a, b] = [counts.get(one) ?? 0, counts.get(other) ?? 0];
	expect(a + b, one).toBeGreaterThan(100);
	expect(Math.abs(a - b) / Math.sqrt(a + b), one).toBeLessThan(5);
}

describe("the held-out family", () => {
	it("uses held-out wordings, clauses and question templates only, and train none of them", async () => {
		const families = new Map(
			[...wordings.wordings, ...wordings.clauses, ...wordings.multipleChoice, ...wordings.openEnded].map(({ id, family }) => [id, family]),
		);
		for (const family of ["train", "held-out"] as const) {
			for (const { wording, clause, questionTemplate, family: own } of listCandidates(await drawFrom(few, { family, dialoguesPerQuestion: 4 }))) {
				expect(own).toBe(family);
				for (const id of [wording, clause, questionTemplate]) if (id !== undefined) expect(families.get(id), id).toBe(family);
			}
		}
	});
});

describe("a model's own first answers", () => {
	const colorQuestions = few.filter(({ task }) => task === "color" || task === "object-presence");
	// A third right, a third wrong, a third missing; among the wrong ones an answer that nobody else gives.
	const byQuestion = new Map(
		colorQuestions.flatMap((question, index): [string, FirstAnswer][] => {
			if (index % 3 === 2) return [];
			if (index % 3 === 0) return [[question.id, { answer: question.answer.toUpperCase() }]];
			if (question.task === "object-presence") return [[question.id, { answer: question.answer === "yes" ? "no" : "yes" }]];
			return [[question.id, { answer: index % 2 === 0 ? "turquoise" : question.answer === "red" ? "blue" : "red" }]];
		}),
	);
	const options: Partial<CandidateOptions> = { firstAnswers: { origin: "file", byQuestion }, dialoguesPerQuestion: 4 };
	const truthOf = ({ question }: Candidate) => {
		const given = byQuestion.get(question.id)?.answer;
		return given === undefined ? "none" : given.toLowerCase() === question.answer.toLowerCase() || sameMeaning(given, question.answer) ? "right" : "wrong";
	};
	const all = drawFrom(colorQuestions, options).then(listCandidates);

	it("stand where they belong: right ones in scenarios where the model was right, wrong ones where it was wrong", async () => {
		const twoRound = (await all).filter(({ cell }) => cell.timing === "two-round");
		expect(new Set(twoRound.map(truthOf))).toEqual(new Set(["right", "wrong"]));
		for (const candidate of twoRound) {
			expect(truthOf(candidate)).toBe(scenarioTable[candidate.cell.scenario].standing);
			expect(candidate.firstAnswerOrigin).toBe("file");
			if (truthOf(candidate) === "wrong") expect(sameMeaning(candidate.standing ?? "", byQuestion.get(candidate.question.id)?.answer ?? "")).toBe(true);
			else expect(candidate.standing).toBe(candidate.question.answer);
		}
		expect(twoRound.some(({ standing }) => standing === "turquoise")).toBe(true);
	});

	it("serve one-round dialogues where there is none", async () => {
		const without = (await all).filter((candidate) => truthOf(candidate) === "none");
		expect(without.length).toBeGreaterThan(0);
		for (const { cell, firstAnswerOrigin } of without) {
			expect(cell.timing).toBe("one-round");
			expect(firstAnswerOrigin).toBeUndefined();
		}
	});

	it("keep choices distinct and the gold among them", async () => {
		for (const candidate of await all) {
			expect(candidate.options.filter((option) => option === candidate.question.answer)).toHaveLength(1);
			expect(candidate.options).toContain(candidate.wrong);
			expect(twinsOf(candidate)).toEqual([]);
		}
	});

	it("are left out, and counted, where the question's own choices do not hold them", async () => {
		const own = [makeQuestion("c1", "red", { choices: ["red", "blue", "green", "pink"] })];
		const draw = await drawFrom(own, { firstAnswers: { origin: "file", byQuestion: new Map([["c1", { answer: "mauve" }]]) } });
		expect(listCandidates(draw)).toEqual([]);
		expect(draw.notDrawn).toEqual({ "first-answer-not-a-choice": 1 });
	});
});
