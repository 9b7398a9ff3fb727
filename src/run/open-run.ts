import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import pino, { type Logger } from "pino";
import type { Config } from "../config/index.js";
import { createImageStore } from "../images/index.js";
import type { Pipeline } from "../pipeline/compose.js";
import type { Prompt } from "../pipeline/load-prompt.js";
import { packageFolder } from "../pipeline/package-folder.js";
import { hashFile } from "../shards/index.js";
import { requireFile } from "../sources/require-path.js";
import { digestExclusions } from "../sources/reserve/read-lists.js";
import { type Budget, type Ledger, openBudget, openLedger, openSpend, type Teacher } from "../teacher/index.js";
import { type BadLineLog, openBadLineLog } from "./bad-lines.js";
import type { RunEvents } from "./events.js";
import { requireStudent } from "./first-answers.js";
import { loadPipelines } from "./load-pipelines.js";
import { hashWordings, loadPrompts } from "./load-prompts.js";
import { type Meter, startMeter } from "./meter.js";
import { openSource, picturesOf } from "./open-source.js";
import { asTeacher, checkKey, modelOf, openTeacher } from "./open-teacher.js";
import { openReserved, type Reserved } from "./reserve-first.js";
import { openRunFolder } from "./run-record.js";

export interface OpenRunOptions {
	/** Of the config's pipelines, or beside them: names, or absolute paths of pipeline files. Absent: the config's. */
	readonly pipelines?: readonly string[];
	/** Whether a run that is there may go on with more rows, other shards, more attempts or another teacher. */
	readonly extend: boolean;
	/** Whether the student will be asked. */
	readonly asksStudent: boolean;
	readonly events: RunEvents;
	/** Aborted: nothing new is started, what is in flight is finished. */
	readonly signal: AbortSignal;
}

/** A run's folder with all that works in it. */
export interface OpenRun {
	readonly config: Config;
	readonly runFolder: string;
	readonly pipelines: readonly Pipeline[];
	readonly prompts: ReadonlyMap<string, Prompt>;
	/** sha256 of what the run is made from, by name. */
	readonly sources: Readonly<Record<string, string>>;
	/** In order, the config's own among them. */
	readonly teachers: readonly Config["teacher"][];
	readonly ledger: Ledger;
	readonly log: Logger;
	readonly meter: Meter;
	readonly teacher: Teacher;
	readonly student?: Teacher;
	/** What has been spent, and what may be. */
	readonly budget: Budget;
	readonly reserved: Reserved;
	readonly badLines: BadLineLog;
	readonly events: RunEvents;
	readonly signal: AbortSignal;
	/** Aborts some time after `signal`: what was in flight then has come home or is given up. */
	readonly hardSignal: AbortSignal;
	/** Takes run.json back, where this start made it and came to nothing. */
	forget(): Promise<void>;
	close(): Promise<void>;
}

/** After a stop, requests in flight have so long to come home. @unit milliseconds */
const graceMs = 10_000;

/**
 * Opens a run's folder for one process, and reserves what is kept out of training before anything else.
 * @throws CandorError: exit 2 for what the user wrote, 4 where a key is missing
 */
export async function openRun(config: Config, options: OpenRunOptions): Promise<OpenRun> {
	const { events, signal } = options;
	const pipelines = await loadPipelines(options.pipelines ?? config.pipelines);
	const studentBlock = options.asksStudent ? asTeacher(requireStudent(config)) : undefined;
	for (const block of [config.teacher, studentBlock]) if (block !== undefined) checkKey(block, process.env);
	const source = openSource(config);
	const runFolder = resolve(config.out);
	const prompts = loadPrompts(pipelines);
	const sources = { ...(await source.digests()), ...(await digestFirstAnswers(config)), ...(await digestExclusions(config.reserve?.exclude ?? {})) };
	const { teachers, warnings, save, forget } = await openRunFolder(runFolder, {
		config,
		version: packageVersion(),
		sources,
		prompts: { ...Object.fromEntries([...prompts].map(([name, { hash }]) => [name, hash])), ...(await hashWordings()) },
		extend: options.extend,
	});
	const ledger = openLedger(join(runFolder, "ledger"));
	const log = pino(pino.destination({ dest: join(runFolder, "log.jsonl"), sync: true }));
	const meter = startMeter(events);
	const budget = openRunBudget(config, ledger, signal, events.warn);
	const open = (block: Config["teacher"], role: "teacher" | "student") =>
		openTeacher(block, { runFolder, ledger, env: process.env, events: meter.teacherEvents, budget, warn: events.warn, stopping: signal, role });
	const { teacher, stats } = open(config.teacher, "teacher");
	const student = studentBlock === undefined ? undefined : open({ ...studentBlock, maxFailureShare: config.teacher.maxFailureShare }, "student").teacher;
	const { price } = config.teacher;
	const readCost = () => ({ usd: budget.read().spent.usd, ...(config.budget?.usd === undefined ? {} : { budgetUsd: config.budget.usd }) });
	meter.watch({ stats, cost: price === undefined ? undefined : readCost });
	const close = async () => {
		await teacher.close();
		await student?.close();
		await budget.close().finally(ledger.close);
		log.flush();
	};
	try {
		await save();
		for (const warning of warnings) events.warn(warning);
		log.info({ event: "started", pipelines: pipelines.map(({ name }) => name), teacher: modelOf(config.teacher), replies: ledger.count() });
		const images = createImageStore({ ...picturesOf(source), runFolder });
		const reserved = await openReserved(config, { source, runFolder, digests: sources, images, signal, warn: events.warn });
		return {
			config,
			runFolder,
			pipelines,
			prompts,
			sources,
			teachers,
			ledger,
			log,
			meter,
			teacher,
			...(student === undefined ? {} : { student }),
			budget,
			reserved,
			badLines: openBadLineLog(join(runFolder, "rejects.jsonl"), events.warn),
			events,
			signal,
			hardSignal: hardSignalOf(signal),
			forget,
			close,
		};
	} catch (error) {
		if (ledger.count() === 0) await forget();
		await close();
		throw error;
	}
}

/** Opens the run's account and what may be taken from it; tells where an end without warning has cost room. */
function openRunBudget({ teacher, student, budget = {} }: Config, ledger: Ledger, stopping: AbortSignal, warn: (message: string) => void): Budget {
	const book = openSpend(ledger, (model) => (model === teacher.model ? teacher.price : model === student?.model ? student?.price : undefined));
	const { requests, usd } = book.unsettled;
	if (requests > 0) {
		const worth = book.unsettled.unpriced === 0 ? ` ($${usd.toFixed(4)})` : "";
		warn(`${requests} requests were in flight when this run was last cut off, and nobody knows what they cost: they count at their worst case${worth}`);
	}
	return openBudget(book, budget, stopping);
}

async function digestFirstAnswers({ dialogue }: Config): Promise<Record<string, string>> {
	if (typeof dialogue.firstAnswers === "string") return {};
	const { file } = dialogue.firstAnswers;
	await requireFile(file, "dialogue.firstAnswers.file");
	return { [basename(file)]: await hashFile(file) };
}

function packageVersion(): string {
	const { version } = JSON.parse(readFileSync(join(packageFolder(), "package.json"), "utf8")) as { version: string };
	return version;
}

function hardSignalOf(signal: AbortSignal): AbortSignal {
	const controller = new AbortController();
	const arm = () => setTimeout(() => controller.abort(signal.reason), graceMs).unref();
	if (signal.aborted) arm();
	else signal.addEventListener("abort", arm, { once: true });
	return controller.signal;
}
