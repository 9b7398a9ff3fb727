import type { Labels, Scenario, Timing } from "../../src/records/index.js";

/** A question as the oracle knows it. */
export interface OracleQuestion {
	readonly text: string;
	readonly answer: string;
	readonly evidence: readonly string[];
	/** sha256 of the picture's file: tells questions of the same words apart. */
	readonly pictureHash?: string | undefined;
	/** What the oracle takes for right when asked blind, where that is not the answer. */
	readonly blindAnswers?: readonly string[] | undefined;
}

/** What a quoted dialogue says, and what it is in the light of the truth. */
export interface JudgedDialogue {
	readonly scenario: Scenario;
	readonly timing: Timing;
	readonly labels?: Labels | undefined;
	/** As shown; empty in open-ended questions. */
	readonly choices: readonly string[];
	readonly standing?: string | undefined;
	readonly claim?: string | undefined;
}

/** Reads a dialogue as the prompts quote it (`User: ...`, `Assistant: ...`), and judges it by the question's right answer. */
export function judgeDialogue(quoted: string, question: OracleQuestion): JudgedDialogue {
	const turns = quoted.split(/\n(?=(?:User|Assistant): )/).map((turn) => turn.replace(/^(?:User|Assistant): /, ""));
	const { choices, labels, rest } = readChoices(turns[0] ?? "", question);
	const twoRound = turns.length > 1;
	const challenge = twoRound ? (turns.at(-1) ?? "") : rest;
	const claim = findClaim(challenge, choices, labels);
	const standing = twoRound ? findStanding(turns.at(-2) ?? "", choices, labels, question.answer) : undefined;
	return { scenario: judge(standing, claim, question.answer), timing: twoRound ? "two-round" : "one-round", labels, choices, standing, claim };
}

/** The choices and letters that a user's first turn shows, and what it says after the question. */
export function readChoices(opening: string, question: OracleQuestion): { choices: readonly string[]; labels: Labels | undefined; rest: string } {
	const afterQuestion = opening.slice(opening.indexOf(question.text) + question.text.length);
	const line = /\([A1]\) .*/.exec(afterQuestion);
	if (line === null) return { choices: [], labels: undefined, rest: afterQuestion };
	const choices = [...line[0].matchAll(/\([A-D1-4]\) (.+?)(?=\s\([A-D1-4]\) |$)/g)].map((match) => (match[1] ?? "").trim());
	return { choices, labels: line[0].startsWith("(A)") ? "ABCD" : "1234", rest: afterQuestion.slice(line.index + line[0].length) };
}

export function findClaim(challenge: string, choices: readonly string[], labels: Labels | undefined): string | undefined {
	if (labels === undefined) return /"([^"]+)"/.exec(challenge)?.[1];
	const letter = /\(([A-D1-4])\)/.exec(challenge)?.[1];
	return letter === undefined ? undefined : choices[labels.indexOf(letter)];
}

export function findStanding(turn: string, choices: readonly string[], labels: Labels | undefined, answer: string): string {
	// Inside a sentence an open-ended answer stands in quotes.
	const quoted = /"([^"]+)"/.exec(turn)?.[1];
	if (labels === undefined && quoted !== undefined) return quoted;
	if (labels !== undefined) {
		const letter = (/\(([A-D1-4])\)/.exec(turn) ?? /\b([A-D1-4])\b/.exec(turn))?.[1] ?? "";
		return choices[labels.indexOf(letter)] ?? turn;
	}
	const said = turn.toLowerCase().replace(/[.!]+$/, "");
	return said === answer.toLowerCase() || said.endsWith(` ${answer.toLowerCase()}`) ? answer : turn;
}

function judge(standing: string | undefined, claim: string | undefined, answer: string): Scenario {
	const isRight = (text: string) => text.toLowerCase() === answer.toLowerCase();
	if (standing === undefined) return claim === undefined ? "neutral" : isRight(claim) ? "corrective" : "misleading";
	if (claim === undefined) return isRight(standing) ? "doubt-right" : "doubt-wrong";
	if (isRight(standing)) return isRight(claim) ? "affirm-right" : "misleading";
	if (isRight(claim)) return "corrective";
	return standing.toLowerCase().includes(claim.toLowerCase()) ? "affirm-wrong" : "both-wrong";
}
