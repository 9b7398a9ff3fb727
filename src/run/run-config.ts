import { readFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import pino from "pino";
import { thirdAnswerShare } from "../candidates/plan-slots.js";
import { hashConfig, type ResolvedConfig } from "../config/index.js";
import { createImageStore } from "../images/index.js";
import type { Pipeline } from "../pipeline/compose.js";
import { packageFolder } from "../pipeline/package-folder.js";
import type { StageSettings } from "../pipeline/stage.js";
import { type Candidate, configurationError, gateError } from "../records/index.js";
import { checkRow } from "../rules/index.js";
import { hashFile, writeChecksums, writeFileAtomic } from "../shards/index.js";
import { requireFile } from "../sources/require-path.js";
import { digestExclusions } from "../sources/reserve/read-lists.js";
import { openLedger } from "../teacher/index.js";
import { openBadLineLog } from "./bad-lines.js";
import { writeCard } from "./dataset-card.js";
import type { RunEvents } from "./events.js";
import { findCandidate } from "./find-candidate.js";
import { loadPipelines } from "./load-pipelines.js";
import { hashWordings, loadPrompts } from "./load-prompts.js";
import { type MakeTools, makePipeline } from "./make-pipeline.js";
import { startMeter } from "./meter.js";
import { openCandidates, openSource, picturesOf } from "./open-source.js";
import { checkKey, modelOf, openTeacher } from "./open-teacher.js";
import { createProcess, settingsOf } from "./process.js";
import { openReserved } from "./reserve-first.js";
import { writeResumeCommand } from "./resume-command.js";
import { openRunFolder } from "./run-record.js";
import type { OnlyOutcome, PipelineSummary, RunSummary } from "./summary.js";

export interface RunConfigOptions {
	/** Of the config's pipelines, or beside them: names, or absolute paths of pipeline files. Absent: the config's. */
	readonly pipelines?: readonly string[];
	/** Only the candidate with this group hash: its outcomes are returned, no shard is touched. */
	readonly only?: string;
	/** Whether a run that is there may go on with more rows, other shards, more attempts or another teacher. */
	readonly extend: boolean;
	readonly events: RunEvents;
	/** Aborted: nothing new is started, what is in flight is finished, and the promise resolves. */
	readonly signal: AbortSignal;
}

/** After a stop, requests in flight have so long to come home. @unit milliseconds */
const graceMs = 10_000;

/**
 * Makes what a config describes, or goes on with it. The ledger is the only state: all else is rebuilt by replaying.
 * @throws CandorError: exit 2 for what the user wrote, 3 where nothing good could be made, 4 where the teacher is not to be had
 */
export async function runConfig(resolved: ResolvedConfig, options: RunConfigOptions): Promise<RunSummary> {
	const { config } = resolved;
	const startedMs = performance.now();
	const pipelines = await loadPipelines(options.pipelines ?? config.pipelines);
	checkKey(config.teacher, process.env);
	const source = openSource(config);
	const runFolder = resolve(config.out);
	const prompts = loadPrompts(pipelines);
	const sources = { ...(await source.digests()), ...(await digestFirstAnswers(config)), ...(await digestExclusions(config.reserve?.exclude ?? {})) };
	const { teachers, save, forget } = await openRunFolder(runFolder, {
		config,
		version: packageVersion(),
		sources,
		prompts: { ...Object.fromEntries([...prompts].map(([name, { hash }]) => [name, hash])), ...(await hashWordings()) },
		extend: options.extend,
	});
	const ledger = openLedger(join(runFolder, "ledger"));
	const log = pino(pino.destination({ dest: join(runFolder, "log.jsonl"), sync: true }));
	const meter = startMeter(options.events);
	const teacher = openTeacher(config.teacher, runFolder, ledger, process.env, meter.teacherEvents, options.signal);
	try {
		await save();
		log.info({ event: "started", pipelines: pipelines.map(({ name }) => name), teacher: modelOf(config.teacher), replies: ledger.count() });
		const images = createImageStore({ ...picturesOf(source), runFolder });
		const reserved = await openReserved(config, { source, runFolder, digests: sources, images, signal: options.signal, warn: options.events.warn });
		const badLines = openBadLineLog(join(runFolder, "rejects.jsonl"), options.events.warn);
		const candidates = await openCandidates(config, reserved.training, badLines.add, options.events.warn).finally(badLines.close);
		if (candidates.tasks.length === 0) {
			await forget();
			throw configurationError(
				`the source has no usable questions (${candidates.questionCount} read, ${badLines.count} lines left out${reserved.summary === undefined ? "" : "; those on reserved pictures are not read"})`,
				badLines.count > 0
					? `see ${join(config.out, "rejects.jsonl")}`
					: `a task needs at least four different answers, or as many yes as no, or wrong answers of your own${reserved.summary === undefined ? "" : "; or reserve fewer questions"}`,
			);
		}
		const base = {
			config,
			thirdShare: thirdAnswerShare(candidates.tasks),
			teachers,
			prompts,
			ledger,
			teacher,
			ingest: (candidate: Candidate) => reserved.ingest(candidate.question.image),
			checkRow,
			log,
			signal: options.signal,
			hardSignal: hardSignalOf(options.signal),
		};
		const draws: MakeTools["draws"] = {};
		const summaries: PipelineSummary[] = [];
		const only: OnlyOutcome[] = [];
		for (const pipeline of pipelines) {
			meter.enter(pipeline.name);
			const processOne = createProcess(pipeline, base);
			if (options.only !== undefined) {
				const candidate = await findCandidate(options.only, candidates);
				if (candidate === undefined)
					throw configurationError(`--only: there is no candidate ${options.only}`, "give the group of a row (meta.group), or its id");
				if (!pipeline.skips.includes(candidate.cell.scenario)) only.push({ pipeline: pipeline.name, ...(await processOne(candidate)) });
				continue;
			}
			const summary = await makePipeline(pipeline, {
				runFolder,
				config,
				configHash: hashConfig(config),
				candidates,
				draws,
				process: processOne,
				onProgress: meter.update,
				scripted: writesScripted(pipeline, settingsOf(pipeline, config, base.thirdShare)),
				signal: options.signal,
			});
			if (summary === undefined) break;
			summaries.push(summary);
			for (const warning of summary.warnings) options.events.warn(`${pipeline.name}: ${warning}`);
		}
		const summary: RunSummary = {
			runFolder,
			pipelines: summaries,
			source: {
				questions: candidates.questionCount,
				badLines: badLines.reasons,
				leftOut: reserved.training.leftOut?.() ?? {},
				notDrawn: draws.current?.draw.notDrawn ?? {},
			},
			...(reserved.summary === undefined ? {} : { reserved: reserved.summary }),
			requests: { asked: meter.counts.asked, fromLedger: meter.counts.fromLedger, failures: meter.counts.failures },
			elapsedMs: performance.now() - startedMs,
			scripted: config.teacher.type === "scripted",
			interrupted: options.signal.aborted,
			...(options.only === undefined ? {} : { only }),
			resumeCommand: writeResumeCommand(resolved, options.pipelines),
			nextCommand: `candor preview ${relative(process.cwd(), runFolder) || "."}`,
		};
		if (!summary.interrupted && options.only === undefined) await finishFolder(runFolder, summary, resolved, teachers.map(modelOf), reserved.files);
		log.info({ event: summary.interrupted ? "stopped" : "finished", requests: summary.requests });
		refuseEmpty(summary);
		return summary;
	} finally {
		await teacher.close();
		await ledger.close();
		log.flush();
	}
}

async function digestFirstAnswers({ dialogue }: ResolvedConfig["config"]): Promise<Record<string, string>> {
	if (typeof dialogue.firstAnswers === "string") return {};
	const { file } = dialogue.firstAnswers;
	await requireFile(file, "dialogue.firstAnswers.file");
	return { [basename(file)]: await hashFile(file) };
}

function packageVersion(): string {
	const { version } = JSON.parse(readFileSync(join(packageFolder(), "package.json"), "utf8")) as { version: string };
	return version;
}

function writesScripted(pipeline: Pipeline, settings: StageSettings): boolean {
	return settings.scripted && pipeline.asksTeacher(settings);
}

/** Aborts some time after the given signal: what was in flight then has come home or is given up. */
function hardSignalOf(signal: AbortSignal): AbortSignal {
	const controller = new AbortController();
	const arm = () => setTimeout(() => controller.abort(signal.reason), graceMs).unref();
	if (signal.aborted) arm();
	else signal.addEventListener("abort", arm, { once: true });
	return controller.signal;
}

async function finishFolder(
	runFolder: string,
	summary: RunSummary,
	resolved: ResolvedConfig,
	teachers: readonly string[],
	reservedFiles: readonly string[],
): Promise<void> {
	const { source, reserved, pipelines } = summary;
	await writeFileAtomic(join(runFolder, "funnel.json"), `${JSON.stringify({ source, reserved, pipelines }, null, "\t")}\n`);
	await writeFileAtomic(join(runFolder, "README.md"), writeCard(resolved.config, summary, teachers));
	const shards = summary.pipelines.flatMap(({ shards: list, manifest }) => [...list.map(({ file }) => file), manifest]);
	await writeChecksums(runFolder, ["run.json", "README.md", ...reservedFiles, ...shards]);
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
