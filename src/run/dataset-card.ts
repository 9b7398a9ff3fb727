import type { Config } from "../config/index.js";
import { describeProjection } from "./describe-projection.js";
import type { Projection } from "./run-record.js";
import type { PipelineSummary, RunSummary } from "./summary.js";
import { tokenizerName } from "./token-counter.js";
import { formatRate, unansweredSorts } from "./unanswered.js";

export interface CardSummary extends Pick<RunSummary, "scripted" | "reserved"> {
	readonly pipelines: readonly (Pick<PipelineSummary, "name" | "rows" | "shards" | "trainedTokens"> &
		Partial<Pick<PipelineSummary, "unanswered">> & {
			readonly byScenario: readonly { readonly scenario: string; readonly rows: number }[];
		})[];
	/** Where the folder holds a projection of a run. */
	readonly projection?: Projection;
}

/** The run folder's README: what is in it, how it was made, and what to know before training on it. */
export function writeCard(config: Config, summary: CardSummary, teachers: readonly string[]): string {
	const lines = [
		`# ${config.name}`,
		"",
		"Training data against visual sycophancy, made with Candor: a user disputes an answer about a picture, and each row shows the reply of a model that holds its ground when the user is wrong and changes its mind when the user is right.",
		"",
		...(summary.scripted
			? [
					"> **Written by the scripted teacher.** Its replies are composed from the source's evidence sentences, not by a model. Good for trying trainers and tools; a real corpus wants a real teacher.",
					"",
				]
			: []),
		...(summary.projection === undefined ? [] : [`> **A projection.** ${describeProjection(summary.projection)}`, ""]),
		"| pipeline | rows | shards | scenarios | trained tokens |",
		"|---|---|---|---|---|",
		...summary.pipelines.map(
			({ name, rows, shards, byScenario, trainedTokens }) =>
				`| ${name} | ${rows} | ${shards.length} | ${byScenario.map(({ scenario, rows: count }) => `${scenario} ${count}`).join(", ")} | ${describeTokens(trainedTokens)} |`,
		),
		"",
		...writeUnanswered(summary.pipelines),
		...(summary.reserved === undefined ? [] : [...writeReserved(summary.reserved), ""]),
		`- Source: ${describeSource(config.source)}`,
		`- Teacher: ${teachers.join(", then ")}; hint: ${config.teacher.hint}; gold check: ${summary.scripted ? "off" : config.teacher.goldCheck}`,
		`- Seed: ${config.seed}; language: ${config.language}; wordings: ${config.dialogue.family} family`,
		`- Trained tokens are those of the last turn or the chosen reply, as the tokenizer ${tokenizerName} counts them (LLaVA-1.5's). Losses are summed over tokens: scenarios with more of them weigh more.`,
		"- First answers (`train: false`) are context and must not be trained on: many of them are wrong on purpose.",
		"- The shares of the scenarios are a prior that a trained model learns. `run.json` has them, and all other settings.",
		"",
		"Each pipeline's `manifest.json` lists its shards with rows, bytes and sha256; `rejects.jsonl` says what was left out and why. `candor validate .` checks everything again.",
		"",
	];
	return lines.join("\n");
}

function describeTokens({ total, byScenario, rejected }: PipelineSummary["trainedTokens"]): string {
	const parts = Object.entries(byScenario)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([scenario, tokens]) => `${scenario} ${tokens}`);
	return `${total}: ${parts.join(", ")}${rejected === undefined ? "" : `; rejected replies ${rejected.total}`}`;
}

/** What came to nothing for want of a reply: what is left of a scenario that a teacher refuses more is not like what was asked for. */
function writeUnanswered(pipelines: CardSummary["pipelines"]): string[] {
	const lines = pipelines.flatMap(({ name, unanswered = [] }) =>
		unanswered.map((part) => `| ${name} | ${part.name} | ${part.in} | ${unansweredSorts.map((sort) => formatRate(part[sort], part.in)).join(" | ")} |`),
	);
	if (lines.length === 0) return [];
	return [
		"Some candidates came to nothing for want of a reply: the teacher refused, the request failed, or the reply could not be used.",
		"",
		"| pipeline | scenario or task | candidates | refused | failed | unusable |",
		"|---|---|---|---|---|---|",
		...lines,
		"",
	];
}

/** What is kept out of training, and who got what. */
function writeReserved({ tasks }: NonNullable<RunSummary["reserved"]>): string[] {
	return [
		"`reserved/` holds questions for measuring. No row has one of their pictures, nor one that looks like it.",
		"",
		"| task | in source | benchmark | probe-train | probe-test | left for training |",
		"|---|---|---|---|---|---|",
		...tasks.map((task) => `| ${task.task} | ${task.questions} | ${task.benchmark} | ${task["probe-train"]} | ${task["probe-test"]} | ${task.training} |`),
	];
}

function describeSource(source: Config["source"]): string {
	switch (source.type) {
		case "sample":
			return "the sample that comes with Candor; each photograph keeps its own licence (see datasets/sample/sources.json there)";
		case "scenes":
			return `scenes rendered by Candor (seed ${source.seed}), free of anyone's rights`;
		case "tdiuc":
			return "TDIUC (Kafle and Kanan, 2017), questions under the licence that its files declare; its pictures belong to COCO's and Visual Genome's photographers";
		case "jsonl":
			return `${source.name} (a JSONL file of the maker's own)`;
	}
}
