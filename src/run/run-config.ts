import { join, relative } from "node:path";
import { thirdAnswerShare } from "../candidates/plan-slots.js";
import { hashConfig, type ResolvedConfig } from "../config/index.js";
import { configurationError, gateError } from "../records/index.js";
import { makeInRounds, warnOfBatches } from "./batch-rounds.js";
import { finishFolder } from "./finish-folder.js";
import { limitRows } from "./limit-rows.js";
import type { Draws } from "./make-pipeline.js";
import { createMake } from "./make-pipelines.js";
import { type OpenRun, type OpenRunOptions, openRun } from "./open-run.js";
import { modelOf } from "./open-teacher.js";
import { type Prepared, prepareCandidates } from "./prepare-candidates.js";
import { writeResumeCommand } from "./resume-command.js";
import { summarizeSpend } from "./summarize-spend.js";
import type { RunSummary } from "./summary.js";

export interface RunConfigOptions extends Omit<OpenRunOptions, "asksStudent"> {
	/** Only the candidate with this group hash: its outcomes are returned, no shard is touched. */
	readonly only?: string;
	/** So many rows of each pipeline at most: the beginning of the whole run, which can go on from there. */
	readonly pilot?: number;
}

/**
 * Makes what a config describes, or goes on with it. The ledger is the only state: all else is rebuilt by replaying.
 * @throws CandorError: exit 2 for what the user wrote, 3 where nothing good could be made, 4 where the teacher is not to be had
 */
export async function runConfig(resolved: ResolvedConfig, options: RunConfigOptions): Promise<RunSummary> {
	const { config } = resolved;
	const startedMs = performance.now();
	const asksStudent = config.dialogue.firstAnswers === "student" || config.dpo.rejected === "student";
	const run = limitRun(await openRun(config, { ...options, asksStudent }), options.pilot);
	let prepared: Prepared | undefined;
	try {
		prepared = await prepareCandidates(run)
			.catch(async (error: unknown) => {
				// Nothing was asked: a source that has been mended may use the folder.
				if (run.ledger.count() === 0) await run.forget();
				throw error;
			})
			.finally(run.badLines.close);
		const { candidates, asked } = prepared;
		if (candidates.tasks.length === 0) await refuseSource(run, prepared);
		warnOfIdleExclusions(run);
		const draws: Draws = { limit: 0 };
		const thirdShare = thirdAnswerShare(candidates.tasks);
		const make = createMake({
			run,
			configHash: hashConfig(config),
			candidates,
			thirdShare,
			draws,
			...(options.only === undefined ? {} : { group: options.only }),
		});
		if (config.teacher.mode === "live") warnOfBatches(run);
		const { summaries, only } = config.teacher.mode === "batch" ? await makeInRounds(run, thirdShare, make) : await make(run.teacher);
		if (asked !== undefined && summaries.some(({ short }) => short > 0)) {
			run.events.warn(
				"places stayed empty for want of first answers: more candidates were rejected than the student was asked for. Harvest more with candor first-answers, and name the file in dialogue.firstAnswers",
			);
		}
		const spend = summarizeSpend(run.budget.read(), summaries, run.pipelines);
		const summary: RunSummary = {
			runFolder: run.runFolder,
			pipelines: summaries,
			source: {
				questions: candidates.questionCount,
				badLines: run.badLines.reasons,
				leftOut: run.reserved.training.leftOut?.() ?? {},
				notDrawn: (await draws.current)?.notDrawn ?? {},
			},
			...(run.reserved.summary === undefined ? {} : { reserved: run.reserved.summary }),
			...(asked === undefined ? {} : { firstAnswers: asked }),
			requests: { asked: run.meter.counts.asked, fromLedger: run.meter.counts.fromLedger, failures: run.meter.counts.failures },
			...(spend === undefined ? {} : { spend }),
			elapsedMs: performance.now() - startedMs,
			scripted: config.teacher.type === "scripted",
			interrupted: options.signal.aborted,
			...(options.only === undefined ? {} : { only }),
			resumeCommand: writeResumeCommand(resolved, options.pipelines),
			nextCommand: `candor preview ${relative(process.cwd(), run.runFolder) || "."}`,
		};
		if (!summary.interrupted && options.only === undefined) await finishFolder(summary, resolved, run.teachers.map(modelOf), run.reserved.files);
		run.log.info({ event: summary.interrupted ? "stopped" : "finished", requests: summary.requests });
		refuseEmpty(summary);
		return summary;
	} finally {
		prepared?.candidates.close();
		await run.close();
	}
}

/** A pilot's folder is that of the whole run, and says so; only fewer rows are made. */
function limitRun(run: OpenRun, pilot: number | undefined): OpenRun {
	return pilot === undefined ? run : { ...run, config: limitRows(run.config, run.pipelines, pilot) };
}

async function refuseSource(run: OpenRun, { candidates }: Prepared): Promise<never> {
	await run.forget();
	const reserves = run.reserved.summary !== undefined;
	throw configurationError(
		`the source has no usable questions (${candidates.questionCount} read, ${run.badLines.count} lines left out${reserves ? "; those on reserved pictures are not read" : ""})`,
		run.badLines.count > 0
			? `see ${join(run.config.out, "rejects.jsonl")}`
			: `a task needs at least four different answers, or as many yes as no, or wrong answers of your own${reserves ? "; or reserve fewer questions" : ""}`,
	);
}

/** A list of ids in another spelling would leave all of a benchmark in the training rows, and nobody would know. */
function warnOfIdleExclusions({ reserved, events }: OpenRun): void {
	const found = reserved.training.leftOut?.()["question-excluded"] ?? 0;
	if (found < reserved.listedIds)
		events.warn(`reserve.exclude.questions: ${reserved.listedIds - found} of ${reserved.listedIds} ids match no question of the source`);
}

/** A run that made nothing at all has failed, however orderly. */
function refuseEmpty(summary: RunSummary): void {
	const empty = summary.pipelines.filter(({ rows }) => rows === 0);
	if (summary.interrupted || empty.length === 0) return;
	const reasons = empty.map(({ name, candidatesIn, rejected }) => {
		const list = Object.entries(rejected)
			.sort(([, a], [, b]) => b - a)
			.map(([reason, count]) => `${reason} ${count}`);
		return `${name}: none of ${candidatesIn} candidates became a row (${list.join(", ") || "the source has no fitting questions"})`;
	});
	throw gateError(reasons.join("; "), `each is listed in the pipeline's rejects.jsonl in ${summary.runFolder}`);
}
