import { describe, expect, it } from "vitest";
import { type DialogueView, maskChallenge, maskEarlierTurns } from "../../src/audit/view-dialogue.js";

const base: DialogueView = {
	picture: "p",
	task: "color",
	scenario: "misleading",
	timing: "two-round",
	question: "What color is the car?",
	questionTemplate: "t",
	claim: "red",
	standing: "dark red",
	turns: [],
};
const shown = { options: ["red", "dark red", "blue", "a1"], labels: "ABCD" as const };

describe("masking", () => {
	it("hides a claim in quotes", () => {
		const view: DialogueView = {
			...base,
			turns: [
				{ role: "user", text: "q" },
				{ role: "assistant", text: "Dark red.", train: false },
				{ role: "user", text: 'It is "red".' },
			],
		};
		expect(maskChallenge(view)).toBe("It is [answer].");
		expect(maskEarlierTurns(view)).toEqual([{ role: "assistant", text: "[answer]." }]);
	});

	it("hides a claim with its letter, and the letter alone in a first answer", () => {
		const view: DialogueView = {
			...base,
			shown,
			turns: [
				{ role: "user", text: "q" },
				{ role: "assistant", text: "Answer: B", train: false },
				{ role: "user", text: "No: (A) red, not (B) dark red." },
			],
		};
		expect(maskChallenge(view)).toBe("No: [answer], not [answer].");
		expect(maskEarlierTurns(view)).toEqual([{ role: "assistant", text: "Answer: [answer]" }]);
	});

	it("leaves out the question and the choices of a single turn, in either order", () => {
		const choices = "(A) red (B) dark red (C) blue (D) a1";
		for (const asked of [`${base.question}\n${choices}`, `Given ${choices}: ${base.question}`]) {
			const view: DialogueView = { ...base, timing: "one-round", shown, turns: [{ role: "user", text: `${asked}\nI say (A) red.` }] };
			expect(maskChallenge(view)).toBe("\nI say [answer].");
		}
	});

	it("hides a claim that is written bare", () => {
		const view: DialogueView = {
			...base,
			turns: [
				{ role: "user", text: "q" },
				{ role: "assistant", text: "x", train: false },
				{ role: "user", text: "Red, I think; hundreds agree." },
			],
		};
		expect(maskChallenge(view)).toBe("[answer], I think; hundreds agree.");
	});
});
