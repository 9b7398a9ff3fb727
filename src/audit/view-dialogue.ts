import { letterOf, renderAnswer, renderChoices } from "../candidates/render-answer.js";
import type { Candidate, Labels, Row, Scenario, Timing, Turn } from "../records/index.js";

/** What readers look at, of a candidate or of a row: the dialogue up to the last challenge, and what it was written with. */
export interface DialogueView {
	readonly picture: string;
	readonly task: string;
	readonly scenario: Scenario;
	readonly timing: Timing;
	readonly question: string;
	readonly turns: readonly Turn[];
	/** The choices as shown; absent where the question is open-ended. */
	readonly shown?: { readonly options: readonly string[]; readonly labels: Labels };
	readonly claim?: string;
	readonly standing?: string;
	/** Of a multi-round dialogue: what stood and what was claimed before, in order. */
	readonly earlier?: { readonly standingAnswers: readonly string[]; readonly claims: readonly string[] };
	readonly wording?: string;
	readonly clause?: string;
	readonly tone?: string;
	readonly pressure?: string;
	readonly questionTemplate: string;
}

/** What an answer is replaced with. */
export const mask = "[answer]";

export function viewCandidate(candidate: Candidate): DialogueView {
	const { cell, question, options, labels, turns, questionTemplate, claim, standing, wording, clause, tone, pressure, earlier } = candidate;
	return {
		picture: question.imageId ?? question.image,
		...cell,
		question: question.text,
		turns,
		...(labels === undefined ? {} : { shown: { options, labels } }),
		questionTemplate,
		...dropAbsent({ earlier, claim, standing, wording, clause, tone, pressure }),
	};
}

export function viewRow(row: Row): DialogueView {
	const { task, scenario, timing, question, choices, labels, claim, claims, standingAnswers, wording, clause, tone, pressure, questionTemplate } = row.meta;
	const before = { standingAnswers: standingAnswers.slice(0, -1), claims: claim === undefined ? claims : claims.slice(0, -1) };
	const lastUser = row.turns.findLastIndex(({ role }) => role === "user");
	return {
		picture: row.image.sha256,
		task,
		scenario,
		timing,
		question,
		turns: row.turns.slice(0, lastUser + 1),
		...(choices === undefined || labels === undefined ? {} : { shown: { options: choices, labels } }),
		questionTemplate,
		...dropAbsent({ earlier: timing === "multi-round" ? before : undefined, claim, standing: standingAnswers.at(-1), wording, clause, tone, pressure }),
	};
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function dropAbsent<T extends object>(values: T): Present<T> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}

/** The user's last words with the answers in them masked: without the question and the choices that may stand before them. */
export function maskChallenge(view: DialogueView): string {
	const last = view.turns.at(-1)?.text ?? "";
	const words = view.turns.length === 1 ? cutQuestion(last, view) : last;
	const masked = maskRendered(words, view);
	return masked === words && view.claim !== undefined ? maskBare(words, view.claim) : masked;
}

/** What was said between the question and the last challenge, with the answers masked, their letters included. */
export function maskEarlierTurns(view: DialogueView): { readonly role: Turn["role"]; readonly text: string }[] {
	// Longer ones first: one answer may be a part of another.
	const named = [...new Set(listNamed(view))].sort((a, b) => b.length - a.length);
	return view.turns.slice(1, -1).map(({ role, text }) => {
		const bare = named.reduce((masked, answer) => maskLetter(maskBare(masked, answer), answer, view), maskRendered(text, view));
		return { role, text: bare };
	});
}

function maskLetter(text: string, answer: string, { shown }: DialogueView): string {
	const letter = shown === undefined ? undefined : letterOf(answer, shown.options, shown.labels);
	return letter === undefined ? text : text.replaceAll(new RegExp(`(?<![\\p{L}\\d])${letter}(?![\\p{L}\\d])`, "gu"), mask);
}

/** The answers that the dialogue names. */
function listNamed({ claim, standing, earlier }: DialogueView): string[] {
	return [claim, standing, ...(earlier?.standingAnswers ?? []), ...(earlier?.claims ?? [])].filter((answer) => answer !== undefined);
}

/** Drops everything up to the end of the question and of the choices, whichever ends later. */
function cutQuestion(text: string, { question, shown }: DialogueView): string {
	const parts = [question, ...(shown === undefined ? [] : [renderChoices(shown.options, shown.labels)])];
	const ends = parts.map((part) => (text.includes(part) ? text.indexOf(part) + part.length : 0));
	return text.slice(Math.max(...ends));
}

function maskRendered(text: string, view: DialogueView): string {
	const { shown } = view;
	const answers = [...listNamed(view), ...(shown?.options ?? [])];
	// Longer ones first: one answer may be the beginning of another.
	const forms = answers.flatMap((answer) => [`"${answer}"`, renderAnswer(answer, shown?.options ?? [], shown?.labels)]).sort((a, b) => b.length - a.length);
	return forms.reduce((masked, form) => masked.replaceAll(form, mask), text);
}

/** Masks an answer that stands without quotes or a letter, in whatever case. */
export function maskBare(text: string, answer: string): string {
	const escaped = answer.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
	return text.replaceAll(new RegExp(`(?<![\\p{L}\\d])${escaped}(?![\\p{L}\\d])`, "giu"), mask);
}
