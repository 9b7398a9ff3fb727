import { join } from "node:path";
import { describe, expect, it } from "vitest";
import dpo from "../../pipelines/dpo.js";
import sft from "../../pipelines/sft.js";
import srt from "../../pipelines/srt.js";
import { renderAnswer } from "../../src/candidates/render-answer.js";
import { loadPrompt, type Prompt } from "../../src/pipeline/load-prompt.js";
import { packageFolder } from "../../src/pipeline/package-folder.js";
import { processCandidate } from "../../src/pipeline/process-candidate.js";
import { random } from "../../src/pipeline/random.js";
import { renderTemplate } from "../../src/pipeline/render-template.js";
import { familySchema, type Question, type Rejection, scenarios } from "../../src/records/index.js";
import { checkRow } from "../../src/rules/index.js";
import { openSample } from "../../src/sources/sample.js";
import { createScriptedTeacher, scriptedSalt } from "../../src/teacher/scripted-teacher.js";
import { drawFrom, listCandidates } from "../candidates/support.js";
import { makeImageRef } from "../support/make-request.js";

const folder = join(packageFolder(), "prompts");
const teacher = createScriptedTeacher({
	framesPath: join(folder, "scripted.yaml"),
	render: renderTemplate,
	renderAnswer: (answer, candidate) => renderAnswer(answer, candidate.options, candidate.labels),
});
const prompts = new Map<string, Prompt>();
const signal = new AbortController().signal;
const tools = {
	seed: 5,
	maxAttempts: 1,
	settings: {
		hint: "never",
		goldCheck: "off",
		teacherModel: "scripted",
		scripted: true,
		dpoReplies: "templates",
		dpoRejected: "as-replies",
		stanceShares: { bothWrong: 10, misleading: 10, corrective: 10 },
	},
	sampling: { temperature: 0, maxOutputTokens: 100 },
	teacher,
	saltOf: scriptedSalt,
	prompt(name: string) {
		const prompt = prompts.get(name) ?? loadPrompt(folder, name);
		prompts.set(name, prompt);
		return prompt;
	},
	ingest: async () => ({ image: makeImageRef() }),
	checkRow,
	signal,
	hardSignal: signal,
} as const;

/** Of the thousands of dialogues, as many are looked at for each pipeline and scenario; every question comes in some. */
const perScenario = 25;

const sample = (async () => {
	const questions: Question[] = [];
	for await (const question of openSample().read(() => {})) questions.push(question);
	return questions;
})();

describe.each(familySchema.options)("every row that templates and the scripted teacher make of the sample, %s family", (family) => {
	const candidates = sample.then((questions) => drawFrom(questions, { family, dialoguesPerQuestion: 4 })).then(listCandidates);

	it.each([srt, sft, dpo])("passes every rule: $name", { timeout: 30_000 }, async (pipeline) => {
		const shuffled = random(family === "train" ? 1 : 2, pipeline.name, "sweep").shuffle(await candidates);
		const rejections: (Rejection & { question: string; scenario: string })[] = [];
		for (const scenario of scenarios.filter((name) => !pipeline.skips.includes(name))) {
			const some = shuffled.filter(({ cell }) => cell.scenario === scenario).slice(0, perScenario);
			expect(some.length).toBe(perScenario);
			for (const candidate of some) {
				const outcome = await processCandidate(pipeline, candidate, tools);
				if (outcome.type === "rejection") rejections.push({ ...outcome.rejection, question: candidate.question.id, scenario });
			}
		}
		expect(rejections).toEqual([]);
	});
});
