import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Config, compareConfigs, configSchema, hashConfig } from "../config/index.js";
import { configurationError, messageOf } from "../records/index.js";
import { makeFolders, projectionStepSchema, writeFileAtomic } from "../shards/index.js";

const fileName = "run.json";
const teacherSchema = configSchema.shape.teacher;

const runRecordSchema = z.object({
	format: z.literal("candor-run/1"),
	candor: z.string(),
	configHash: z.string(),
	config: configSchema,
	sources: z.record(z.string(), z.string()),
	prompts: z.record(z.string(), z.string()),
	/** Every teacher that the run has had, in order: a candidate that one of them answered in full keeps its replies. */
	teachers: z.array(teacherSchema).min(1),
	/** Of a projection: the config hash of the run whose rows it holds, and the steps that took them, each from what the one before left. */
	projection: z.strictObject({ from: z.string(), steps: z.array(projectionStepSchema.extend({ pipelines: z.array(z.string()) })).min(1) }).optional(),
});
export type Projection = NonNullable<RunRecord["projection"]>;
export type RunRecord = z.infer<typeof runRecordSchema>;

/** Whether two settings of the teacher give the same requests: then a reply to one is a reply to the other. */
export function answersAlike(a: Config["teacher"], b: Config["teacher"]): boolean {
	const asked = ({ type, model, temperature, topP, maxOutputTokens, hint, goldCheck }: Config["teacher"]) =>
		JSON.stringify([type, model, temperature, topP, maxOutputTokens, hint, goldCheck]);
	return asked(a) === asked(b);
}

/** The record of a run that is there; nothing where the folder is new. @throws CandorError (exit 2) */
export async function readRunRecord(runFolder: string): Promise<RunRecord | undefined> {
	const path = join(runFolder, fileName);
	let text: string;
	try {
		text = await readFile(path, "utf8");
	} catch {
		return undefined;
	}
	try {
		return runRecordSchema.parse(JSON.parse(text));
	} catch (error) {
		const detail = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
		throw configurationError(
			`${path}: is damaged: ${detail}`,
			`start the run in a new folder with --out; copy ${join(runFolder, "ledger")} into it first, and its replies are used again`,
			error,
		);
	}
}

export interface OpenRun {
	readonly config: Config;
	readonly version: string;
	readonly sources: Readonly<Record<string, string>>;
	readonly prompts: Readonly<Record<string, string>>;
	readonly extend: boolean;
}

export interface OpenedRun {
	/** In order, the present one among them. */
	readonly teachers: readonly Config["teacher"][];
	/** What a person should know before anything is asked: prompts that have changed since the run was made. */
	readonly warnings: readonly string[];
	/** Writes run.json. To be called once the ledger is locked: another process may be at work in the folder. */
	save(): Promise<void>;
	/** Takes run.json back, where this start made it and came to nothing: a mended config may use the folder. */
	forget(): Promise<void>;
}

/**
 * Makes the run's folder, or checks that what lies there was made by the same config and from the same source.
 * @throws CandorError (exit 2) with the differences and the two ways on
 */
export async function openRunFolder(runFolder: string, run: OpenRun): Promise<OpenedRun> {
	await makeFolder(runFolder);
	const before = await readRunRecord(runFolder);
	if (before?.projection !== undefined) {
		throw configurationError(
			`out: ${runFolder} holds a projection of a run, which cannot be gone on with`,
			"give the run a folder of its own with --out; candor project makes the projection anew",
		);
	}
	if (before === undefined) await refuseForeignFolder(runFolder);
	else refuseOtherRun(runFolder, before, run);
	const known = before?.teachers ?? [];
	const teachers = known.some((teacher) => answersAlike(teacher, run.config.teacher)) ? known : [...known, run.config.teacher];
	const { out: _, $schema: __, ...config } = run.config;
	const record = {
		format: "candor-run/1",
		candor: run.version,
		node: process.version,
		configHash: hashConfig(run.config),
		config: { ...config, out: "." },
		sources: run.sources,
		// Those of pipelines that this start leaves out stay known.
		prompts: { ...before?.prompts, ...run.prompts },
		teachers,
	};
	const path = join(runFolder, fileName);
	return {
		teachers,
		warnings: before === undefined ? [] : warnOfPrompts(before, run),
		save: () => writeFileAtomic(path, `${JSON.stringify(record, null, "\t")}\n`),
		forget: async () => {
			if (before === undefined) await rm(path, { force: true });
		},
	};
}

/** Makes a folder that is to hold a run. @throws CandorError (exit 2) */
export async function makeFolder(runFolder: string): Promise<void> {
	try {
		await makeFolders(runFolder);
	} catch (error) {
		throw configurationError(`out: ${runFolder} cannot be made: ${messageOf(error)}`, "choose another folder with --out", error);
	}
}

/** What a run leaves that never got to asking; a ledger may also be brought along. */
const leftovers = new Set(["ledger", "log.jsonl", "rejects.jsonl", "images", "reserved", `${fileName}.tmp`]);

async function refuseForeignFolder(runFolder: string): Promise<void> {
	const entries = (await readdir(runFolder)).filter((name) => !leftovers.has(name) && !name.startsWith("."));
	if (entries.length > 0) {
		throw configurationError(
			`out: ${runFolder} is not empty (${entries.slice(0, 3).join(", ")}${entries.length > 3 ? ", ..." : ""}) and holds no run`,
			"choose another folder with --out, or empty this one (a ledger folder may stay: its replies are used again)",
		);
	}
}

/** Changed prompts are no other run: what they do not touch is still good, and is not paid for twice. */
function warnOfPrompts(before: RunRecord, run: OpenRun): string[] {
	const changed = Object.keys(run.prompts).filter((name) => before.prompts[name] !== undefined && before.prompts[name] !== run.prompts[name]);
	if (changed.length === 0) return [];
	const those = changed.length === 1 ? `the prompt ${changed[0]} has` : `the prompts ${changed.join(", ")} have`;
	return [
		`${those} changed since this run was made (with Candor ${before.candor}): the requests that they word are asked again, and those that follow from their replies; all other replies are used. To keep the rows that are there, stop now and give the run a new folder with --out, with a copy of this one's ledger folder in it`,
	];
}

function refuseOtherRun(runFolder: string, before: RunRecord, run: OpenRun): void {
	const changes = compareConfigs(before.config, run.config);
	const sources = Object.keys({ ...before.sources, ...run.sources }).filter((name) => before.sources[name] !== run.sources[name]);
	const fatal = changes.filter(({ path, was, now, extendable }) => !extendable || (/^rows(\.|$)/.test(path) && !(Number(now) >= Number(was))));
	if (sources.length === 0 && (changes.length === 0 || (run.extend && fatal.length === 0))) return;
	const lines = [
		...changes.map(({ path, was, now }) => `  ${path}: was ${JSON.stringify(was)}, now ${JSON.stringify(now)}`),
		...sources.map((name) => `  source file ${name}: its content has changed`),
	];
	const mayExtend = sources.length === 0 && fatal.length === 0;
	throw configurationError(
		`${runFolder} holds a run that another config made:\n${lines.join("\n")}`,
		mayExtend
			? "give the new run a folder of its own with --out, or go on with this one with --extend"
			: `give the new run a folder of its own with --out (--extend does not help here: only more rows, shards, attempts and teacher may differ)`,
	);
}
