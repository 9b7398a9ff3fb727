import type { CandidateSource } from "../candidates/draw-candidates.js";
import type { Config } from "../config/index.js";
import type { Pipeline } from "../pipeline/compose.js";
import { estimateImageTokens } from "../teacher/image-tokens.js";
import { estimateTextTokens } from "../teacher/index.js";
import { readWantedWrong } from "./first-answers.js";
import type { PlannedAmount } from "./plan.js";
import { estimateAmount } from "./plan-amounts.js";
import { assumedInputRatio, outputTokensOf } from "./plan-assumptions.js";
import { questionsPerWrongAnswer, quotasOfRun } from "./plan-first-answers.js";
import type { PlannedSource } from "./plan-source.js";

/** Pictures that are looked at to tell how large they are. */
const sampled = 20;
/** What stands beside picture and question in a bare question. @unit tokens */
const instructionTokens = 60;

/** What asking the student for its first answers will come to; nothing where it is not asked, or has answered. */
export async function planHarvest(
	config: Config,
	tools: PlannedSource & { readonly runFolder: string; readonly pipelines: readonly Pipeline[]; readonly asked: number },
): Promise<PlannedAmount | undefined> {
	const { student } = config;
	if (config.dialogue.firstAnswers !== "student" || student === undefined) return undefined;
	const quotas = [...quotasOfRun(config, tools.candidates.tasks, tools.pipelines).values()];
	// A pilot has asked for fewer than the whole run needs.
	if ((await readWantedWrong(tools.runFolder)) >= quotas.reduce((sum, { wrong }) => sum + wrong, 0)) return undefined;
	const questions = quotas.reduce((sum, { right, wrong }) => sum + Math.max(wrong * questionsPerWrongAnswer, right * 1.2), 0);
	const count = Math.max(0, Math.round(questions) - tools.asked);
	const each = await measureQuestion(student, tools);
	return estimateAmount(
		{ count, input: { likely: each.likely * count, atMost: each.atMost * count }, maxOutputTokens: student.maxOutputTokens * count },
		{
			output: outputTokensOf("first-answer", student.maxOutputTokens, undefined),
			// How often a student is wrong is anybody's guess.
			repeats: { low: 0.5, likely: 1, high: 2 },
			inputRatio: assumedInputRatio,
			price: student.price,
			scale: 1,
		},
	);
}

async function measureQuestion(
	{ model, imageTokens }: NonNullable<Config["student"]>,
	{ candidates, measure }: { readonly candidates: CandidateSource; readonly measure: PlannedSource["measure"] },
): Promise<{ likely: number; atMost: number }> {
	const sum = { likely: 0, atMost: 0, count: 0 };
	const { byCell } = await candidates.draw(sampled);
	for (const list of byCell.values()) {
		if (list.length === 0 || sum.count >= sampled) continue;
		const candidate = list.at(0);
		const ingested = await measure(candidate);
		if ("rejection" in ingested) continue;
		const picture = estimateImageTokens(ingested.image, model, imageTokens);
		const text = estimateTextTokens(candidate.turns[0]?.text ?? "");
		sum.likely += picture.likely + text.likely + instructionTokens;
		sum.atMost += picture.atMost + text.atMost + 4 * instructionTokens;
		sum.count += 1;
	}
	return { likely: sum.likely / Math.max(1, sum.count), atMost: sum.atMost / Math.max(1, sum.count) };
}
