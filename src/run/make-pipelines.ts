import type { CandidateSource } from "../candidates/draw-candidates.js";
import type { Pipeline } from "../pipeline/compose.js";
import type { StageSettings } from "../pipeline/stage.js";
import { type Candidate, configurationError } from "../records/index.js";
import { checkRow } from "../rules/index.js";
import type { Teacher } from "../teacher/index.js";
import { findCandidate } from "./find-candidate.js";
import { type Draws, makePipeline } from "./make-pipeline.js";
import type { OpenRun } from "./open-run.js";
import { createProcess, type ProcessBase, settingsOf, unlessPending } from "./process.js";
import type { OnlyOutcome, PipelineSummary } from "./summary.js";

export interface MakeInput {
	readonly run: OpenRun;
	/** Of the whole run, also where a pilot makes its beginning. */
	readonly configHash: string;
	readonly candidates: CandidateSource;
	readonly thirdShare: number;
	readonly draws: Draws;
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
	const { config, teachers, prompts, ledger, student, log } = run;
	const complete = new Map<string, PipelineSummary>();

	const makeOne = (pipeline: Pipeline, base: ProcessBase) =>
		makePipeline(pipeline, {
			runFolder: run.runFolder,
			config,
			configHash: input.configHash,
			candidates,
			draws,
			process: createProcess(pipeline, base),
			onProgress: (progress) => run.meter.update({ name: pipeline.name, ...progress }),
			scripted: writesScripted(pipeline, settingsOf(pipeline, config, thirdShare)),
			signal: base.signal,
		});

	/** One candidate through all pipelines that make rows of its scenario. */
	async function processOnly(wanted: string, base: ProcessBase): Promise<OnlyOutcome[]> {
		const candidate = await findCandidate(wanted, candidates);
		if (candidate === undefined) throw configurationError(`--only: there is no candidate ${wanted}`, "give the group of a row (meta.group), or its id");
		const only: OnlyOutcome[] = [];
		for (const pipeline of run.pipelines) {
			if (pipeline.skips.includes(candidate.cell.scenario)) continue;
			const outcome = await createProcess(pipeline, base)(candidate).catch(unlessPending);
			if (outcome !== undefined) only.push({ pipeline: pipeline.name, ...outcome });
		}
		return only;
	}

	return async (teacher) => {
		/** One that fails stops the others as an interrupt would: what is in flight comes home. */
		const failed = new AbortController();
		const base: ProcessBase = {
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
			signal: AbortSignal.any([run.signal, failed.signal]),
			hardSignal: run.hardSignal,
		};
		if (group !== undefined) return { summaries: [], only: await processOnly(group, base) };
		// Side by side: what several pipelines ask about a picture is asked together, and no server waits for one pipeline's last straggler.
		const left = run.signal.aborted ? [] : run.pipelines.filter(({ name }) => !complete.has(name));
		await Promise.allSettled(
			left.map(async (pipeline) => {
				try {
					const summary = await makeOne(pipeline, base);
					if (summary !== undefined) complete.set(pipeline.name, summary);
				} catch (error) {
					failed.abort(error);
				}
			}),
		);
		// The error that came first: those of the others may follow from it.
		if (failed.signal.aborted) throw failed.signal.reason;
		const summaries = run.pipelines.flatMap(({ name }) => complete.get(name) ?? []);
		for (const { name, warnings } of summaries)
			if (left.some((pipeline) => pipeline.name === name)) for (const warning of warnings) run.events.warn(`${name}: ${warning}`);
		return { summaries, only: [] };
	};
}

function writesScripted(pipeline: Pipeline, settings: StageSettings): boolean {
	return settings.scripted && pipeline.asksTeacher(settings);
}
