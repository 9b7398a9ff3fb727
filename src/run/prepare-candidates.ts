import type { FirstAnswers } from "../candidates/candidate-options.js";
import type { CandidateSource } from "../candidates/draw-candidates.js";
import { Stopped } from "../pipeline/process-candidate.js";
import { askableQuestions, obtainFirstAnswers, readRunFirstAnswers, type StudentTools } from "./first-answers.js";
import type { HarvestPart } from "./harvest.js";
import type { OpenRun } from "./open-run.js";
import { openBareCandidates, openCandidates, openFirstAnswers } from "./open-source.js";
import { quotasOfRun } from "./plan-first-answers.js";

/** The candidates of a run, and what the student was asked to that end, if it was. */
export interface Prepared {
	readonly candidates: CandidateSource;
	readonly asked?: readonly HarvestPart[];
}

/**
 * Makes ready to draw: first answers first, where they are to be had from a file or from the student.
 * @throws Stopped where the run is stopped before the student has answered
 */
export async function prepareCandidates(run: OpenRun): Promise<Prepared> {
	const { config } = run;
	const base = { source: run.reserved.training, scratchFolder: run.runFolder };
	const open = (firstAnswers: FirstAnswers | undefined, onBadLine = run.badLines.add) =>
		openCandidates(config, { ...base, onBadLine, ...(firstAnswers === undefined ? {} : { firstAnswers }) });
	if (config.dialogue.firstAnswers !== "student") return { candidates: await open(await openFirstAnswers(config, run.events.warn)) };

	const bare = await openBareCandidates(config, { ...base, onBadLine: run.badLines.add }, askableQuestions(config));
	try {
		const asked = await obtainFirstAnswers(bare, quotasOfRun(config, bare.tasks, run.pipelines), { sources: run.sources }, studentTools(run));
		if (asked === undefined) throw new Stopped();
		// Bad lines have been told.
		return { candidates: await open(await readRunFirstAnswers(config, run.runFolder), () => {}), asked };
	} finally {
		bare.close();
	}
}

/** What asking the student takes. */
export function studentTools(run: OpenRun): StudentTools {
	const { student, meter } = run;
	if (student === undefined) throw new Error("the run was opened without a student");
	return {
		config: run.config,
		runFolder: run.runFolder,
		student,
		ingest: ({ question }) => run.reserved.ingest(question.image),
		onProgress: meter.updateFirstAnswers,
		signal: run.signal,
		hardSignal: run.hardSignal,
	};
}
