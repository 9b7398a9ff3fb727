import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { thirdAnswerShare } from "../candidates/plan-slots.js";
import { type Ingested, ingestImage } from "../images/index.js";
import type { Pipeline } from "../pipeline/compose.js";
import type { RowFault } from "../pipeline/process-candidate.js";
import { type Candidate, CandorError, type ImageRef, type Outcome } from "../records/index.js";
import { checkRow } from "../rules/index.js";
import { judgePicture, type PictureGuard } from "../sources/reserve/guard-pictures.js";
import { reopenReservation } from "../sources/reserve/open-reservation.js";
import { digestExclusions } from "../sources/reserve/read-lists.js";
import type { Source } from "../sources/source.js";
import { type LedgerEntry, type LedgerReader, openLedgerForReading, Pending, replayReplies } from "../teacher/index.js";
import { findCandidate } from "./find-candidate.js";
import { readRunFirstAnswers } from "./first-answers.js";
import { loadPipelines } from "./load-pipelines.js";
import { loadPrompts } from "./load-prompts.js";
import { openCandidates, openFirstAnswers, openSource, picturesOf } from "./open-source.js";
import { createProcess } from "./process.js";
import type { RunRecord } from "./run-record.js";

/** How a candidate went through one pipeline, from the ledger alone. */
export interface Replay {
	/** Nothing where the ledger does not hold every reply: it was never asked for, or what is asked has changed since. */
	readonly outcome?: Outcome;
	/** What was asked and what came back, in order. */
	readonly entries: readonly LedgerEntry[];
	/** For each row that was finished and failed the rules, what they found. */
	readonly failedDrafts: readonly (readonly RowFault[])[];
}

/** A run as far as it can be opened again without changing anything in it. */
export interface ReplayTools {
	/** The candidate that was asked for; nothing where the source has none, or is not to be had. */
	readonly candidate?: Candidate;
	readonly pipelines: readonly Pipeline[];
	readonly ledger?: LedgerReader;
	/** What is missing or has changed, a sentence each. */
	readonly notes: readonly string[];
	replay(pipeline: Pipeline, image: ImageRef | undefined): Promise<Replay | undefined>;
	close(): Promise<void>;
}

/** Opens what a run was made from, and finds a candidate in it. What is not there is noted, and the rest goes on. */
export async function openReplayTools(runFolder: string, record: RunRecord, group: string): Promise<ReplayTools> {
	const notes: string[] = [];
	const { config } = record;
	const attempt = async <Value>(what: string, open: () => Promise<Value>): Promise<Value | undefined> => {
		try {
			return await open();
		} catch (error) {
			if (!(error instanceof CandorError)) throw error;
			notes.push(`${what}: ${error.message}`);
			return undefined;
		}
	};
	const ledgerFolder = join(runFolder, "ledger");
	const ledger = existsSync(ledgerFolder) ? await attempt("The ledger cannot be read", async () => openLedgerForReading(ledgerFolder)) : undefined;
	if (!existsSync(ledgerFolder)) notes.push("The run has no ledger: what the teacher was asked and what it replied is not known any more.");
	const pipelines = (await attempt("The run's pipelines cannot be loaded", () => loadPipelines(config.pipelines))) ?? [];
	const source = openSource(config);
	let thirdShare = 1;
	let guard: PictureGuard = async () => undefined;
	const candidate = await attempt("The source cannot be read again", async () => {
		const digests = { ...(await source.digests()), ...(await digestExclusions(config.reserve?.exclude ?? {})) };
		if (Object.entries(digests).some(([name, digest]) => record.sources[name] !== digest)) notes.push("The source has changed since the run was made.");
		const { reserve: settings, seed } = config;
		const reservation = settings === undefined ? undefined : await reopenReservation({ settings, seed, source, runFolder });
		if (settings !== undefined && reservation === undefined)
			notes.push("The run's reserved sets are missing: questions that were kept out of training count again, so that ranks may differ.");
		guard = reservation?.guard ?? guard;
		const firstAnswers = config.dialogue.firstAnswers === "student" ? await readRunFirstAnswers(config, runFolder) : await openFirstAnswers(config, () => {});
		const candidates = await openCandidates(config, {
			source: reservation?.training ?? source,
			scratchFolder: tmpdir(),
			...(firstAnswers === undefined ? {} : { firstAnswers }),
			onBadLine: () => {},
		});
		thirdShare = thirdAnswerShare(candidates.tasks);
		const found = await findCandidate(group, candidates);
		if (found === undefined) notes.push("The source does not give this candidate; the requests that can be told are those filed under its name.");
		return found;
	});
	const prompts = loadPrompts(pipelines);
	const changed = [...prompts].filter(([name, { hash }]) => (record.prompts[name] ?? hash) !== hash).map(([name]) => name);
	if (changed.length > 0) notes.push(`Prompts have changed since the run was made: ${changed.join(", ")}.`);

	async function replay(pipeline: Pipeline, image: ImageRef | undefined): Promise<Replay | undefined> {
		if (ledger === undefined || candidate === undefined) return undefined;
		const entries: LedgerEntry[] = [];
		const failedDrafts: RowFault[][] = [];
		const recording = recordReads(ledger, entries);
		const never = new AbortController().signal;
		const processOne = createProcess(pipeline, {
			config,
			thirdShare,
			teachers: record.teachers,
			prompts,
			ledger: recording,
			teacher: replayReplies(recording),
			...(config.student === undefined ? {} : { student: replayReplies(recording) }),
			ingest: async () => (image === undefined ? ingestAside(candidate, source, guard) : { image }),
			checkRow: (row) => {
				const faults = checkRow(row);
				if (faults.length > 0) failedDrafts.push(faults);
				return faults;
			},
			log: pino({ level: "silent" }),
			signal: never,
			hardSignal: never,
		});
		try {
			return { outcome: await processOne(candidate), entries, failedDrafts };
		} catch (error) {
			if (error instanceof Pending) return { entries, failedDrafts };
			throw error;
		}
	}

	return {
		...(candidate === undefined ? {} : { candidate }),
		pipelines,
		...(ledger === undefined ? {} : { ledger }),
		notes,
		replay,
		close: async () => ledger?.close(),
	};
}

/** The same ledger; what is found in it is also kept. */
function recordReads(ledger: LedgerReader, entries: LedgerEntry[]): LedgerReader {
	return {
		...ledger,
		get(key) {
			const entry = ledger.get(key);
			if (entry !== undefined) entries.push(entry);
			return entry;
		},
	};
}

/** A picture as the run would name it, without touching the run's folder: a run may be at work there. */
async function ingestAside(candidate: Candidate, source: Source, guard: PictureGuard): Promise<Ingested> {
	const folder = await mkdtemp(join(tmpdir(), "candor-show-"));
	try {
		return await judgePicture(await ingestImage(candidate.question.image, { ...picturesOf(source), runFolder: folder }), folder, guard);
	} finally {
		await rm(folder, { recursive: true });
	}
}
