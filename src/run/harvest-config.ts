import { resolve } from "node:path";
import { type Config, configSchema, type ResolvedConfig } from "../config/index.js";
import { Stopped } from "../pipeline/process-candidate.js";
import { configurationError } from "../records/index.js";
import type { RunEvents } from "./events.js";
import { askableQuestions, firstAnswersPath, obtainFirstAnswers } from "./first-answers.js";
import type { HarvestPart } from "./harvest.js";
import { openRun } from "./open-run.js";
import { openBareCandidates } from "./open-source.js";
import { quotasOfHarvest } from "./plan-first-answers.js";
import { studentTools } from "./prepare-candidates.js";

export { questionsPerWrongAnswer } from "./plan-first-answers.js";

export interface HarvestOptions {
	/** Wrong first answers in all; they are shared among the tasks as the config shares rows. */
	readonly wrong: number;
	/** The folder for replies and pictures; absent: beside the run's. */
	readonly out?: string;
	readonly events: RunEvents;
	/** Aborted: nothing new is asked. */
	readonly signal: AbortSignal;
}

export interface HarvestSummary {
	/** The file that `dialogue.firstAnswers.file` can name. */
	readonly file: string;
	readonly parts: readonly HarvestPart[];
	readonly requests: { readonly asked: number; readonly fromLedger: number };
	/** @unit milliseconds */
	readonly elapsedMs: number;
}

/**
 * Asks the student bare questions until each task has its share of wrong answers, or the source has run out, and writes them to a
 * file. The folder keeps every reply: the same command goes on where it was stopped, and one that wants more adds to what is there.
 * @throws CandorError: exit 2 for what the user wrote, 4 where the student is not to be had; Stopped where it is stopped
 */
export async function harvestConfig({ config }: ResolvedConfig, options: HarvestOptions): Promise<HarvestSummary> {
	const startedMs = performance.now();
	const folder = resolve(options.out ?? `${config.out}-first-answers`);
	const { events, signal } = options;
	const run = await openRun(onlyAsking(config, folder), { extend: true, asksStudent: true, events, signal });
	try {
		const bare = await openBareCandidates(
			config,
			{ source: run.reserved.training, scratchFolder: run.runFolder, onBadLine: run.badLines.add },
			askableQuestions(config),
		).finally(run.badLines.close);
		try {
			if (bare.tasks.length === 0)
				throw configurationError(`the source has no usable questions (${bare.questionCount} read)`, "see its rejects.jsonl, or name another source");
			const parts = await obtainFirstAnswers(bare, quotasOfHarvest(options.wrong, bare.tasks), { sources: run.sources }, studentTools(run));
			if (parts === undefined) throw new Stopped();
			const { asked, fromLedger } = run.meter.counts;
			return { file: firstAnswersPath(folder), parts, requests: { asked, fromLedger }, elapsedMs: performance.now() - startedMs };
		} finally {
			bare.close();
		}
	} finally {
		await run.close();
	}
}

/** The config without what asking does not depend on: a config that has gone on to other rows, or to the file itself, asks on in the same folder. */
function onlyAsking(config: Config, out: string): Config {
	const { name, seed, source, reserve, student, budget, dialogue } = config;
	return configSchema.parse({
		name,
		seed,
		source,
		reserve,
		student,
		budget,
		dialogue: { ...dialogue, firstAnswers: "student" },
		out,
		rows: 1,
		pipelines: ["sft"],
	});
}
