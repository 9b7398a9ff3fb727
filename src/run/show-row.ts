import { existsSync } from "node:fs";
import type { Pipeline } from "../pipeline/compose.js";
import { type Candidate, configurationError, type ImageRef, type Outcome, type Rejection, type Row } from "../records/index.js";
import { checkRow, rules } from "../rules/index.js";
import type { LedgerEntry } from "../teacher/index.js";
import { groupOf } from "./find-candidate.js";
import { type FoundLine, findLines } from "./find-lines.js";
import { openReplayTools, type Replay, type ReplayTools } from "./replay-candidate.js";
import { grantSchema, grantsTable } from "./retry-grants.js";
import { readRunRecord } from "./run-record.js";

/** One request and its answer, as the ledger has them. */
export interface ShownExchange {
	readonly stage: string;
	readonly attempt: number;
	readonly model: string;
	readonly messages: LedgerEntry["request"]["messages"];
	readonly answer: LedgerEntry["answer"];
	/** When the answer came, ISO 8601. */
	readonly at: string;
	/** The row that it was first asked for, where that was another one: the same request is asked once. */
	readonly askedFor?: string;
}

/** What one pipeline made of a candidate. */
export interface ShownRow {
	readonly id: string;
	readonly pipeline: string;
	/** `file:line` in the run's folder; absent: it stands nowhere. */
	readonly where?: string;
	readonly row?: Row;
	readonly rejection?: Rejection;
	/** Attempts that a rejected candidate was given. */
	readonly attempts?: number;
	/** What the rules say of the row. */
	readonly rules?: { readonly passed: readonly string[]; readonly failed: readonly { readonly reason: string; readonly detail: string }[] };
	/** What they said of its earlier versions, which were not taken. */
	readonly failedDrafts: Replay["failedDrafts"];
	readonly exchanges: readonly ShownExchange[];
	/** Tokens of the exchanges, as far as the teacher counted them. */
	readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
	readonly notes: readonly string[];
}

/** Everything about where a row came from. */
export interface ShownCandidate {
	readonly group: string;
	/** As it was drawn: question, cell, rank and dialogue. Absent where the source is not to be had. */
	readonly candidate?: Candidate;
	readonly rows: readonly ShownRow[];
	readonly notes: readonly string[];
}

/**
 * Finds a row by its id, or all that was made of a candidate by its group. Nothing in the run is changed, and nobody is asked: the
 * candidate goes through its pipelines once more with the ledger's replies.
 * @throws CandorError (exit 2) for a folder that is no run, or where the run has none such; names near ids
 */
export async function showRow(run: string, id: string): Promise<ShownCandidate> {
	const record = existsSync(run) ? await readRunRecord(run) : undefined;
	if (record === undefined) throw configurationError(`${run} is not a run: it holds no run.json`, "name the folder of a run");
	const group = groupOf(id);
	const { lines, near } = await findLines(run, id);
	const tools = await openReplayTools(run, record, lines.map(groupOfLine)[0] ?? group);
	try {
		const wanted = tools.pipelines.filter(
			({ name }) => (group === id || id === `${name}-${group}`) && (tools.candidate !== undefined || lines.some(({ pipeline }) => pipeline === name)),
		);
		if (lines.length === 0 && wanted.length === 0) {
			throw configurationError(
				`${run} knows nothing of ${id}${near.length === 0 ? "" : `; did you mean ${near.join(" or ")}?`}`,
				"ids are in the rows and in each pipeline's rejects.jsonl; a group alone shows all pipelines",
			);
		}
		const image = lines.find((line) => line.type === "row")?.row.image;
		const rows: ShownRow[] = [];
		for (const pipeline of wanted)
			rows.push(
				await describePipeline(
					pipeline,
					lines.find((line) => line.pipeline === pipeline.name),
					group,
					image,
					tools,
				),
			);
		// A pipeline that the config does not name, or that cannot be loaded, has its lines at least.
		for (const line of lines)
			if (!wanted.some(({ name }) => name === line.pipeline))
				rows.push(assemble(line.pipeline, line.id, line, filedUnder(line.pipeline, groupOfLine(line), tools), [], []));
		return { group, ...(tools.candidate === undefined ? {} : { candidate: tools.candidate }), rows, notes: tools.notes };
	} finally {
		await tools.close();
	}
}

function groupOfLine(line: FoundLine): string {
	return line.type === "row" ? line.row.meta.group : groupOf(line.id);
}

