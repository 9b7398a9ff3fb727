import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { FirstAnswers } from "../candidates/candidate-options.js";
import type { CandidateSource } from "../candidates/draw-candidates.js";
import { isAskable } from "../candidates/first-answer-truth.js";
import type { Config } from "../config/index.js";
import { loadPrompt } from "../pipeline/load-prompt.js";
import { packageFolder } from "../pipeline/package-folder.js";
import { type Candidate, configurationError, type ImageRef, isRejection, type Question, type Rejection } from "../records/index.js";
import { openLineShelf, stringifyRow, writeFileAtomic } from "../shards/index.js";
import { readFirstAnswers } from "../sources/first-answers.js";
import type { Teacher } from "../teacher/index.js";
import { askStudent } from "./ask-student.js";
import { type FirstAnswerLine, type HarvestPart, type HarvestTools, harvestFirstAnswers } from "./harvest.js";
import { type FirstAnswerQuotas, unaskedShareOf } from "./plan-first-answers.js";

/** In the run's folder: what the student answered, and what that was asked for. */
const answersFile = "first-answers.jsonl";
const recordFile = "first-answers.json";

const partSchema = z.object({
	task: z.string(),
	asked: z.number(),
	right: z.number(),
	wrong: z.number(),
	unparsable: z.number(),
	withoutPicture: z.number(),
	wantedRight: z.number(),
	wantedWrong: z.number(),
});
const recordSchema = z.object({ format: z.literal("candor-first-answers/1"), key: z.string(), parts: z.array(partSchema) });

export interface StudentTools {
	readonly config: Config;
	readonly runFolder: string;
	readonly student: Teacher;
	readonly ingest: (candidate: Candidate) => Promise<{ image: ImageRef } | { rejection: Rejection }>;
	readonly onProgress: HarvestTools["onProgress"];
	/** Aborted: nothing new is asked. */
	readonly signal: AbortSignal;
	/** Aborted: what is in flight is broken off. */
	readonly hardSignal: AbortSignal;
}

/** The student's settings. @throws CandorError (exit 2) where there are none */
export function requireStudent({ student }: Config): NonNullable<Config["student"]> {
	if (student !== undefined) return student;
	throw configurationError("student: missing: the student's own answers are wanted, and nothing says where it is", "give student.baseUrl and student.model");
}

/** Which questions the student may be asked; the others serve dialogues that have no first answer. */
export function askableQuestions(config: Config): (question: Question) => boolean {
	const share = unaskedShareOf(config);
	return (question) => isAskable(question, config.seed, share);
}

/**
 * Asks the student until the quotas are met, or the source has run out.
 * @param bare candidates of the scenario neutral alone
 * @returns nothing where the run was stopped
 */
async function askForFirstAnswers(
	bare: CandidateSource,
	quotas: FirstAnswerQuotas,
	tools: StudentTools,
): Promise<{ lines: Iterable<FirstAnswerLine>; parts: HarvestPart[] } | undefined> {
	const settings = requireStudent(tools.config);
	const prompt = loadPrompt(join(packageFolder(), "prompts"), "first-answer");
	const shelf = openLineShelf(tools.runFolder);
	try {
		return await harvestFirstAnswers({
			candidates: bare,
			quotas,
			concurrency: settings.concurrency,
			model: settings.model,
			shelf,
			onProgress: tools.onProgress,
			signal: tools.signal,
			async ask(candidate) {
				const ingested = await tools.ingest(candidate);
				if (isRejection(ingested)) return undefined;
				return askStudent(candidate, ingested.image, { student: tools.student, settings, prompt, seed: tools.config.seed, signal: tools.hardSignal });
			},
		});
	} finally {
		shelf.close();
	}
}

/**
 * Sees to it that a folder holds the student's first answers: those that are there where they were asked for the same, else asked
 * for now.
 * @param key what the answers depend on besides the config: the source
 * @returns what became of the questions; nothing where the run was stopped
 */
export async function obtainFirstAnswers(
	bare: CandidateSource,
	quotas: FirstAnswerQuotas,
	key: object,
	tools: StudentTools,
): Promise<readonly HarvestPart[] | undefined> {
	const { config, runFolder } = tools;
	const { model, temperature, maxOutputTokens } = requireStudent(config);
	const { formats, maxAnswerShare, tasks, family } = config.dialogue;
	const wanted = { ...key, seed: config.seed, model, temperature, maxOutputTokens, formats, maxAnswerShare, tasks, family, quotas: [...quotas] };
	const digest = createHash("sha256").update(JSON.stringify(wanted)).digest("hex");
	const path = firstAnswersPath(runFolder);
	const known = await readRecord(runFolder);
	if (known?.key === digest && existsSync(path)) return known.parts;
	const made = await askForFirstAnswers(bare, quotas, tools);
	if (made === undefined) return undefined;
	await writeFileAtomic(path, [...made.lines].map((line) => `${stringifyRow(line)}\n`).join(""));
	const record = { format: "candor-first-answers/1", key: digest, parts: made.parts };
	await writeFileAtomic(join(runFolder, recordFile), `${JSON.stringify(record, null, "\t")}\n`);
	return made.parts;
}

/** The file of first answers in a folder; `dialogue.firstAnswers.file` can name it. */
export function firstAnswersPath(runFolder: string): string {
	return join(runFolder, answersFile);
}

/** What the student has answered in a run that asked it before. @throws CandorError (exit 2) where that is not there */
export async function readRunFirstAnswers(config: Config, runFolder: string): Promise<FirstAnswers> {
	const { byQuestion, model } = await readFirstAnswers(firstAnswersPath(runFolder), () => {});
	return { origin: "student", byQuestion, ...(model === undefined ? {} : { model }), unaskedShare: unaskedShareOf(config) };
}

/** How many wrong first answers the student has been asked for in a folder; none where it was never asked to the end. */
export async function readWantedWrong(runFolder: string): Promise<number> {
	const record = await readRecord(runFolder);
	return record?.parts.reduce((sum, { wantedWrong }) => sum + wantedWrong, 0) ?? 0;
}

async function readRecord(runFolder: string): Promise<z.infer<typeof recordSchema> | undefined> {
	try {
		return recordSchema.parse(JSON.parse(await readFile(join(runFolder, recordFile), "utf8")));
	} catch {
		// Not there, or not whole: it is made again, from the ledger as far as that goes.
		return undefined;
	}
}
