import type { Random } from "../pipeline/random.js";
import { renderTemplate } from "../pipeline/render-template.js";
import type { Candidate, Labels, Pressure, Scenario, Timing, Tone, Turn } from "../records/index.js";
import { scenarioTable } from "../records/index.js";
import type { CandidateOptions } from "./candidate-options.js";
import { planRounds, type Round } from "./plan-rounds.js";
import { letterOf, renderAnswer, renderChoices } from "./render-answer.js";
import type { TwoRoundTemplate, Wordings } from "./wordings.js";
import { writeChallenge } from "./write-challenge.js";

export interface DialoguePlan {
	readonly scenario: Scenario;
	readonly timing: Timing;
	/** Shares of the number of challenges in multi-round dialogues. */
	readonly rounds: CandidateOptions["rounds"];
	readonly tone: Tone;
	readonly pressure: Pressure;
	readonly family: "train" | "held-out";
	readonly labels: Labels | undefined;
	readonly firstAnswerStyle: "letter-and-text" | "letter";
	readonly questionText: string;
	readonly gold: string;
	readonly wrong: string;
	readonly options: readonly string[];
	/** The first answer is a model's own, and must stand as it is; `wrong` then is that answer, where it is wrong. */
	readonly ownAnswer?: "right" | "wrong";
}

export type StagedDialogue = Pick<
	Candidate,
	"verdict" | "act" | "tone" | "pressure" | "wording" | "clause" | "questionTemplate" | "standing" | "claim" | "turns" | "earlier"
>;

/**
 * Writes the conversation up to and including the last challenge. The same wordings serve both sides of a scenario pair, and
 * nothing here looks at who is right but to choose which answer stands and which is claimed.
 * @param random a stream of random numbers for each purpose
 */
export function stageDialogue(plan: DialoguePlan, wordings: Wordings, random: (purpose: string) => Random): StagedDialogue {
	const facts = scenarioTable[plan.scenario];
	const { standing, claim } = castAnswers(plan, random("cast"));
	const { template, text: questionTurn } = writeQuestion(plan, wordings, random("question"));
	const opening = {
		verdict: facts.verdict,
		questionTemplate: template,
		...(standing === undefined ? {} : { standing }),
		...(claim === undefined ? {} : { claim }),
	};
	if (facts.act === undefined) return { ...opening, turns: [{ role: "user", text: questionTurn }] };

	const { firstAnswer, rounds } = castRounds(plan, { act: facts.act, standing, claim }, random("rounds"));
	const challengeRng = random("challenge");
	const replyRng = random("earlier replies");
	const turns: Turn[] = [{ role: "user", text: questionTurn }];
	// The last challenge has the first choice of words: it is the one that tone and pressure are told of.
	const [final] = rounds.slice(-1);
	if (final === undefined) throw new RangeError("a dialogue with a challenge has a round");
	const last = writeChallenge({ ...plan, ...final, isLast: true, used: [] }, wordings, challengeRng);
	const used = { wordings: [] as string[], templates: [] as string[] };
	if (firstAnswer !== undefined) turns.push({ role: "assistant", text: writeFirstAnswer(plan, firstAnswer, wordings, random("first answer")), train: false });
	for (const { reply, ...round } of rounds) {
		if (reply === undefined) continue;
		const challenge = writeChallenge({ ...plan, ...round, isLast: false, used: [last.wording, ...used.wordings] }, wordings, challengeRng);
		const earlier = writeEarlierReply(plan, reply, wordings.replies["two-round"], used.templates, replyRng);
		used.wordings.push(challenge.wording);
		used.templates.push(earlier.id);
		turns.push({ role: "user", text: challenge.text }, { role: "assistant", text: earlier.text, train: false });
	}
	turns.push({ role: "user", text: last.text });
	return {
		...opening,
		act: facts.act,
		tone: plan.tone,
		pressure: plan.pressure,
		wording: last.wording,
		...(last.clause === undefined ? {} : { clause: last.clause }),
		turns: firstAnswer === undefined ? joinTurns(turns, plan.labels) : turns,
		...(plan.timing === "multi-round" && firstAnswer !== undefined ? { earlier: summarizeEarlier(firstAnswer, rounds, used) } : {}),
	};
}

