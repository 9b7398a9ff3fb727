import { hash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { suggestion } from "../config/suggest.js";
import type { Pipeline } from "../pipeline/compose.js";
import { retryRuleOf } from "../pipeline/retry-policy.js";
import { configurationError } from "../records/index.js";
import { isJsonlProblem, readJsonl, stringifyRow } from "../shards/index.js";
import { openLedger, openLedgerForReading } from "../teacher/index.js";
import type { RunEvents } from "./events.js";
import { loadPipelines } from "./load-pipelines.js";
import { quoteWords } from "./resume-command.js";
import { type Grant, grantSchema, grantsTable } from "./retry-grants.js";
import { runConfig } from "./run-config.js";
import { type RunRecord, readRunRecord } from "./run-record.js";
import type { RunSummary } from "./summary.js";

export interface RetryOptions {
	/** The run's folder. */
	readonly run: string;
	/** Reason codes, as rejects.jsonl has them. */
	readonly reasons: readonly string[];
	/** Only these of the run's pipelines; none: all. */
	readonly pipelines: readonly string[];
	/** Only candidates of these tasks; none: all. */
	readonly tasks: readonly string[];
}

export interface RetryPlan {
	readonly run: string;
	/** Candidates that get a further attempt, by pipeline. */
	readonly pipelines: readonly {
		readonly name: string;
		/** By reason code. */
		readonly candidates: Readonly<Record<string, number>>;
		/** Of those, how many were given it before, and have not had it yet. */
		readonly waiting: number;
	}[];
	readonly total: number;
}

/** What is to be done, and what it takes to do it. */
export interface PlannedRetry {
	readonly plan: RetryPlan;
	readonly record: RunRecord;
	/** New or increased, by the id of the candidate's row. */
	readonly grants: ReadonlyMap<string, Grant>;
	/** The pipelines that the run has made so far, as the config names them: others are not begun by a retry. */
	readonly made: readonly string[];
	readonly options: RetryOptions;
}

const rejectSchema = z.looseObject({ id: z.string(), task: z.string(), reason: z.string(), stage: z.string().optional() });
type Reject = z.infer<typeof rejectSchema>;

/**
 * Finds the rejected candidates of a run that are to be tried once more. Changes nothing and asks nobody.
 * @throws CandorError (exit 2) for a folder that is no run, and for reasons, pipelines and tasks that it does not have, with those that
 * it has
 */
export async function planRetry(options: RetryOptions): Promise<PlannedRetry> {
	const { run } = options;
	const record = await readRetried(run);
	const all = await loadPipelines(record.config.pipelines);
	const isMade = ({ name }: Pipeline) => existsSync(join(run, name));
	const made = all.filter(isMade);
	refuseUnknown(
		"--pipeline",
		options.pipelines,
		made.map(({ name }) => name),
	);
	const chosen = options.pipelines.length === 0 ? made : made.filter(({ name }) => options.pipelines.includes(name));
	const ledger = openLedgerForReading(join(run, "ledger"));
	try {
		const known = ledger.readTable(grantsTable, grantSchema);
		const grants = new Map<string, Grant>();
		const occurring: Occurring = { tasks: new Set(), reasons: {}, hopeless: new Set() };
		const pipelines: RetryPlan["pipelines"][number][] = [];
		for (const pipeline of chosen) {
			const candidates: Record<string, number> = {};
			let waiting = 0;
			for await (const reject of readRejects(join(run, pipeline.name, "rejects.jsonl"))) {
				if (!notice(occurring, reject, pipeline, options)) continue;
				candidates[reject.reason] = (candidates[reject.reason] ?? 0) + 1;
				const before = known.get(reject.id);
				const rejection = hash("sha256", stringifyRow(reject), "hex").slice(0, 16);
				if (before?.rejection === rejection) waiting++;
				else grants.set(reject.id, { attempts: (before?.attempts ?? 0) + 1, rejection });
			}
			pipelines.push({ name: pipeline.name, candidates, waiting });
		}
		refuseReasons(options, occurring);
		const total = pipelines.reduce((sum, { candidates }) => sum + Object.values(candidates).reduce((a, b) => a + b, 0), 0);
		return {
			plan: { run, pipelines, total },
			record,
			grants,
			made: record.config.pipelines.filter((_, index) => all.slice(index, index + 1).some(isMade)),
			options,
		};
	} finally {
		await ledger.close();
	}
}

/** Grants are written together, so many in a commit. */
const grantedTogether = 4000;

/** Grants what was planned, for good, and goes on with the run. The same once more goes on where this was interrupted. */
export async function retryRun(planned: PlannedRetry, events: RunEvents, signal: AbortSignal): Promise<RunSummary> {
	const { plan, record, made, options } = planned;
	const ledger = openLedger(join(plan.run, "ledger"));
	try {
		const table = ledger.table(grantsTable, grantSchema);
		const grants = [...planned.grants];
		for (let from = 0; from < grants.length; from += grantedTogether) {
			await ledger.atomically(() => {
				for (const [id, grant] of grants.slice(from, from + grantedTogether)) void table.put(id, grant);
			});
		}
	} finally {
		await ledger.close();
	}
	const resolved = { config: { ...record.config, out: plan.run }, origins: new Map(), file: join(plan.run, "run.json"), folder: plan.run };
	const summary = await runConfig(resolved, { pipelines: made, extend: false, events, signal });
	return { ...summary, resumeCommand: writeRetryCommand(options) };
}

export function writeRetryCommand({ run, reasons, pipelines, tasks }: RetryOptions): string {
	const flags = (name: string, values: readonly string[]) => values.flatMap((value) => [name, value]);
	return quoteWords(["candor", "retry", run, ...flags("--reason", reasons), ...flags("--pipeline", pipelines), ...flags("--task", tasks)]);
}

async function readRetried(run: string): Promise<RunRecord> {
	const record = await readRunRecord(run);
	if (record === undefined) throw configurationError(`${run} is not a run: it holds no run.json`, "name the folder of a run");
	if (record.projection !== undefined)
		throw configurationError(`${run} holds a projection of a run, in which nothing is asked`, "name the run that its rows are from");
	return record;
}

async function* readRejects(path: string): AsyncGenerator<Reject> {
	if (!existsSync(path)) return;
	for await (const item of readJsonl(path)) {
		const parsed = isJsonlProblem(item) ? undefined : rejectSchema.safeParse(item.value).data;
		if (parsed === undefined) {
			const line = item.line;
			throw configurationError(`${path}:${line}: is no rejected candidate; the file is damaged`, "give the run's own command again, which writes it anew");
		}
		yield parsed;
	}
}

interface Occurring {
	readonly tasks: Set<string>;
	/** Among the chosen pipelines and tasks: what could be tried again. */
	readonly reasons: Record<string, number>;
	/** What no further attempt would change. */
	readonly hopeless: Set<string>;
}

/** @returns whether a rejected candidate is one that is wanted */
function notice(occurring: Occurring, reject: Reject, pipeline: Pipeline, { reasons, tasks }: RetryOptions): boolean {
	occurring.tasks.add(reject.task);
	if (tasks.length > 0 && !tasks.includes(reject.task)) return false;
	const mayChange = retryRuleOf(reject.reason).isFailure === true || pipeline.stages.some(({ name }) => name === reject.stage);
	if (!mayChange) {
		occurring.hopeless.add(reject.reason);
		return false;
	}
	occurring.reasons[reject.reason] = (occurring.reasons[reject.reason] ?? 0) + 1;
	return reasons.includes(reject.reason);
}

function refuseReasons({ reasons, tasks }: RetryOptions, occurring: Occurring): void {
	refuseUnknown("--task", tasks, [...occurring.tasks].sort());
	const list = Object.entries(occurring.reasons)
		.sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
		.map(([reason, count]) => `${reason} (${count})`)
		.join(", ");
	const remedy = list === "" ? "no rejection of the run would be changed by a further attempt" : `of its rejections these can be tried again: ${list}`;
	if (reasons.length === 0) throw configurationError("--reason: is missing", remedy);
	for (const reason of reasons) {
		if (occurring.reasons[reason] !== undefined) continue;
		throw configurationError(
			occurring.hopeless.has(reason)
				? `--reason: "${reason}" is final: it is said of the question or its picture, and asking again would not change that`
				: `--reason: "${reason}" is the reason of no rejection${suggestion(reason, Object.keys(occurring.reasons))}`,
			remedy,
		);
	}
}

function refuseUnknown(flag: string, given: readonly string[], known: readonly string[]): void {
	const unknown = given.find((name) => !known.includes(name));
	if (unknown === undefined) return;
	throw configurationError(
		`${flag}: "${unknown}" is not in the run${suggestion(unknown, known)}`,
		known.length === 0 ? undefined : `it has: ${known.join(", ")}`,
	);
}
