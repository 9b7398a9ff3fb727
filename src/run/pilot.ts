import { join, resolve } from "node:path";
import { type ResolvedConfig, rowsOf } from "../config/index.js";
import type { Row } from "../records/index.js";
import { readManifest } from "../shards/index.js";
import { loadPipelines } from "./load-pipelines.js";
import type { Plan } from "./plan.js";
import { type PlanOptions, planRun } from "./plan-run.js";
import { previewRun } from "./preview-run.js";
import { writeResumeCommand } from "./resume-command.js";

/** What a pilot has shown: a few rows, how many candidates were kept, and what the rest will cost. */
export interface PilotReport {
	/** Rows of each pipeline that were asked for. */
	readonly rows: number;
	readonly pipelines: readonly { readonly name: string; readonly candidates: number; readonly rows: number }[];
	readonly samples: readonly Row[];
	/** Of the whole run; what the pilot has paid for is held. */
	readonly plan: Plan;
	/** What to type to go on with the whole run. */
	readonly goOnCommand: string;
}

/** Rows that a person will read before deciding. */
const shownRows = 3;

/** Whether a run's folder holds the rows of a pilot already, and perhaps more, which a pilot would take away for as long as it lasts. */
export async function hasPilot({ config }: ResolvedConfig, rows: number, names?: readonly string[]): Promise<boolean> {
	for (const { name } of await loadPipelines(names ?? config.pipelines)) {
		const manifest = await readManifest(join(resolve(config.out), name));
		if ((manifest?.rows ?? 0) < Math.min(rows, rowsOf(config, name))) return false;
	}
	return true;
}

/** Tells what a pilot that has been made shows. @throws CandorError (exit 2) */
export async function reportPilot(resolved: ResolvedConfig, rows: number, options: PlanOptions): Promise<PilotReport> {
	const runFolder = resolve(resolved.config.out);
	const plan = await planRun(resolved, options);
	const pipelines: PilotReport["pipelines"][number][] = [];
	for (const { name } of plan.pipelines) {
		const manifest = await readManifest(join(runFolder, name));
		const candidates = manifest?.funnel.reduce((sum, part) => sum + part.in, 0) ?? 0;
		pipelines.push({ name, candidates, rows: manifest?.rows ?? 0 });
	}
	return {
		rows,
		pipelines,
		samples: await previewRun({ run: runFolder, seed: resolved.config.seed, rows: shownRows }),
		plan,
		goOnCommand: writeResumeCommand(resolved, options.pipelines),
	};
}
