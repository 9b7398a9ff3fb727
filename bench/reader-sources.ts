import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { random } from "../src/pipeline/random.js";
import type { Question } from "../src/records/index.js";
import { openScenes } from "../src/sources/scenes/open-scenes.js";
import { openTdiuc } from "../src/sources/tdiuc/open-tdiuc.js";
import { makeTdiuc } from "../test/support/make-tdiuc.js";
import { makeVqaLikeQuestions } from "../test/support/vqa-like.js";

/** Questions that can be read again and again. */
export type Questions = () => AsyncIterable<Question>;

/** Two sets of questions with different pictures: readers are fitted on the first and scored on the second. */
export type QuestionSets = readonly [train: Questions, test: Questions];

/** What the readers can be tried on. Each is given the rows wanted of a task; how many it has to give is its own affair. */
export const readerSources: Readonly<Record<string, (rowsPerTask: number) => Promise<QuestionSets>>> = {
	"vqa-like": async (rowsPerTask) => bothSeeds((seed) => makeVqaLikeQuestions({ seed, perTask: questionsFor(rowsPerTask), pictures: rowsPerTask * 4 })),
	scenes: async (rowsPerTask) => {
		const pictures = Math.ceil((rowsPerTask * 1.3) / rarestPerPicture);
		return [readAll(await collectScenes(1, pictures)), readAll(await collectScenes(2, pictures))];
	},
	tdiuc: splitTdiuc,
};

/** Questions of the rarest task that a scene asks about: 0.22 about sports, of which pairing leaves a few out. */
const rarestPerPicture = 0.2;

/** A third of what the published files hold: reading all of them takes minutes more, and only the smallest tasks want for questions. */
const tdiucQuestions = 500_000;

/** No is the rarest answer that cells ask for in equal number, at 30 % of yes/no questions, and exact pairing leaves some questions out. */
function questionsFor(rowsPerTask: number): number {
	return Math.ceil(rowsPerTask * 1.75);
}

function bothSeeds(make: (seed: number) => readonly Question[]): QuestionSets {
	return [readAll(make(1)), readAll(make(2))];
}

/** Settings are the source's defaults; no picture is rendered. */
async function collectScenes(seed: number, pictures: number): Promise<Question[]> {
	const source = openScenes({ pictures, seed, skew: 1, resolution: 640, degradation: "none" });
	const questions: Question[] = [];
	for await (const question of source.read(() => {})) questions.push(question);
	return questions;
}

/** A pair in the published proportions, of which each half of the pictures makes a set; settings are the source's defaults. */
async function splitTdiuc(): Promise<QuestionSets> {
	const folder = mkdtempSync(join(tmpdir(), "candor-readers-"));
	try {
		// Pictures are told apart by their ids, so that one file does for all.
		const { path, imageFolders, visualGenome } = await makeTdiuc(folder, { seed: 1, questions: tdiucQuestions, distinctPictures: 1 });
		const source = openTdiuc({
			...{ path, imageFolders, visualGenome },
			name: "tdiuc",
			splits: ["train", "val"],
			leaveOut: ["absurd", "sentiment_understanding"],
			minAnswerCount: 3,
		});
		const readHalf = (half: number): Questions =>
			async function* () {
				for await (const question of source.read(() => {})) {
					if (random(1, question.imageId ?? question.image, "half").below(2) === half) yield question;
				}
			};
		// The first pass reads the files; the others need them no more.
		for await (const _ of source.read(() => {})) break;
		return [readHalf(0), readHalf(1)];
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function readAll(questions: readonly Question[]): Questions {
	return async function* () {
		yield* questions;
	};
}
