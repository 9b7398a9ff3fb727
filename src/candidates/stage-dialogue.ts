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
	/** The wrong answer is the model's own first answer, and must stand. */
	readonly standsOnWrong: boolean;
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
	const { standing, claim } = castAnswers(plan, rng);
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

/** Who says which answer. Where both are wrong, either of them may be the one that is paired with the gold. */
function castAnswers(plan: DialoguePlan, rng: Random): { standing?: string | undefined; claim?: string | undefined } {
	const facts = scenarioTable[plan.scenario];
	if (facts.claim === "other-wrong") {
		const [standing, claim] = rng.shuffle([plan.wrong, rng.pick(plan.options.filter((option) => option !== plan.gold && option !== plan.wrong))]);
		return plan.standsOnWrong ? { standing: plan.wrong, claim: standing === plan.wrong ? claim : standing } : { standing, claim };
	}
	const standing = plan.timing === "two-round" ? (facts.standing === "right" ? plan.gold : plan.wrong) : undefined;
	const claims = { right: plan.gold, wrong: plan.wrong, standing } as const;
	return { standing, claim: facts.claim === undefined ? undefined : claims[facts.claim] };
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
	const template = rng.pick(wordings.firstAnswers).text;
	const letter = letterOf(standing, plan.options, plan.labels);
	// Inside a sentence an open-ended answer is quoted, as challenges quote it; alone or after a colon it stands as it is.
	const stands = template.startsWith("{{answer}}") || template.endsWith("{{answer}}");
	const words = stands ? standing : `"${standing}"`;
	const answer = letter === undefined ? words : plan.firstAnswerStyle === "letter" ? letter : `(${letter}) ${standing}`;
	const text = renderTemplate(template, { answer });
	return [{ role: "assistant", text: text.charAt(0).toUpperCase() + text.slice(1), train: false }];
}
