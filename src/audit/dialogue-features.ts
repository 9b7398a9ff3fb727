import { asNumber } from "../language/index.js";
import { type FeatureSpace, listNgrams, mergeRows, type SparseRow, splitWords, toBinaryRow } from "./features.js";
import { type DialogueView, maskChallenge, maskEarlierTurns } from "./view-dialogue.js";

/**
 * What a reader sees of a dialogue.
 * - `masked`: the user's words without the claim, and the conversation's shape.
 * - `answers`: these, and which answers are claimed, stand and are shown, and where.
 * - `language-prior`: the question and the answers named after it.
 */
export const dialogueReaders = ["masked", "answers", "language-prior"] as const;
export type DialogueReader = (typeof dialogueReaders)[number];

/** The features that each reader sees. */
export function toDialogueRows(view: DialogueView, space: FeatureSpace): Record<DialogueReader, SparseRow> {
	const masked = toBinaryRow(listMasked(view), space);
	const answers = mergeRows(masked, toBinaryRow(listAnswers(view), space));
	return { masked, answers, "language-prior": toBinaryRow(listLanguagePrior(view), space) };
}

function listMasked(view: DialogueView): string[] {
	const challenge = maskChallenge(view);
	return [
		"always",
		...listNgrams("user", challenge),
		...maskEarlierTurns(view).flatMap(({ role, text }) => listNgrams(role === "assistant" ? "reply" : "before", text)),
		`turns=${view.turns.length}`,
		`challenge-words=${Math.floor(splitWords(challenge).length / 4)}`,
		`question-words=${Math.floor(splitWords(view.question).length / 2)}`,
		`question-template=${view.questionTemplate}`,
		`wording=${view.wording}`,
		`clause=${view.clause}`,
		`tone=${view.tone}`,
		`pressure=${view.pressure}`,
		`manner=${view.tone}|${view.pressure}`,
		`labels=${view.shown?.labels}`,
		`options=${view.shown?.options.length}`,
		...listCourse(view),
	];
}

/** How a multi-round dialogue went: whether the model gave in from one round to the next, and what it said before is said again. */
function listCourse({ earlier, standing, claim }: DialogueView): string[] {
	if (earlier === undefined) return [];
	const answers = [...earlier.standingAnswers, standing];
	const course = answers.slice(1).map((answer, index) => (answer === answers[index] ? "kept" : "left"));
	const claims = [...earlier.claims, claim].map((one) => (one === standing ? "standing" : "other"));
	const stood = answers.filter((answer) => answer === standing).length;
	return [
		`course=${course.join(" ")}`,
		...course.map((step, index) => `step-${index}=${step}`),
		`stood=${stood} of ${answers.length}`,
		`claimed=${claims.filter((one) => one === "standing").length} of ${claims.length}`,
		`claims=${claims.join(" ")}`,
	];
}

function listAnswers({ claim, standing, shown, earlier }: DialogueView): string[] {
	const names: string[] = [];
	if (earlier !== undefined) {
		for (const [index, answer] of earlier.standingAnswers.entries()) names.push(`stood-${index}=${answer}`, `stood=${answer}`);
		for (const answer of earlier.claims) names.push(`claimed=${answer}`);
	}
	const options = shown?.options ?? [];
	for (const [role, answer] of [
		["claim", claim],
		["standing", standing],
	] as const) {
		if (answer === undefined) continue;
		names.push(`${role}=${answer}`, `${role}-words=${splitWords(answer).length}`, `${role}-case=${/\p{Lu}/u.test(answer)}`);
		names.push(`${role}-at=${options.indexOf(answer)}`, ...listNgrams(role, answer));
		names.push(...options.filter((option) => option !== answer).map((option) => `${role}-beside=${answer}|${option}`));
		const rank = rankOfNumber(answer, options);
		if (rank !== undefined) names.push(`${role}-rank=${rank}`);
	}
	names.push(...options.map((option) => `choice=${option}`));
	if (claim !== undefined && standing !== undefined) {
		names.push(`pair=${claim}|${standing}`, `places=${options.indexOf(claim)}|${options.indexOf(standing)}`);
		names.push(`longer=${Math.sign(claim.length - standing.length)}`);
		const [claimed, stood] = [asNumber(claim), asNumber(standing)];
		if (claimed !== undefined && stood !== undefined) names.push(`order=${Math.sign(claimed - stood)}`, `gap=${claimed - stood}`);
	}
	return names;
}

/** How many of the numbers shown are smaller. */
function rankOfNumber(answer: string, options: readonly string[]): number | undefined {
	const value = asNumber(answer);
	if (value === undefined || options.length === 0) return undefined;
	return options.filter((option) => (asNumber(option) ?? Number.POSITIVE_INFINITY) < value).length;
}

function listLanguagePrior({ question, claim, standing }: DialogueView): string[] {
	const words = new Set(splitWords(question));
	const opening = splitWords(question).slice(0, 3).join(" ");
	const names = ["always", ...listNgrams("question", question)];
	for (const [role, answer] of [
		["claim", claim],
		["standing", standing],
	] as const) {
		if (answer === undefined) continue;
		names.push(`${role}=${answer}`, `opening|${role}=${opening}|${answer}`, ...[...words].map((word) => `question|${role}=${word}|${answer}`));
	}
	return names;
}
