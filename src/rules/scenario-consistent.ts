import { mentionsMeaning, mentionsOption, normalizeAnswer, sameMeaning } from "../language/index.js";
import { type Meta, type Row, scenarioTable } from "../records/index.js";
import { letterOf } from "./row-answers.js";
import { dialogueTurns } from "./row-texts.js";
import { defineRule, fault } from "./rule.js";

/** Dialogue, answers and labels of a row are those of its scenario and timing. */
export const scenarioConsistent = defineRule({
	reason: "scenario-consistent",
	kinds: ["srt", "sft", "dpo"],
	check(row) {
		const detail = faultOfLabels(row.meta) ?? faultOfAnswers(row.meta) ?? faultOfTurns(row) ?? faultOfTexts(row);
		return detail === undefined ? undefined : fault(detail);
	},
});

function faultOfLabels(meta: Meta): string | undefined {
	const facts = scenarioTable[meta.scenario];
	if (meta.verdict !== facts.verdict) return `meta.verdict is ${meta.verdict}; the scenario ${meta.scenario} has ${facts.verdict}.`;
	if (!facts.timings.includes(meta.timing)) return `The scenario ${meta.scenario} is never ${meta.timing}.`;
	for (const field of ["tone", "pressure", "wording"] as const) {
		const fieldFault = faultOfPresence(`meta.${field}`, meta[field], facts.act !== undefined, `the scenario ${meta.scenario}`);
		if (fieldFault !== undefined) return fieldFault;
	}
	return faultOfPresence("meta.clause", meta.clause, meta.pressure !== undefined && meta.pressure !== "plain", `the pressure ${meta.pressure ?? "none"}`);
}

function faultOfPresence(name: string, value: string | undefined, isNeeded: boolean, by: string): string | undefined {
	if ((value !== undefined) === isNeeded) return undefined;
	return isNeeded ? `${name} is missing, which ${by} needs.` : `${name} is ${JSON.stringify(value)}, which ${by} does not have.`;
}

function faultOfAnswers(meta: Meta): string | undefined {
	const facts = scenarioTable[meta.scenario];
	const { answer, claim, firstAnswer } = meta;
	const standing = meta.standingAnswers.at(-1);
	const presence =
		faultOfPresence("meta.claim", claim, facts.claim !== undefined, `the scenario ${meta.scenario}`) ??
		faultOfPresence("meta.firstAnswer", firstAnswer, meta.timing !== "one-round", `the timing ${meta.timing}`) ??
		faultOfPresence("meta.firstAnswerOrigin", meta.firstAnswerOrigin, meta.timing !== "one-round", `the timing ${meta.timing}`) ??
		faultOfPresence("meta.standingAnswers", standing, meta.timing !== "one-round", `the timing ${meta.timing}`);
	if (presence !== undefined) return presence;
	// A doubt has no claim; what was claimed before it in a multi-round dialogue stands for itself.
	const lastClaim = facts.claim === undefined && meta.timing === "multi-round" ? undefined : meta.claims.at(-1);
	if (lastClaim !== claim) return `The last of meta.claims is ${JSON.stringify(meta.claims.at(-1))}, but meta.claim is ${JSON.stringify(claim)}.`;
	if (meta.standingAnswers[0] !== firstAnswer)
		return `The first of meta.standingAnswers is ${JSON.stringify(meta.standingAnswers[0])}, but meta.firstAnswer is ${JSON.stringify(firstAnswer)}.`;
	if (standing !== undefined && sameMeaning(standing, answer) !== (facts.standing === "right"))
		return `The standing answer ${JSON.stringify(standing)} should be ${facts.standing ?? "absent"} in a ${meta.scenario} dialogue.`;
	return claim === undefined ? undefined : faultOfClaim(meta, claim, standing);
}

function faultOfClaim(meta: Meta, claim: string, standing: string | undefined): string | undefined {
	const kind = scenarioTable[meta.scenario].claim;
	const isRight = normalizeAnswer(claim) === normalizeAnswer(meta.answer);
	if (kind === "right" && !isRight) return `The user claims ${JSON.stringify(claim)}, but in a ${meta.scenario} dialogue it should be the right answer.`;
	if ((kind === "wrong" || kind === "other-wrong") && sameMeaning(claim, meta.answer))
		return `The user claims ${JSON.stringify(claim)}, but in a ${meta.scenario} dialogue it should be wrong.`;
	const repeats = standing !== undefined && normalizeAnswer(claim) === normalizeAnswer(standing);
	if (kind === "standing" && !repeats) return `The user agrees with ${JSON.stringify(claim)}, which is not the standing answer.`;
	if (kind === "other-wrong" && standing !== undefined && sameMeaning(claim, standing))
		return `The claim ${JSON.stringify(claim)} is no other answer than the standing one.`;
	return undefined;
}

function faultOfTurns(row: Row): string | undefined {
	const { timing, rounds, standingAnswers, earlierWordings } = row.meta;
	const isLong = timing === "multi-round";
	const missing =
		faultOfPresence("meta.rounds", rounds?.toString(), isLong, `the timing ${timing}`) ??
		faultOfPresence("meta.earlierWordings", earlierWordings?.join(", "), isLong, `the timing ${timing}`);
	if (missing !== undefined) return missing;
	const challenges = rounds ?? (timing === "one-round" ? 0 : 1);
	const turns = dialogueTurns(row);
	if (turns.length !== 2 * challenges + 1) return `The dialogue has ${turns.length} turns before the reply; it should have ${2 * challenges + 1}.`;
	if (standingAnswers.length !== challenges)
		return `meta.standingAnswers has ${standingAnswers.length} answers, and the model speaks ${challenges} times before.`;
	if (isLong && earlierWordings?.length !== challenges - 1)
		return `meta.earlierWordings has ${earlierWordings?.length ?? 0} wordings; it should have ${challenges - 1}.`;
	if (turns.some((turn) => turn.role === "assistant" && turn.train)) return "An assistant turn before the reply is trained on (train: true).";
	const last = row.turns.at(-1);
	return row.kind !== "dpo" && last?.role === "assistant" && !last.train ? "The last assistant turn is not trained on (train: false)." : undefined;
}

function faultOfTexts(row: Row): string | undefined {
	const { claim, standingAnswers } = row.meta;
	const lastUser = dialogueTurns(row).at(-1)?.text ?? "";
	if (claim !== undefined && !stands(claim, lastUser, row.meta)) return `The last user turn does not hold the claim ${JSON.stringify(claim)}.`;
	const replies = dialogueTurns(row).filter(({ role }) => role === "assistant");
	const isGiven = (answer: string, text: string) => stands(answer, text, row.meta) || isLetterAlone(letterOf(row.meta, answer), text);
	const silent = standingAnswers.findIndex((answer, index) => !isGiven(answer, replies[index]?.text ?? ""));
	return silent < 0 ? undefined : `Assistant turn ${silent + 1} does not give ${JSON.stringify(standingAnswers[silent])}.`;
}

function stands(answer: string, text: string, meta: Meta): boolean {
	return text.toLowerCase().includes(answer.toLowerCase()) || mentionsOption(text, answer, letterOf(meta, answer)) || mentionsMeaning(text, answer);
}

/** What the model said before may name its answer by the letter only, wherever in a sentence: "Answer: 3", "I say B, as just now". */
function isLetterAlone(letter: string | undefined, text: string): boolean {
	return letter !== undefined && text.split(/[^\p{L}\p{N}']+/u).includes(letter);
}
