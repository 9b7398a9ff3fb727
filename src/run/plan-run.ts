import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import pino from "pino";
import { thirdAnswerShare } from "../candidates/plan-slots.js";
import { type Config, type ResolvedConfig, rowsOf } from "../config/index.js";
import type { Pipeline } from "../pipeline/compose.js";
import { emptyLedger, type LedgerReader, openLedgerForReading } from "../teacher/index.js";
import { loadPipelines } from "./load-pipelines.js";
import { loadPrompts } from "./load-prompts.js";
import type { Draws } from "./make-pipeline.js";
import type { Plan } from "./plan.js";
import { measureOutputs, outputTokensOf } from "./plan-assumptions.js";
import { planHarvest } from "./plan-harvest.js";
import { planPipeline } from "./plan-pipeline.js";
import { openPlannedSource } from "./plan-source.js";
import { type PipelineCount, summarizePlan } from "./plan-summary.js";
import { createTally } from "./plan-tally.js";
import { createPlanningTeacher } from "./plan-teacher.js";
import { answersAlike, readRunRecord } from "./run-record.js";

export interface PlanOptions {
	/** Names, or absolute paths of pipeline files. Absent: the config's. */
	readonly pipelines?: readonly string[];
	readonly warn: (message: string) => void;
	/** Aborted: the plan is given up. */
	readonly signal: AbortSignal;
}

/** Rows of a pipeline that are planned one by one at most; of more, these are the first, and as the first they are like all. */
const maxPlannedRows = 1000;

/**
 * Tells what a run would ask and what that would cost, without asking anybody, and without a trace in the run's folder.
 * @throws CandorError (exit 2) for what the user wrote
 */
export async function planRun({ config }: ResolvedConfig, options: PlanOptions): Promise<Plan> {
	const runFolder = resolve(config.out);
	const pipelines = await loadPipelines(options.pipelines ?? config.pipelines);
	const ledgerFolder = join(runFolder, "ledger");
	const ledger = existsSync(join(ledgerFolder, "data.mdb")) ? openLedgerForReading(ledgerFolder) : undefined;
	const scratchFolder = await mkdtemp(join(tmpdir(), "candor-plan-"));
	try {
		return await planWith(config, { ...options, runFolder, pipelines, ledger, scratchFolder });
	} finally {
		await ledger?.close();
		await rm(scratchFolder, { recursive: true });
	}
}

interface Tools extends Pick<PlanOptions, "warn" | "signal"> {
	readonly runFolder: string;
	readonly pipelines: readonly Pipeline[];
	readonly ledger: LedgerReader | undefined;
	readonly scratchFolder: string;
}

async function planWith(config: Config, tools: Tools): Promise<Plan> {
	const { runFolder, pipelines, ledger, signal } = tools;
	const source = await openPlannedSource(config, { ...tools, hasReplies: (ledger?.count() ?? 0) > 0 });
	const { candidates, measure, notes } = source;
	try {
		const outputs = measureOutputs(ledger);
		const tally = createTally();
		const planning = (role: "teacher" | "student", { imageTokens }: Pick<Config["teacher"], "imageTokens">) =>
			createPlanningTeacher({
				ledger,
				role,
				imageTokens,
				outputTokensOf: (stage, most) => outputTokensOf(stage, most, outputs.get(stage)).likely,
				onRequest: tally.onRequest,
				onAnswer: tally.onAnswer,
			});
		const known = (await readRunRecord(runFolder))?.teachers ?? [];
		const base = {
			config,
			thirdShare: thirdAnswerShare(candidates.tasks),
			teachers: known.some((teacher) => answersAlike(teacher, config.teacher)) ? known : [...known, config.teacher],
			prompts: loadPrompts(pipelines),
			ledger: ledger ?? emptyLedger,
			teacher: planning("teacher", config.teacher),
			...(config.student === undefined ? {} : { student: planning("student", config.student) }),
			ingest: measure,
			log: pino({ level: "silent" }),
			signal,
			hardSignal: signal,
		};
		const draws: Draws = { limit: 0 };
		const counts: PipelineCount[] = [];
		for (const pipeline of pipelines) {
			const rows = rowsOf(config, pipeline.name);
			const planned = Math.min(rows, maxPlannedRows);
			const progress = await planPipeline(pipeline, { base, candidates, draws, rows: planned, tally, signal });
			const order = pipeline.stages.map(({ name }) => name);
			const stages = tally.stagesOf(pipeline.name).sort((a, b) => order.indexOf(a.stage) - order.indexOf(b.stage));
			counts.push({ name: pipeline.name, rows, planned, stages, progress });
		}
		const harvest = await planHarvest(config, { ...source, runFolder, pipelines, asked: outputs.get("first-answer")?.count ?? 0 });
		return summarizePlan(config, { runFolder, ledger, counts, outputs, harvest, notes });
	} finally {
		candidates.close();
	}
}
