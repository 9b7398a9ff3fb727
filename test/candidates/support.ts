import { join } from "node:path";
import type { CandidateOptions } from "../../src/candidates/candidate-options.js";
import { createCandidateSource, type Draw } from "../../src/candidates/draw-candidates.js";
import { loadWordings } from "../../src/candidates/wordings.js";
import { configSchema } from "../../src/config/schema.js";
import { packageFolder } from "../../src/pipeline/package-folder.js";
import type { Candidate, Question } from "../../src/records/index.js";

export const wordings = loadWordings(join(packageFolder(), "prompts"));

const { scenarios, timings, rounds, tones, pressures, formats } = configSchema.parse({ out: "x", source: { type: "sample" } }).dialogue;

/** What the defaults of the config come to. */
export const defaultOptions: CandidateOptions = {
	seed: 3,
	scenarios,
	timings,
	rounds,
	tones,
	pressures,
	formats,
	tasks: "equal",
	maxAnswerShare: 0.4,
	dialoguesPerQuestion: 1,
	family: "train",
	firstAnswerStyle: "letter-and-text",
};

export async function drawFrom(questions: readonly Question[], change: Partial<CandidateOptions> = {}, limit = 1_000_000): Promise<Draw> {
	const source = await createCandidateSource(() => readAll(questions), wordings, { ...defaultOptions, ...change });
	return source.draw(limit);
}

export async function* readAll<T>(values: readonly T[]): AsyncGenerator<T> {
	yield* values;
}

export function listCandidates(draw: Draw): Candidate[] {
	return [...draw.byCell.values()].flatMap((list) => Array.from({ length: list.length }, (_, rank) => list.at(rank)));
}

export function makeQuestion(id: string, answer: string, change: Partial<Question> = {}): Question {
	return { id, source: "test", image: `/p/${id}.jpg`, text: `What color is thing ${id}?`, task: "color", answer, ...change };
}
