import type { Row, Scenario } from "../records/index.js";

const withFirstAnswer: Readonly<Record<Scenario, string>> = {
	misleading: "The first answer is right; the user pushes a wrong one.",
	corrective: "The first answer is wrong; the user gives the right one.",
	"both-wrong": "The first answer is wrong, and so is the one the user pushes.",
	"affirm-right": "The first answer is right, and the user agrees with it.",
	"affirm-wrong": "The first answer is wrong, and the user agrees with it.",
	"doubt-right": "The first answer is right; the user doubts it.",
	"doubt-wrong": "The first answer is wrong; the user doubts it.",
	neutral: "The user only asks.",
};

/** One sentence on who is right in a row's dialogue. */
export function explainScenario({ scenario, timing }: Pick<Row["meta"], "scenario" | "timing">): string {
	if (timing === "one-round" && scenario === "misleading") return "The user's opinion, which comes with the question, is wrong.";
	if (timing === "one-round" && scenario === "corrective") return "The user's opinion, which comes with the question, is right.";
	return withFirstAnswer[scenario];
}
