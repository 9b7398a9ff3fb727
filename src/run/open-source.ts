import { join } from "node:path";
import type { CandidateOptions } from "../candidates/candidate-options.js";
import { type CandidateSource, createCandidateSource } from "../candidates/draw-candidates.js";
import { loadWordings } from "../candidates/wordings.js";
import type { Config } from "../config/index.js";
import type { ImageFolders } from "../images/index.js";
import { packageFolder } from "../pipeline/package-folder.js";
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

/** Counts the source's answers and makes ready to draw. Bad lines are told once, in the first pass. */
export async function openCandidates(
	config: Config,
	source: Source,
	onBadLine: (bad: BadLine) => void,
	warn: (message: string) => void,
): Promise<CandidateSource> {
	const { dialogue } = config;
	let passes = 0;
	const questions = () => {
		passes++;
		return source.read(passes === 1 ? onBadLine : () => {});
	};
	const options: CandidateOptions = {
		seed: config.seed,
		scenarios: dialogue.scenarios,
		timings: dialogue.timings,
		tones: dialogue.tones,
		pressures: dialogue.pressures,
		formats: dialogue.formats,
		tasks: dialogue.tasks,
		maxAnswerShare: dialogue.maxAnswerShare,
		dialoguesPerQuestion: dialogue.dialoguesPerQuestion,
		family: dialogue.family,
		firstAnswerStyle: dialogue.firstAnswerStyle,
		...(typeof dialogue.firstAnswers === "string"
			? {}
			: { firstAnswers: { origin: "file" as const, byQuestion: await readFirstAnswers(dialogue.firstAnswers.file, warn) } }),
	};
	return createCandidateSource(questions, loadWordings(join(packageFolder(), "prompts")), options);
}