async function describePipeline(
	pipeline: Pipeline,
	line: FoundLine | undefined,
	group: string,
	image: ImageRef | undefined,
	tools: ReplayTools,
): Promise<ShownRow> {
	const id = `${pipeline.name}-${group}`;
	const scenario = tools.candidate?.cell.scenario;
	if (line === undefined && scenario !== undefined && pipeline.skips.includes(scenario)) {
		return assemble(pipeline.name, id, line, [], [], [`The pipeline makes no rows of the scenario ${scenario}.`]);
	}
	const replay = await tools.replay(pipeline, image);
	const outcome = replay?.outcome;
	const known = replay?.entries ?? [];
	// Without every reply the replay stops early: what else was asked is filed under the row's name.
	const rest = outcome === undefined ? filedUnder(pipeline.name, group, tools).filter(({ key }) => !known.some((entry) => entry.key === key)) : [];
	const notes = [...noteGrants(id, tools), ...noteDifferences(line, replay)];
	return assemble(pipeline.name, id, line, [...known, ...rest], replay?.failedDrafts ?? [], notes, outcome);
}

function noteGrants(id: string, { ledger }: ReplayTools): string[] {
	const attempts = ledger?.readTable(grantsTable, grantSchema).get(id)?.attempts;
	return attempts === undefined ? [] : [`It was given ${attempts} further ${attempts === 1 ? "attempt" : "attempts"} by candor retry.`];
}

function noteDifferences(line: FoundLine | undefined, replay: Replay | undefined): string[] {
	if (replay === undefined) return [];
	const { outcome, entries } = replay;
	if (outcome === undefined) {
		if (line !== undefined)
			return ["The ledger does not hold every reply to what would be asked today: prompts, pipeline or program have changed since. What it holds is shown."];
		return [
			entries.length === 0
				? "The teacher was never asked: other candidates filled the cell."
				: "The teacher was not asked for all of it: the run was stopped, or the cell was full.",
		];
	}
	if (line === undefined)
		return [
			outcome.type === "row"
				? "It became a row, and is in no shard: its cell was full without it, or the pipeline is not sealed yet."
				: "It is not in rejects.jsonl: its cell was full before its turn, or the pipeline is not sealed yet.",
		];
	const isSame =
		line.type === "row"
			? outcome.type === "row" && JSON.stringify(outcome.row.turns) === JSON.stringify(line.row.turns)
			: outcome.type === "rejection" && outcome.rejection.reason === line.rejection.reason;
	return isSame ? [] : ["The ledger's replies would make something else of it today: source, pipeline, rules or program have changed since."];
}

function assemble(
	pipeline: string,
	id: string,
	line: FoundLine | undefined,
	entries: readonly LedgerEntry[],
	failedDrafts: Replay["failedDrafts"],
	notes: readonly string[],
	replayed?: Outcome,
): ShownRow {
	const known = line ?? replayed;
	const row = known?.type === "row" ? known.row : undefined;
	const usages = entries.flatMap(({ answer }) => (answer.type === "reply" && answer.usage !== undefined ? [answer.usage] : []));
	const sum = (key: "inputTokens" | "outputTokens") => usages.reduce((total, usage) => total + usage[key], 0);
	return {
		id,
		pipeline,
		...(line === undefined ? {} : { where: line.where }),
		...(row === undefined ? {} : { row, rules: applyRules(row) }),
		...(known?.type === "rejection" ? { rejection: known.rejection, attempts: known.attempts } : {}),
		failedDrafts,
		exchanges: entries.map((entry) => toExchange(entry, id)),
		...(usages.length === 0 ? {} : { usage: { inputTokens: sum("inputTokens"), outputTokens: sum("outputTokens") } }),
		notes,
	};
}

function applyRules(row: Row): NonNullable<ShownRow["rules"]> {
	const failed = checkRow(row).map(({ reason, detail }) => ({ reason, detail }));
	const applied = rules.filter(({ kinds }) => kinds.includes(row.kind)).map(({ reason }) => reason);
	return { passed: applied.filter((reason) => !failed.some((failure) => failure.reason === reason)), failed };
}

function toExchange({ about, request, answer, at }: LedgerEntry, id: string): ShownExchange {
	const askedFor = `${about.pipeline}-${about.group}`;
	return {
		stage: about.stage,
		attempt: request.attempt,
		model: request.model,
		messages: request.messages,
		answer,
		at,
		...(askedFor === id ? {} : { askedFor }),
	};
}

function filedUnder(pipeline: string, group: string, { ledger }: ReplayTools): LedgerEntry[] {
	const entries = ledger === undefined ? [] : [...ledger.entries()].filter(({ about }) => about.pipeline === pipeline && about.group === group);
	return entries.sort((a, b) => (a.at < b.at ? -1 : 1));
}
