import type { RowFacts } from "../pipeline/compose.js";
import { type DpoRow, type Meta, renderTrace, type SftRow, type SrtRow, type Trace } from "../records/index.js";

/** Writes rows from finished records: the same facts for every kind. */

export function buildMeta(facts: RowFacts): Meta {
	const { candidate } = facts;
	const { cell, question, earlier } = candidate;
	const standingAnswers = [...(earlier?.standingAnswers ?? []), ...(candidate.standing === undefined ? [] : [candidate.standing])];
	const [firstAnswer] = standingAnswers;
	return {
		task: cell.task,
		scenario: cell.scenario,
		verdict: candidate.verdict,
		...(candidate.tone === undefined ? {} : { tone: candidate.tone }),
		...(candidate.pressure === undefined ? {} : { pressure: candidate.pressure }),
		timing: cell.timing,
		answer: question.answer,
		...(candidate.claim === undefined ? {} : { claim: candidate.claim }),
		...(earlier === undefined ? {} : { rounds: earlier.wordings.length + 1 }),
		...(firstAnswer === undefined ? {} : { firstAnswer }),
		...(candidate.labels === undefined ? {} : { choices: candidate.options, labels: candidate.labels }),
		claims: [...(earlier?.claims ?? []), ...(candidate.claim === undefined ? [] : [candidate.claim])],
		standingAnswers,
		...(candidate.firstAnswerOrigin === undefined ? {} : { firstAnswerOrigin: candidate.firstAnswerOrigin }),
		...(candidate.student === undefined ? {} : { student: candidate.student }),
		...(candidate.wording === undefined ? {} : { wording: candidate.wording }),
		...(candidate.clause === undefined ? {} : { clause: candidate.clause }),
		...(earlier === undefined ? {} : { earlierWordings: earlier.wordings }),
		questionTemplate: candidate.questionTemplate,
		family: candidate.family,
		group: candidate.group,
		question: question.text,
		questionId: question.id,
		source: question.source,
		teacher: facts.teacher,
		scripted: facts.scripted,
		hinted: facts.hinted,
		goldCheck: facts.goldCheck,
		attempts: facts.attempts,
		promptHashes: { ...facts.promptHashes },
	};
}

function common(facts: RowFacts) {
	return { id: `${facts.pipeline}-${facts.candidate.group}`, image: facts.image };
}

export function buildSftRow(reply: string, facts: RowFacts): SftRow {
	return {
		...common(facts),
		kind: "sft",
		turns: [...facts.candidate.turns, { role: "assistant", text: reply, train: true }],
		meta: buildMeta(facts),
	};
}

export function buildSrtRow(parts: Omit<Trace, "verdict">, facts: RowFacts): SrtRow {
	const trace: Trace = { textualization: parts.textualization, reflection: parts.reflection, verdict: facts.candidate.verdict, conclusion: parts.conclusion };
	return {
		...common(facts),
		kind: "srt",
		turns: [...facts.candidate.turns, { role: "assistant", text: renderTrace(trace), train: true }],
		trace,
		meta: buildMeta(facts),
	};
}

export function buildDpoRow(
	parts: { chosen: string; rejected: string; replyTemplate?: string | undefined; rejectedOrigin?: "template" | "teacher" | "student" | undefined },
	facts: RowFacts,
): DpoRow {
	const { replyTemplate, rejectedOrigin } = parts;
	return {
		...common(facts),
		kind: "dpo",
		turns: [...facts.candidate.turns],
		chosen: parts.chosen,
		rejected: parts.rejected,
		meta: { ...buildMeta(facts), ...(replyTemplate === undefined ? {} : { replyTemplate }), ...(rejectedOrigin === undefined ? {} : { rejectedOrigin }) },
	};
}
