import type { CandidateSource } from "../candidates/draw-candidates.js";
import { hashConfig } from "../config/index.js";
import type { Pipeline } from "../pipeline/compose.js";
import type { StageSettings } from "../pipeline/stage.js";
import { type Candidate, configurationError } from "../records/index.js";
import { checkRow } from "../rules/index.js";
import { Pending, type Teacher } from "../teacher/index.js";
import { findCandidate } from "./find-candidate.js";
import { type MakeTools, makePipeline } from "./make-pipeline.js";
import type { OpenRun } from "./open-run.js";
import { createProcess, settingsOf } from "./process.js";
import type { OnlyOutcome, PipelineSummary } from "./summary.js";

export interface MakeInput {
	readonly run: OpenRun;
	readonly candidates: CandidateSource;
	readonly thirdShare: number;
	readonly draws: MakeTools["draws"];
	/** Only the candidate with this group. */
	readonly group?: string;
}

/** What has been made: of the pipelines, those that are complete. */
export interface Made {
	readonly summaries: readonly PipelineSummary[];
	readonly only: readonly OnlyOutcome[];
}

/**
 * How a run's pipelines are made with a teacher. May be called again where a teacher could not answer everything at once: what was
 * complete stays as it is.
 */
export function createMake(input: MakeInput): (teacher: Teacher) => Promise<Made> {
	const { run, candidates, thirdShare, draws, group } = input;
	const { config, teachers, prompts, ledger, student, log, signal, hardSignal } = run;
	const complete = new Map<string, PipelineSummary>();

	async function makeOne(pipeline: Pipeline, process: MakeTools["process"]): Promise<void> {
		const summary = await makePipeline(pipeline, {
			runFolder: run.runFolder,
			config,
			configHash: hashConfig(config),
			candidates,
			draws,
			process,
			onProgress: run.meter.update,
			scripted: writesScripted(pipeline, settingsOf(pipeline, config, thirdShare)),
			signal,
		});
		if (summary === undefined) return;
		complete.set(pipeline.name, summary);
		for (const warning of summary.warnings) run.events.warn(`${pipeline.name}: ${warning}`);
	}

	async function processOnly(wanted: string, pipeline: Pipeline, process: MakeTools["process"]): Promise<OnlyOutcome[]> {
		const candidate = await findCandidate(wanted, candidates);
		if (candidate === undefined) throw configurationError(`--only: there is no candidate ${wanted}`, "give the group of a row (meta.group), or its id");
		if (pipeline.skips.includes(candidate.cell.scenario)) return [];
		try {
			return [{ pipeline: pipeline.name, ...(await process(candidate)) }];
		} catch (error) {
			if (error instanceof Pending) return [];
			throw error;
		}
	}

	return async (teacher) => {
		const base = {
			config,
			thirdShare,
			teachers,
			prompts,
			ledger,
			teacher,
			...(student === undefined ? {} : { student }),
			ingest: (candidate: Candidate) => run.reserved.ingest(candidate.question.image),
			checkRow,
			log,
			signal,
			hardSignal,
		};
		const only: OnlyOutcome[] = [];
		for (const pipeline of run.pipelines) {
			if (complete.has(pipeline.name) || signal.aborted) continue;
			run.meter.enter(pipeline.name);
			const process = createProcess(pipeline, base);
			if (group === undefined) await makeOne(pipeline, process);
			else only.push(...(await processOnly(group, pipeline, process)));
		}
		return { summaries: run.pipelines.flatMap(({ name }) => complete.get(name) ?? []), only };
	};
}

function writesScripted(pipeline: Pipeline, settings: StageSettings): boolean {
	return settings.scripted && pipeline.asksTeacher(settings);
}