/** Who says which answer at the end. Where both are wrong, either of them may be the one that is paired with the gold. */
function castAnswers(plan: DialoguePlan, rng: Random): { standing?: string | undefined; claim?: string | undefined } {
	const facts = scenarioTable[plan.scenario];
	if (facts.claim === "other-wrong") {
		const [standing, claim] = rng.shuffle([plan.wrong, rng.pick(plan.options.filter((option) => option !== plan.gold && option !== plan.wrong))]);
		return plan.ownAnswer === "wrong" ? { standing: plan.wrong, claim: standing === plan.wrong ? claim : standing } : { standing, claim };
	}
	const standing = plan.timing === "one-round" ? undefined : facts.standing === "right" ? plan.gold : plan.wrong;
	const claims = { right: plan.gold, wrong: plan.wrong, standing } as const;
	return { standing, claim: facts.claim === undefined ? undefined : claims[facts.claim] };
}

function castRounds(
	plan: DialoguePlan,
	{ act, standing, claim }: { act: NonNullable<Round["act"]>; standing?: string | undefined; claim?: string | undefined },
	rng: Random,
): { firstAnswer: string | undefined; rounds: Round[] } {
	const last = { act, claim };
	if (plan.timing !== "multi-round" || standing === undefined) {
		return { firstAnswer: standing, rounds: [{ act, ...(claim === undefined ? {} : { claim }) }] };
	}
	const counts = [3, 4, 5] as const;
	const rounds = counts[rng.weighted(counts.map((count) => plan.rounds[`${count}`] ?? 0))] ?? counts[0];
	const first = plan.ownAnswer === undefined ? undefined : plan.ownAnswer === "right" ? plan.gold : plan.wrong;
	return planRounds({ rounds, first, standing, gold: plan.gold, wrong: plan.wrong, last }, rng);
}

function writeQuestion(plan: DialoguePlan, wordings: Wordings, rng: Random): { template: string; text: string } {
	const templates = plan.labels === undefined ? wordings.openEnded : wordings.multipleChoice;
	const template = rng.pick(templates.filter(({ family }) => family === plan.family));
	const slots = { question: plan.questionText, ...(plan.labels === undefined ? {} : { choices: renderChoices(plan.options, plan.labels) }) };
	return { template: template.id, text: renderTemplate(template.text, slots) };
}

/** The model's first answer: context, never trained, right or wrong. */
function writeFirstAnswer(plan: DialoguePlan, answer: string, wordings: Wordings, rng: Random): string {
	const template = rng.pick(wordings.firstAnswers).text;
	// Inside a sentence an open-ended answer is quoted, as challenges quote it; alone or after a colon it stands as it is.
	const stands = template.startsWith("{{answer}}") || template.endsWith("{{answer}}");
	const words = stands && plan.labels === undefined ? answer : nameAnswer(plan, answer);
	const text = renderTemplate(template, { answer: words });
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A reply between the first answer and the last: in the words of pairs, since a model that is pushed again and again says little. */
function writeEarlierReply(
	plan: DialoguePlan,
	{ stance, answer }: NonNullable<Round["reply"]>,
	templates: readonly TwoRoundTemplate[],
	used: readonly string[],
	rng: Random,
): { id: string; text: string } {
	const template = rng.pick(templates.filter(({ id, family }) => family === plan.family && !used.includes(id)));
	return { id: template.id, text: renderTemplate(template[stance], { answer: nameAnswer(plan, answer) }) };
}

/** How the model names an answer in what it says before its last reply. */
function nameAnswer(plan: DialoguePlan, answer: string): string {
	const letter = letterOf(answer, plan.options, plan.labels);
	return letter !== undefined && plan.firstAnswerStyle === "letter" ? letter : renderAnswer(answer, plan.options, plan.labels);
}

/** Question and opinion in one turn. */
function joinTurns(turns: readonly Turn[], labels: Labels | undefined): Turn[] {
	return [{ role: "user", text: turns.map(({ text }) => text).join(labels === undefined ? " " : "\n") }];
}

function summarizeEarlier(firstAnswer: string, rounds: readonly Round[], used: { wordings: string[]; templates: string[] }): NonNullable<Candidate["earlier"]> {
	const before = rounds.slice(0, -1);
	return {
		standingAnswers: [firstAnswer, ...before.slice(0, -1).flatMap(({ reply }) => (reply === undefined ? [] : [reply.answer]))],
		claims: before.flatMap(({ claim }) => (claim === undefined ? [] : [claim])),
		wordings: used.wordings,
		replyTemplates: used.templates,
	};
}
