import { join } from "node:path";
import { describe, expect, it } from "vitest";
import dpo from "../../../pipelines/dpo.js";
import sft from "../../../pipelines/sft.js";
import srt from "../../../pipelines/srt.js";
import { renderAnswer } from "../../../src/candidates/render-answer.js";
import { loadPrompt } from "../../../src/pipeline/load-prompt.js";
import { packageFolder } from "../../../src/pipeline/package-folder.js";
import { processCandidate } from "../../../src/pipeline/process-candidate.js";
import { renderTemplate } from "../../../src/pipeline/render-template.js";
import { checkRow } from "../../../src/rules/index.js";
import { createScriptedTeacher, scriptedSalt } from "../../../src/teacher/scripted-teacher.js";
import { drawFrom, listCandidates } from "../../candidates/support.js";
import { makeImageRef } from "../../support/make-request.js";
import { listQuestions } from "./support.js";

const folder = join(packageFolder(), "prompts");
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
	teacher: createScriptedTeacher({
		framesPath: join(folder, "scripted.yaml"),
		render: renderTemplate,
		renderAnswer: (answer, candidate) => renderAnswer(answer, candidate.options, candidate.labels),
	}),
	saltOf: scriptedSalt,
	prompt: (name: string) => loadPrompt(folder, name),
	ingest: async () => ({ image: makeImageRef() }),
	checkRow,
	signal,
	hardSignal: signal,
} as const;

describe("rows made of scenes by the scripted teacher", () => {
	const candidates = listQuestions({ pictures: 130 })
		.then((questions) => drawFrom(questions))
		.then(listCandidates);

	it.each([srt, sft, dpo])("pass every rule: $name", { timeout: 120_000 }, async (pipeline) => {
		const faults: string[] = [];
		let made = 0;
		for (const candidate of await candidates) {
			if (pipeline.skips.includes(candidate.cell.scenario)) continue;
			const outcome = await processCandidate(pipeline, candidate, tools);
			if (outcome.type === "rejection")
				faults.push(`${outcome.rejection.reason} ${candidate.question.id} ${candidate.cell.scenario} ${outcome.rejection.detail}`);
			else made++;
		}
		expect(faults).toEqual([]);
		expect(made).toBeGreaterThan(500);
	});
});
