import { describe, expect, it } from "vitest";
import { readRows } from "../../src/audit/read-rows.js";
import { random } from "../../src/pipeline/random.js";
import { type Row, rowSchema } from "../../src/records/index.js";

function makeRow(index: number, leak: number): Row {
	const rng = random(1, `row ${index}`, "toy");
	const scenario = index % 2 === 0 ? "misleading" : "corrective";
	const [answer, other] = rng.shuffle(["red", "blue", "green", "white"]) as [string, string];
	const claim = scenario === "misleading" ? other : answer;
	const firstAnswer = scenario === "misleading" ? answer : other;
	const hinting = rng.next() < leak === (scenario === "misleading");
	const sha256 = (index >> 1).toString(16).padStart(64, "0");
	return rowSchema.parse({
		kind: "sft",
		id: `sft-g${index}`,
		image: { path: `images/00/${sha256}.jpg`, sha256, width: 10, height: 10 },
		turns: [
			{ role: "user", text: "What color is it?" },
			{ role: "assistant", text: `${firstAnswer}.`, train: false },
			{ role: "user", text: `${hinting ? "Surely" : "Perhaps"} it is "${claim}".` },
			{ role: "assistant", text: `It is "${answer}".`, train: true },
		],
		meta: {
			task: "color",
			scenario,
			verdict: scenario,
			timing: "two-round",
			answer,
			claim,
			firstAnswer,
			claims: [claim],
			standingAnswers: [firstAnswer],
			tone: "strong",
			pressure: "plain",
			questionTemplate: "t",
			family: "train",
			group: `g${index}`,
			question: "What color is it?",
			questionId: `q${index}`,
			source: "toy",
			teacher: "toy",
			scripted: false,
			hinted: false,
			goldCheck: "off",
			attempts: 1,
			promptHashes: {},
		},
	});
}

describe("readers of rows", () => {
	it("report, without a limit, what the user's words tell and not what the reply says", () => {
		const fair = readRows(
			Array.from({ length: 1200 }, (_, index) => makeRow(index, 0.5)),
			1,
		);
		const leaky = readRows(
			Array.from({ length: 1200 }, (_, index) => makeRow(index, 0.7)),
			1,
		);
		const accuracyOf = (results: typeof fair) => results.find(({ reader, task }) => reader === "masked" && task === "all")?.accuracy ?? 0;
		expect(accuracyOf(fair)).toBeLessThan(0.54);
		expect(accuracyOf(leaky)).toBeGreaterThan(0.65);
		expect([...fair, ...leaky].every((result) => !("limit" in result) && !("passes" in result))).toBe(true);
	});

	it("give nothing for a handful of rows", () => {
		expect(readRows([makeRow(0, 0.5), makeRow(1, 0.5)], 1)).toEqual([]);
	});
});
