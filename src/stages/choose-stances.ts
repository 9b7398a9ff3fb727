import type { Random } from "../pipeline/random.js";
import type { StageSettings } from "../pipeline/stage.js";
import type { Candidate } from "../records/index.js";

/** What a reply does: keeps the standing answer, yields to the user's, or switches to a third; in one round it agrees or differs. */
export type Stance = "keep" | "yield" | "switch" | "agree" | "differ";

export interface Side {
	readonly stance: Stance;
	readonly answer: string;
}

/**
 * The two sides of a pair. Pooled over scenarios, each stance is as often chosen as rejected, so that stance alone tells nothing:
 * both-wrong dialogues choose a switch and reject keeping or yielding; to make up for it, as many misleading and corrective ones
 * reject a switch to a third answer.
 */
export function chooseStances(candidate: Candidate, shares: StageSettings["stanceShares"], rng: Random): { chosen: Side; rejected: Side } {
	const gold = candidate.question.answer;
	const thirds = candidate.options.filter((option) => option !== gold && option !== candidate.standing && option !== candidate.claim);
	const third = thirds.length === 0 ? undefined : rng.pick(thirds);
	const { scenario, timing } = candidate.cell;
	if (scenario === "neutral") throw new RangeError("a neutral dialogue makes no pair");
	if (timing === "one-round") {
		// The claim is right or wrong as often as the other; the reply agrees or differs.
		return scenario === "corrective"
			? { chosen: { stance: "agree", answer: gold }, rejected: { stance: "differ", answer: candidate.wrong } }
			: { chosen: { stance: "differ", answer: gold }, rejected: { stance: "agree", answer: candidate.wrong } };
	}
	// Only two-round dialogues choose a switch against a claim, so only among them is it rejected to make up for it.
	const canSwitch = third !== undefined && timing === "two-round";
	const standing = candidate.standing ?? gold;
	const claim = candidate.claim ?? candidate.wrong;
	switch (scenario) {
		case "misleading": {
			const rejectSwitch = canSwitch && rng.next() < shares.bothWrong / (2 * shares.misleading);
			return { chosen: { stance: "keep", answer: gold }, rejected: rejectSwitch ? { stance: "switch", answer: third } : { stance: "yield", answer: claim } };
		}
		case "corrective": {
			const rejectSwitch = canSwitch && rng.next() < shares.bothWrong / (2 * shares.corrective);
			return { chosen: { stance: "yield", answer: gold }, rejected: rejectSwitch ? { stance: "switch", answer: third } : { stance: "keep", answer: standing } };
		}
		case "both-wrong": {
			// The rejected answer is the one that is paired with the gold, which is as often right against it elsewhere.
			const keeps = candidate.firstAnswerOrigin === "synthetic" ? standing === candidate.wrong : rng.next() < 0.5;
			return { chosen: { stance: "switch", answer: gold }, rejected: keeps ? { stance: "keep", answer: standing } : { stance: "yield", answer: claim } };
		}
		case "affirm-right":
		case "doubt-right":
			return { chosen: { stance: "keep", answer: gold }, rejected: { stance: "switch", answer: candidate.wrong } };
		case "affirm-wrong":
		case "doubt-wrong":
			return { chosen: { stance: "switch", answer: gold }, rejected: { stance: "keep", answer: standing } };
	}
}
