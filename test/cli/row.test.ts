import { expect, test } from "vitest";
import { formatRow } from "../../src/cli/render/row.js";
import { dpoRowSchema } from "../../src/records/index.js";

test("a row reads as a conversation, and cannot drive the terminal", () => {
	const sha256 = "3f".repeat(32);
	const row = dpoRowSchema.parse({
		id: "dpo-g1",
		kind: "dpo",
		image: { path: `images/3f/${sha256}.jpg`, sha256, width: 4, height: 3 },
		turns: [
			{ role: "user", text: "What color\nis it?" },
			{ role: "assistant", text: "Red.", train: false },
			{ role: "user", text: "No, \u001b[2Jblue." },
		],
		chosen: "It is red.",
		rejected: "It is blue.",
		meta: {
			task: "color",
			scenario: "misleading",
			verdict: "misleading",
			tone: "strong",
			pressure: "plain",
			timing: "two-round",
			answer: "red",
			claim: "blue",
			claims: ["blue"],
			standingAnswers: ["red"],
			questionTemplate: "t",
			family: "train",
			group: "g1",
			question: "What color is it?",
			questionId: "q1",
			source: "sample",
			teacher: "templates",
			scripted: false,
			hinted: false,
			goldCheck: "off",
			attempts: 1,
			promptHashes: {},
		},
	});
	expect(formatRow(row, { color: false })).toBe(`dpo-g1
dpo, color, misleading, two-round, strong, plain; answer: red; pushed: blue
images/3f/${sha256}.jpg
User: What color
  is it?
Assistant (context, not trained): Red.
User: No, [2Jblue.
Chosen: It is red.
Rejected: It is blue.
`);
});
