import { join } from "node:path";
import type { CandidateOptions } from "../candidates/candidate-options.js";
import { type CandidateSource, createCandidateSource } from "../candidates/draw-candidates.js";
import { loadWordings } from "../candidates/wordings.js";
import type { Config } from "../config/index.js";
import { packageFolder } from "../pipeline/package-folder.js";
import { readFirstAnswers } from "../sources/first-answers.js";
import { openJsonl } from "../sources/jsonl.js";
import { openSample } from "../sources/sample.js";
import type { BadLine, Source } from "../sources/source.js";

/** The source that the config names. Paths in it are absolute by now. */
export function openSource(config: Config): Source {
	const { source } = config;
	if (source.type === "sample") return openSample();
	return openJsonl({
		path: source.path,
		images: source.images,
		name: source.name,
		onBadLine: source.onBadLine,
		mapping: { fields: source.fields, imageTemplate: source.imageTemplate, task: source.task },
	});
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
		...(dialogue.firstAnswers === "synthetic"
			? {}
			: { firstAnswers: { origin: "file" as const, byQuestion: await readFirstAnswers(dialogue.firstAnswers.file, warn) } }),
	};
	return createCandidateSource(questions, loadWordings(join(packageFolder(), "prompts")), options);
}
