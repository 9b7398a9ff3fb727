import { relative } from "node:path";
import type { Config } from "../config/index.js";
import type { Pipeline } from "../pipeline/compose.js";
import type { StageSettings } from "../pipeline/stage.js";
import { teacherError } from "../records/index.js";
import { explainRefusal, noteRequests, type Teacher } from "../teacher/index.js";
import { describeCounts, describeRounds } from "./batch-describe.js";
import { cleanUp } from "./batch-finish.js";
import { isUnsettled, listJobs, readJobTable, tidyJobFiles } from "./batch-jobs.js";
import { openPendingRequests } from "./batch-pending.js";
import { type RoundOutcome, runRound } from "./batch-round.js";
import { recoverJobs } from "./batch-submit.js";
import { type BatchTools, openBatchTools } from "./batch-tools.js";
import type { OpenRun } from "./open-run.js";
import { settingsOf } from "./process.js";

/** So many rounds in a row that bring nothing end the run. */
const idleRounds = 2;

/**
 * Makes a run by rounds: each makes all of it again from the ledger, notes what is missing, and has that asked in batches. What is
 * noted in the last round is nothing, and that round is the run.
 * @param make makes the run with the given teacher, as far as its replies go
 * @throws CandorError (exit 4) where rounds bring nothing, or the provider is not to be had
 */
export async function makeInRounds<Made>(run: OpenRun, thirdShare: number, make: (teacher: Teacher) => Promise<Made>): Promise<Made> {
	const { config, ledger, meter, events, signal, runFolder } = run;
	const tell = (message: string) => events.tell?.(message);
	const tools = openBatchTools(
		{ runFolder, ledger, budget: run.budget, teacher: config.teacher, signal, tell, warn: events.warn, onProgress: meter.wait },
		process.env,
	);
	const expected = Math.max(0, ...run.pipelines.map((pipeline) => countSteps(pipeline, settingsOf(pipeline, config, thirdShare))));
	const before = listJobs(tools.table).reduce((last, { round }) => Math.max(last, round), 0);
	let bought = 0;
	let idle = 0;
	try {
		bought += await takeUp(before, tools);
		for (let round = before + 1; ; round++) {
			const pending = openPendingRequests(runFolder);
			try {
				meter.counts.fromLedger = 0;
				const made = await make(noteRequests(ledger, pending.add, meter.teacherEvents));
				if (signal.aborted || pending.count === 0) return made;
				if (round === before + 1) tell(describeRounds(expected, config));
				if (isTail(pending.count, ledger.count(), config)) {
					tell(`the last ${pending.count} requests are asked live`);
					return await make(run.teacher);
				}
				const outcome = await runRound(round, pending, [], tools);
				meter.wait(undefined);
				bought += outcome.answered + outcome.refused;
				tell(`round ${round}: ${describeCounts(outcome)}`);
				run.log.info({ event: "round", round, ...outcome });
				idle = outcome.answered + outcome.refused > 0 || outcome.wasFull ? 0 : idle + 1;
				if (idle >= idleRounds) throw noProgress(outcome);
			} finally {
				pending.close();
			}
		}
	} catch (error) {
		warnOfBatches(run);
		if (!signal.aborted || error !== signal.reason) throw explainRefusal(error);
		// Stopped: nothing is asked any more, and nothing comes of it but what the run was asked to make.
		return await make(run.teacher);
	} finally {
		meter.counts.asked += bought;
		meter.counts.fromLedger = Math.max(0, meter.counts.fromLedger - bought);
		meter.wait(undefined);
		await tidyJobFiles(runFolder, listJobs(tools.table).filter(isUnsettled));
		await tools.provider.close();
	}
}

/** Waits for what an earlier start has submitted. @returns how many requests that answered */
async function takeUp(round: number, tools: BatchTools): Promise<number> {
	const running = await recoverJobs(tools);
	for (const job of listJobs(tools.table)) if (job.leftovers !== undefined) await cleanUp(job, tools);
	await tidyJobFiles(tools.runFolder, running);
	if (running.length === 0) return 0;
	tools.tell(`${running.length} batches of an earlier start are taken up again`);
	const none = openPendingRequests(tools.runFolder);
	try {
		const outcome = await runRound(round, none, running, tools);
		tools.tell(`round ${round}: ${describeCounts(outcome)}`);
		return outcome.answered + outcome.refused;
	} finally {
		none.close();
	}
}

/** How many stages ask one after the other. */
function countSteps(pipeline: Pipeline, settings: StageSettings): number {
	if (!pipeline.asksTeacher(settings)) return 0;
	return pipeline.stages.filter(({ name, prompts }) => prompts.length > 0 && (name !== "gold-check" || settings.goldCheck !== "off")).length;
}

function isTail(pending: number, answered: number, { teacher }: Config): boolean {
	return teacher.batch.tail === "live" && pending < teacher.batch.tailShare * (pending + answered);
}

function noProgress({ lastProblem }: RoundOutcome): Error {
	return teacherError(
		`${idleRounds} rounds of batches have brought no reply${lastProblem === undefined ? "" : `; the provider says: ${lastProblem}`}`,
		"Mend what the provider complains of, then run the same command again: nothing is lost. teacher.mode live asks without batches.",
	);
}

/** Tells of batches that are at the provider and that nobody waits for: they will be paid for, and their replies can be had. */
export function warnOfBatches({ ledger, runFolder, events }: Pick<OpenRun, "ledger" | "runFolder" | "events">): void {
	const count = listJobs(readJobTable(ledger)).filter(isUnsettled).length;
	if (count === 0) return;
	const command = `candor batch cancel ${relative(process.cwd(), runFolder) || "."}`;
	events.warn(
		`${count === 1 ? "a batch goes" : `${count} batches go`} on at the provider: teacher.mode batch waits for what ${count === 1 ? "it brings" : "they bring"}, ${command} ends ${count === 1 ? "it" : "them"}`,
	);
}
