import type { Logger } from "pino";
import type { Config } from "../config/index.js";
import type { Pipeline } from "../pipeline/compose.js";
import type { Prompt } from "../pipeline/load-prompt.js";
import type { RowFault } from "../pipeline/process-candidate.js";
import { type ProcessingTools, processCandidate } from "../pipeline/process-candidate.js";
import type { StageSettings } from "../pipeline/stage.js";
import type { Candidate, ImageRef, Outcome, Rejection, Row } from "../records/index.js";
import { type LedgerReader, Pending, replayReplies, type Teacher } from "../teacher/index.js";
import { scriptedSalt } from "../teacher/scripted-teacher.js";
import { modelOf } from "./open-teacher.js";
import { readGrants } from "./retry-grants.js";
import { answersAlike } from "./run-record.js";

/** A student that is challenged says more than an answer. @unit tokens */
const challengedTokens = 256;

export interface ProcessBase {
	readonly config: Config;
	/** The share of rows with a third answer: only they can reject a switch to it. */
	readonly thirdShare: number;
	/** The run's teachers in order; the config's own among them. */
	readonly teachers: readonly Config["teacher"][];
	readonly prompts: ReadonlyMap<string, Prompt>;
	readonly ledger: Pick<LedgerReader, "get" | "readTable">;
	readonly teacher: Teacher;
	/** The model that will be trained; absent where nobody asks it. */
	readonly student?: Teacher;
	readonly ingest: (candidate: Candidate) => Promise<{ image: ImageRef } | { rejection: Rejection }>;
	readonly checkRow: (row: Row) => readonly RowFault[];
	readonly log: Logger;
	/** Aborted: nothing new is asked. */
	readonly signal: AbortSignal;
	/** Aborted: what is in flight is broken off. */
	readonly hardSignal: AbortSignal;
}

/** What stages may know of the config. A pipeline that asks no teacher is neither checked by one nor hinted. */
export function settingsOf(pipeline: Pipeline, config: Config, thirdShare: number, teacher: Config["teacher"] = config.teacher): StageSettings {
	const { scenarios } = config.dialogue;
	const settings: StageSettings = {
		hint: teacher.hint,
		goldCheck: teacher.goldCheck,
		teacherModel: modelOf(teacher),
		scripted: teacher.type === "scripted",
		dpoReplies: config.dpo.replies,
		dpoRejected: config.dpo.rejected,
		stanceShares: {
			bothWrong: scenarios["both-wrong"] ?? 0,
			misleading: twoRoundShare(scenarios.misleading, config) * thirdShare,
			corrective: twoRoundShare(scenarios.corrective, config) * thirdShare,
		},
	};
	return pipeline.asksTeacher(settings) ? settings : { ...settings, goldCheck: "off", hint: "never" };
}

function twoRoundShare(share: number | undefined, config: Config): number {
	const { "one-round": one = 0, "two-round": two = 0, "multi-round": multi = 0 } = config.dialogue.timings;
	return ((share ?? 0) * two) / (one + two + multi || 1);
}

/** How a pipeline's candidates are processed: replies of earlier teachers first where one answered in full, else the present one. */
export function createProcess(pipeline: Pipeline, base: ProcessBase): (candidate: Candidate) => Promise<Outcome> {
	const grantedTo = readGrants(base.ledger, pipeline.name);
	const toolsFor = (block: Config["teacher"], teacher: Teacher): ProcessingTools => ({
		seed: base.config.seed,
		maxAttempts: base.config.attempts,
		grantedTo,
		settings: settingsOf(pipeline, base.config, base.thirdShare, block),
		sampling: {
			temperature: block.temperature,
			...(block.topP === undefined ? {} : { topP: block.topP }),
			maxOutputTokens: block.maxOutputTokens,
		},
		teacher,
		...(base.student === undefined || base.config.student === undefined ? {} : { student: askable(base.student, base.config.student) }),
		...(block.type === "scripted" ? { saltOf: scriptedSalt } : {}),
		prompt: (name) => {
			const prompt = base.prompts.get(name);
			if (prompt === undefined) throw new Error(`stage asks for the prompt "${name}", which it does not declare`);
			return prompt;
		},
		ingest: base.ingest,
		checkRow: base.checkRow,
		signal: base.signal,
		hardSignal: base.hardSignal,
	});
	const replay = replayReplies(base.ledger);
	const earlier = base.teachers.filter((block) => !answersAlike(block, base.config.teacher)).map((block) => toolsFor(block, replay));
	const present = toolsFor(base.config.teacher, base.teacher);
	return async (candidate) => {
		for (const tools of earlier) {
			const outcome = await processCandidate(pipeline, candidate, tools).catch(unlessPending);
			if (outcome !== undefined) return outcome;
		}
		const outcome = await processCandidate(pipeline, candidate, present);
		if (outcome.type === "rejection") {
			const { reason, detail } = outcome.rejection;
			base.log.info({ event: "rejected", id: `${pipeline.name}-${candidate.group}`, reason, detail });
		}
		return outcome;
	};
}

function askable(teacher: Teacher, { model, temperature, maxOutputTokens }: NonNullable<Config["student"]>): NonNullable<ProcessingTools["student"]> {
	return { model, teacher, sampling: { temperature, maxOutputTokens: Math.max(maxOutputTokens, challengedTokens) } };
}

/** For what may wait for a reply that is not there yet. */
export function unlessPending(error: unknown): undefined {
	if (error instanceof Pending) return undefined;
	throw error;
}
