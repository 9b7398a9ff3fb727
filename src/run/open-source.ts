import { join } from "node:path";
import type { FirstAnswers } from "../candidates/candidate-options.js";
import { type CandidateSource, createCandidateSource } from "../candidates/draw-candidates.js";
import type { QuestionShelf } from "../candidates/question-shelf.js";
import { loadWordings } from "../candidates/wordings.js";
import type { Config } from "../config/index.js";
import type { ImageFolders } from "../images/index.js";
import { packageFolder } from "../pipeline/package-folder.js";
import type { Question } from "../records/index.js";
import { openLineShelf } from "../shards/index.js";
import { readFirstAnswers } from "../sources/first-answers.js";
import { openJsonl } from "../sources/jsonl.js";
import { openSample } from "../sources/sample.js";
import { openScenes } from "../sources/scenes/open-scenes.js";
import type { BadLine, Source } from "../sources/source.js";
import { openTdiuc } from "../sources/tdiuc/open-tdiuc.js";

/** The source that the config names. Paths in it are absolute by now. */
export function openSource(config: Config): Source {
	const { source } = config;
	switch (source.type) {
		case "sample":
			return openSample();
		case "scenes":
			return openScenes(source);
		case "tdiuc":
			return openTdiuc(source);
		case "jsonl":
			return openJsonl({
				path: source.path,
				images: source.images,
				name: source.name,
				onBadLine: source.onBadLine,
				mapping: { fields: source.fields, imageTemplate: source.imageTemplate, task: source.task },
			});
	}
}

/** Where a source's pictures come from, as the image store wants to know it. */
export function picturesOf({ imageRoots, renderImage }: Source): Pick<ImageFolders, "roots" | "render"> {
	return { roots: imageRoots, ...(renderImage === undefined ? {} : { render: renderImage }) };
}

/** What opening candidates needs besides the config. */
export interface OpenCandidates {
	readonly source: Source;
	/** Where the texts of drawn questions wait. */
	readonly scratchFolder: string;
	readonly firstAnswers?: FirstAnswers;
	readonly onBadLine: (bad: BadLine) => void;
}

/** Counts the source's answers and makes ready to draw. Bad lines are told once, in the first pass. */
export async function openCandidates(config: Config, tools: OpenCandidates): Promise<CandidateSource> {
	const { firstAnswers: _, ...dialogue } = config.dialogue;
	const options = { seed: config.seed, ...dialogue, ...(tools.firstAnswers === undefined ? {} : { firstAnswers: tools.firstAnswers }) };
	return createCandidateSource(readInPasses(tools), loadWordings(join(packageFolder(), "prompts")), options, openQuestionShelf(tools.scratchFolder));
}

/** Candidates without any opinion: the bare questions of those that may be asked, posed as the config's dialogues will pose them. */
export async function openBareCandidates(config: Config, tools: OpenCandidates, mayAsk: (question: Question) => boolean): Promise<CandidateSource> {
	const { firstAnswers: _, ...dialogue } = config.dialogue;
	const options = { seed: config.seed, ...dialogue, scenarios: { neutral: 1 }, timings: { "one-round": 1 }, dialoguesPerQuestion: 1 };
	return createCandidateSource(readInPasses(tools), loadWordings(join(packageFolder(), "prompts")), options, openQuestionShelf(tools.scratchFolder), mayAsk);
}

function readInPasses({ source, onBadLine }: OpenCandidates): () => AsyncIterable<Question> {
	let passes = 0;
	return () => {
		passes++;
		return source.read(passes === 1 ? onBadLine : () => {});
	};
}

/** The first answers that the config names a file of. */
export async function openFirstAnswers({ dialogue }: Config, warn: (message: string) => void): Promise<FirstAnswers | undefined> {
	if (typeof dialogue.firstAnswers === "string") return undefined;
	return { origin: "file", ...(await readFirstAnswers(dialogue.firstAnswers.file, warn)) };
}

function openQuestionShelf(folder: string): QuestionShelf {
	const lines = openLineShelf(folder);
	return {
		put: (question) => lines.put(JSON.stringify(question)),
		// What was put there by this process is what comes back.
		get: (handle) => JSON.parse(lines.get(handle)) as Question,
		close: () => lines.close(),
	};
}
