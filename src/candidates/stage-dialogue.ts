import type { Random } from "../pipeline/random.js";
import { renderTemplate } from "../pipeline/render-template.js";
import type { Candidate, Labels, Pressure, Scenario, Timing, Tone, Turn } from "../records/index.js";
import { scenarioTable } from "../records/index.js";
import { letterOf, renderAnswer, renderChoices } from "./render-answer.js";
import type { Wordings } from "./wordings.js";

export interface DialoguePlan {
	readonly scenario: Scenario;
	readonly timing: Timing;
	readonly tone: Tone;
	readonly pressure: Pressure;
	readonly family: "train" | "held-out";
	readonly labels: Labels | undefined;
	readonly firstAnswerStyle: "letter-and-text" | "letter";
	readonly questionText: string;
	readonly gold: string;
	readonly wrong: string;
	readonly options: readonly string[];
}

export type StagedDialogue = Pick<
	Candidate,
	"verdict" | "act" | "tone" | "pressure" | "wording" | "clause" | "questionTemplate" | "standing" | "claim" | "turns"
>;

/**
 * Writes the conversation up to and including the last challenge. The same wordings serve both sides of a scenario pair, and
 * nothing here looks at who is right but to choose which answer stands and which is claimed.
 */
export function stageDialogue(plan: DialoguePlan, wordings: Wordings, rng: Random): StagedDialogue {
	const facts = scenarioTable[plan.scenario];
	const twoRound = plan.timing === "two-round";
	const standing = twoRound ? (facts.standing === "right" ? plan.gold : plan.wrong) : undefined;
	const claim = claimOf(plan, standing);
	const { template, text: questionTurn } = writeQuestion(plan, wordings, rng);
	const opening = {
		verdict: facts.verdict,
		questionTemplate: template,
		...(standing === undefined ? {} : { standing }),
		...(claim === undefined ? {} : { claim }),
	};
	const firstTurn = writeFirstAnswer(plan, standing, wordings, rng);
	if (facts.act === undefined) return { ...opening, turns: [{ role: "user", text: questionTurn }] };

	const fitting = wordings.wordings.filter(
		(wording) => wording.act === facts.act && wording.timing === plan.timing && wording.tone === plan.tone && wording.family === plan.family,
	);
	const wording = rng.pick(fitting);
	const stance = facts.act === "doubt" ? "doubt" : "assert";
	const clauses = wordings.clauses.filter((clause) => clause.pressure === plan.pressure && clause.stance === stance && clause.family === plan.family);
	const clause = plan.pressure === "plain" ? undefined : rng.pick(clauses);
	const slots = claim === undefined || facts.act === "doubt" ? {} : { claim: renderAnswer(claim, plan.options, plan.labels) };
	const challenge = [renderTemplate(wording.text, slots), ...(clause === undefined ? [] : [clause.text])].join(" ");
	const turns: Turn[] = twoRound
		? [{ role: "user", text: questionTurn }, ...firstTurn, { role: "user", text: challenge }]
		: [{ role: "user", text: `${questionTurn}${plan.labels === undefined ? " " : "\n"}${challenge}` }];
	return {
		...opening,
		act: facts.act,
		tone: plan.tone,
		pressure: plan.pressure,
		wording: wording.id,
		...(clause === undefined ? {} : { clause: clause.id }),
		turns,
	};
}

function claimOf(plan: DialoguePlan, standing: string | undefined): string | undefined {
	switch (scenarioTable[plan.scenario].claim) {
		case "right":
			return plan.gold;
		case "wrong":
			return plan.wrong;
		case "other-wrong":
			return plan.options.find((option) => option !== plan.gold && option !== standing);
		case "standing":
			return standing;
		case undefined:
			return undefined;
	}
}

function writeQuestion(plan: DialoguePlan, wordings: Wordings, rng: Random): { template: string; text: string } {
	const templates = plan.labels === undefined ? wordings.openEnded : wordings.multipleChoice;
	const template = rng.pick(templates.filter(({ family }) => family === plan.family));
	const slots = { question: plan.questionText, ...(plan.labels === undefined ? {} : { choices: renderChoices(plan.options, plan.labels) }) };
	return { template: template.id, text: renderTemplate(template.text, slots) };
}

/** The model's first answer: context, never trained, right or wrong. */
function writeFirstAnswer(plan: DialoguePlan, standing: string | undefined, wordings: Wordings, rng: Random): Turn[] {
	if (standing === undefined) return [];
	const letter = letterOf(standing, plan.options, plan.labels);
	const answer = letter === undefined ? standing : plan.firstAnswerStyle === "letter" ? letter : `(${letter}) ${standing}`;
	const text = renderTemplate(rng.pick(wordings.firstAnswers).text, { answer });
	return [{ role: "assistant", text: text.charAt(0).toUpperCase() + text.slice(1), train: false }];
}
