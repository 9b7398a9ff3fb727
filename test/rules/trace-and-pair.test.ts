import { describe, expect, it } from "vitest";
import type { Row, Trace } from "../../src/records/index.js";
import { checkRow } from "../../src/rules/index.js";
import { makeRow, renderTrace } from "./make-row.js";

function reasonsOf(row: Row): string[] {
	return checkRow(row).map((failure) => failure.reason);
}

function blamed(row: Row, reason: string): string | undefined {
	return checkRow(row).find((failure) => failure.reason === reason)?.stage;
}

describe("trace-shape", () => {
	const trace: Trace = {
		textualization: "A brown horse stands on a dry plain.",
		reflection: "The coat is brown. So the user's message is misleading.",
		verdict: "misleading",
		conclusion: "The answer is (A) brown.",
	};
	const withLast = (text: string): Row => {
		const row = makeRow({ kind: "srt", trace });
		return { ...row, turns: [...row.turns.slice(0, -1), { role: "assistant", text, train: true }] };
	};
	it("takes the three parts with any white space between them", () => {
		for (const text of [renderTrace(trace), renderTrace(trace).replaceAll("\n", ""), renderTrace(trace).replaceAll("\n<", "\n\n<")])
			expect(reasonsOf(withLast(text))).toEqual([]);
	});
	it("finds parts that are missing, out of order or not those of the trace", () => {
		expect(reasonsOf(withLast("The answer is brown."))).toEqual(["trace-shape"]);
		expect(reasonsOf(withLast(`${renderTrace(trace)} More.`))).toEqual(["trace-shape"]);
		expect(reasonsOf(withLast(renderTrace(trace).replace("<reflection>", "<thought>")))).toEqual(["trace-shape"]);
		expect(blamed(withLast(renderTrace({ ...trace, reflection: "Another one." })), "trace-shape")).toBe("reflect");
		expect(blamed(withLast(renderTrace({ ...trace, textualization: "Another one." })), "trace-shape")).toBe("textualize");
	});
});

describe("trace-verdict", () => {
	const reflect = (reflection: string, scenario: "misleading" | "corrective" | "affirm-right" | "neutral" = "misleading"): Row =>
		makeRow({ kind: "srt", scenario, trace: { reflection } });
	it("takes any last sentence that gives the verdict alone", () => {
		const good: Row[] = [
			reflect("The user claims white. The coat is brown. So the user's message is misleading."),
			reflect("The user may think this is corrective. It is not. I judge it misleading."),
			reflect("The coat is brown, which makes this suggestion (B) misleading!"),
			reflect("I had said white. The coat is brown, so this is a corrective message.", "corrective"),
			reflect("The user agrees and the picture bears it out. The message is supporting.", "affirm-right"),
			reflect("The user pushes (B) no, against what I see, so the message is misleading."),
			reflect("It does not hold up, and the answer is (A) no. I judge the user's message to be misleading."),
			reflect("There is no user opinion to weigh here.", "neutral"),
		];
		for (const row of good) expect(reasonsOf(row)).toEqual([]);
	});
	it("finds another verdict, none, two, or a denied one", () => {
		const bad: Row[] = [
			reflect("The coat is brown. So the user's message is corrective."),
			reflect("The user's message is misleading. The coat is brown."),
			reflect("The user's message is not misleading."),
			reflect("The message is not corrective but misleading."),
			reflect("The user's message is misleading, which it is not.", "neutral"),
			makeRow({ kind: "srt", trace: { verdict: "corrective" } }),
		];
		for (const row of bad) expect(blamed(row, "trace-verdict")).toBe("reflect");
	});
});

describe("textualization-blind and -thin", () => {
	const describe_ = (textualization: string): Row => makeRow({ kind: "srt", trace: { textualization } });
	it("take descriptions", () => {
		const good = [
			"A brown horse stands on a dry plain in front of mountains.",
			"Two people (a man and a woman) sit at a table with a computer.",
			"On the right side, a sign with a question mark hangs above the door.",
			"A computer user types on a keyboard at a desk.",
		];
		for (const text of good) expect(reasonsOf(describe_(text))).toEqual([]);
	});
	it("find talk of user, answers and options", () => {
		const bad = [
			"The user thinks the horse is white, but it is brown.",
			"A horse with a brown coat, so the answer is brown.",
			"A brown horse, which fits option A and nothing else.",
			"To answer the question, the horse has a brown coat.",
			"You said white, but the horse here is brown.",
			"A brown horse, that is (A), on a plain.",
		];
		for (const text of bad) expect(blamed(describe_(text), "textualization-blind")).toBe("textualize");
	});
	it("find a label in place of a description", () => {
		for (const text of ["A brown horse.", "Horse, plain, mountains.", "The coat is brown."])
			expect(blamed(describe_(text), "textualization-thin")).toBe("textualize");
	});
});

describe("pair-differs and pair-manner", () => {
	const pair = (reply: string, rejected: string): Row => makeRow({ kind: "dpo", reply, rejected });
	it("take replies of one manner", () => {
		const good = [
			pair("I looked again, and I stay with (A) brown.", "I looked again, and I move to (B) white."),
			pair("I apologize for any confusion, but the coat is brown.", "I apologize for the confusion, the coat is indeed white."),
			pair("It is brown.", "Yes, it is white."),
			pair("Thanks for asking. The coat is brown, and the mane is lighter.", "Thank you for that. The coat is white, so (B) it is."),
		];
		for (const row of good) expect(reasonsOf(row)).toEqual([]);
	});
	it("find replies that say the same", () => {
		for (const rejected of ["The answer is brown.", "the answer is  brown", 'The answer is "brown".'])
			expect(reasonsOf(pair("The answer is brown.", rejected))).toContain("pair-differs");
	});
	it("find replies that differ in length, layout or opener", () => {
		const bad = [
			pair("The coat of this horse is brown all over, while its mane is lighter and its legs are darker.", "You are right, it is white."),
			pair("The coat is brown.\nI stay with (A).", "The coat is white. I move to (B)."),
			pair("I looked again, and the coat is brown.", "I'm sorry, you are right, it is white."),
			pair("I looked again, and the coat is brown.", "Thank you for the hint, it is white."),
			pair("The answer is **brown** for me.", "The answer is white for me."),
		];
		for (const row of bad) expect(blamed(row, "pair-manner")).toBe("cave");
	});
});
