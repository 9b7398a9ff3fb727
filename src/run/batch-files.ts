import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { thirdAnswerShare } from "../candidates/plan-slots.js";
import { hashConfig, type ResolvedConfig } from "../config/index.js";
import { Stopped } from "../pipeline/process-candidate.js";
import { configurationError } from "../records/index.js";
import { makeFolders, readJsonl, writeFileAtomic } from "../shards/index.js";
import { createImageEncoder, type ImageReader, noteRequests, writeRequestLine } from "../teacher/index.js";
import { openPendingRequests, type PendingRequests } from "./batch-pending.js";
import { type ImportedResults, importResults } from "./batch-results.js";
import { encodedPicturesBytes } from "./batch-tools.js";
import { createMake } from "./make-pipelines.js";
import { type OpenRun, type OpenRunOptions, openRun } from "./open-run.js";
import { keyOf, modelOf } from "./open-teacher.js";
import { prepareCandidates } from "./prepare-candidates.js";

/** Requests out to a file, results in from one: for engines that work offline. */

export type BatchFileOptions = Omit<OpenRunOptions, "asksStudent" | "pipelines">;

export interface ExportOptions extends BatchFileOptions {
	/** Absent: beside the run's folder. */
	readonly out?: string;
	/** How a line holds its picture: all of it, or the place of its file on this machine. */
	readonly images: "embed" | "file";
}

export interface ExportSummary {
	readonly file: string;
	/** 0: nothing is pending, and no file was written. */
	readonly requests: number;
	/** @unit bytes */
	readonly bytes: number;
}

/** Writes all that a run would ask now as lines of a batch. @throws CandorError (exit 2) for what the user wrote */
export async function exportRequests(resolved: ResolvedConfig, { out, images, ...options }: ExportOptions): Promise<ExportSummary> {
	const file = resolve(out ?? `${resolved.config.out}-requests.jsonl`);
	return withPending(resolved, options, async ({ config, runFolder }, pending) => {
		if (pending.count === 0) return { file, requests: 0, bytes: 0 };
		const { baseUrl = "http://localhost", structuredOutput } = config.teacher;
		const line = { baseUrl, structuredOutput, images: images === "embed" ? createImageEncoder(runFolder, encodedPicturesBytes) : placesOf(runFolder) };
		let bytes = 0;
		async function* lines(): AsyncGenerator<Uint8Array> {
			for (const stored of pending.all()) {
				const text = await writeRequestLine(stored, line);
				bytes += text.length;
				yield text;
			}
		}
		await makeFolders(dirname(file));
		await writeFileAtomic(file, lines());
		return { file, requests: pending.count, bytes };
	});
}

/** vLLM reads such addresses below the folder that it is given as --allowed-local-media-path. */
function placesOf(runFolder: string): ImageReader {
	return async ({ path }) => Buffer.from(pathToFileURL(join(runFolder, path)).href);
}

/** So many bad lines are named. */
const namedLines = 10;

/**
 * Puts the results of exported requests into a run's ledger. May be done again: what is there stays.
 * @throws CandorError: exit 2 for what the user wrote, 4 where the engine refuses a setting
 */
export async function importResultFile(resolved: ResolvedConfig, file: string, options: BatchFileOptions): Promise<ImportedResults> {
	return withPending(resolved, options, async ({ config, ledger, events }, requests) => {
		const { teacher } = config;
		let bad = 0;
		const imported = await importResults(readJsonl(file), {
			ledger,
			requests,
			reading: { model: modelOf(teacher), apiKeyEnv: teacher.apiKeyEnv, ...keyOf(teacher, process.env) },
			onBadLine(line, problem) {
				bad++;
				if (bad <= namedLines) events.warn(`${file}:${line}: ${problem}`);
			},
		});
		if (bad > namedLines) events.warn(`${file}: ${bad - namedLines} more lines are no results`);
		if (imported.settingsError !== undefined) throw imported.settingsError;
		return imported;
	});
}

/** Opens a run and replays it: what its ledger does not hold is pending. */
async function withPending<Value>(
	{ config }: ResolvedConfig,
	options: BatchFileOptions,
	use: (run: OpenRun, pending: PendingRequests) => Promise<Value>,
): Promise<Value> {
	if (config.teacher.type !== "openai") {
		throw configurationError(
			"teacher.type: is scripted, which answers at once: there is nothing to ask an engine",
			"set teacher.type to openai, and teacher.model",
		);
	}
	const asksStudent = config.dialogue.firstAnswers === "student" || config.dpo.rejected === "student";
	const run = await openRun(config, { ...options, asksStudent });
	const pending = openPendingRequests(run.runFolder);
	try {
		const { candidates } = await prepareCandidates(run).finally(run.badLines.close);
		try {
			const make = createMake({ run, configHash: hashConfig(config), candidates, thirdShare: thirdAnswerShare(candidates.tasks), draws: { limit: 0 } });
			await make(noteRequests(run.ledger, pending.add));
			if (run.signal.aborted) throw new Stopped();
			return await use(run, pending);
		} finally {
			candidates.close();
		}
	} finally {
		pending.close();
		await run.close();
	}
}
