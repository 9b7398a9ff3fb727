import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { loadConfig } from "../../src/config/index.js";
import { CandorError } from "../../src/records/index.js";
import { runConfig } from "../../src/run/run-config.js";
import type { RunSummary } from "../../src/run/summary.js";
import { draw } from "../images/pictures.js";

const things = ["boat", "kite", "lamp", "vase", "tent", "drum", "sofa", "tram", "fence", "glove"];
const colors = ["red", "blue", "green", "pink", "brown"];

/** The questions of every world: two rows of them fill each of five colours. */
export const goodLines = things.map((thing, index) => ({
	id: `q${index}`,
	image: `p${index}.png`,
	question: `What color is the ${thing}?`,
	answer: colors[index % colors.length] ?? "",
	wrong: colors.filter((_, color) => color !== index % colors.length).slice(0, 3),
	evidence: [`A ${thing} stands in the middle of the picture.`, `The ${thing} is painted ${colors[index % colors.length]} all over.`],
	task: "color",
}));

const pictures = Promise.all(
	goodLines.map((_, index) =>
		draw(64 + index, 48)
			.png()
			.toBuffer(),
	),
);

/** A folder with a config, questions and pictures in good order, ready to be spoiled. */
export interface World {
	readonly folder: string;
	readonly questions: string;
	readonly photos: string;
	readonly out: string;
}

/** Settings as YAML, put under the defaults of the world. */
export interface Settings {
	readonly pipelines?: string;
	readonly rows?: number;
	readonly onBadLine?: string;
	readonly out?: string;
	readonly more?: string;
	readonly teacher?: string;
	readonly dialogue?: string;
	/** Some questions fit no situation that is asked for, and are not candidates. */
	readonly lenient?: boolean;
}

export interface Result {
	readonly world: World;
	readonly error?: CandorError;
	readonly summary?: RunSummary;
	readonly warnings: readonly string[];
	/** Lines of the run's own rejects.jsonl: bad lines of the source. */
	readonly badLines: readonly { readonly line: number; readonly reason: string; readonly detail: string }[];
	/** Rejections of the first pipeline by question. */
	readonly rejects: readonly { readonly question: string; readonly reason: string; readonly detail: string }[];
	readonly rows: readonly { readonly meta: { readonly questionId: string }; readonly image: { readonly path: string } }[];
}

export async function makeWorld(): Promise<World> {
	const folder = await mkdtemp(join(tmpdir(), "candor-bad-"));
	const photos = join(folder, "photos");
	await mkdir(photos);
	for (const [index, bytes] of (await pictures).entries()) await writeFile(join(photos, `p${index}.png`), bytes);
	const world = { folder, photos, questions: join(folder, "questions.jsonl"), out: join(folder, "run") };
	await writeLines(world, goodLines);
	return world;
}

export async function writeLines({ questions }: World, lines: readonly unknown[]): Promise<void> {
	await writeFile(questions, lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join(""));
}

/** The good lines with the given ones changed. */
export function change(changes: Readonly<Record<number, Readonly<Record<string, unknown>> | string>>): unknown[] {
	return goodLines.map((line, index) => {
		const given = changes[index];
		return typeof given === "object" ? { ...line, ...given } : (given ?? line);
	});
}

/** Runs the world's config in this process, and checks that nothing was lost whatever came of it. */
export async function run(world: World, settings: Settings = {}): Promise<Result> {
	const file = join(world.folder, "config.yaml");
	const { pipelines = "[dpo]", rows = goodLines.length, onBadLine = "skip", out = world.out, more = "", teacher = "{type: scripted}" } = settings;
	await writeFile(
		file,
		[
			`pipelines: ${pipelines}`,
			`rows: ${rows}`,
			`out: ${out}`,
			`source: {type: jsonl, path: questions.jsonl, images: photos, onBadLine: ${onBadLine}}`,
			`teacher: ${teacher}`,
			`dialogue: {scenarios: {misleading: 1, corrective: 1}, timings: {two-round: 1}, ${settings.dialogue ?? ""}}`,
			more,
		].join("\n"),
	);
	const warnings: string[] = [];
	const { summary, error } = await runConfigured(file, warnings);
	const [pipeline] = summary?.pipelines ?? [];
	const folder = join(out, /\w+/.exec(pipelines)?.[0] ?? "");
	const result: Result = {
		world,
		...(error === undefined ? {} : { error }),
		...(summary === undefined ? {} : { summary }),
		warnings,
		badLines: await readLines(join(out, "rejects.jsonl")),
		rejects: await readLines(join(folder, "rejects.jsonl")),
		rows: (await Promise.all((pipeline?.shards ?? []).map(({ file: shard }) => readLines<Result["rows"][number]>(join(out, shard))))).flat(),
	};
	if (error !== undefined) checkError(error);
	if (summary !== undefined) checkSums(result, summary, settings.lenient ?? false);
	return result;
}

async function runConfigured(file: string, warnings: string[]): Promise<{ summary?: RunSummary; error?: CandorError }> {
	try {
		const resolved = loadConfig({ file, env: {}, flags: [] });
		const events = { progress: () => {}, warn: (message: string) => void warnings.push(message) };
		return { summary: await runConfig(resolved, { extend: false, events, signal: new AbortController().signal }) };
	} catch (error) {
		// Anything else is a crash, and fails the test with its stack.
		if (!(error instanceof CandorError)) throw error;
		return { error };
	}
}

async function readLines<Value>(path: string): Promise<Value[]> {
	if (!existsSync(path)) return [];
	return (await readFile(path, "utf8"))
		.split("\n")
		.filter((line) => line !== "")
		.map((line): Value => JSON.parse(line));
}

function checkError({ message, remedy, exitCode }: CandorError): void {
	expect([1, 2, 3, 4]).toContain(exitCode);
	// "received undefined" is how zod says that a field is missing.
	expect(`${message} ${remedy}`.replaceAll("received undefined", "")).not.toMatch(/\n\s+at |undefined|\[object Object\]/);
	expect(remedy).toMatch(/\w/);
}

/** Every question is a row, a rejection, surplus or left out by name; every line a question or a bad line. */
function checkSums({ badLines, rejects, rows }: Result, { source, pipelines }: RunSummary, lenient: boolean): void {
	const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((total, count) => total + count, 0);
	expect(badLines).toHaveLength(sum(source.badLines));
	for (const { rows: made, candidatesIn, surplus, rejected, byTask } of pipelines) {
		expect(candidatesIn).toBe(made + sum(rejected) + surplus);
		for (const part of byTask) expect(part.in).toBe(part.rows + part.rejected);
		if (!lenient) expect(source.questions).toBe(candidatesIn + sum(source.notDrawn));
	}
	const [first] = pipelines;
	expect(rows).toHaveLength(first?.rows ?? 0);
	expect(rejects).toHaveLength(sum(first?.rejected ?? {}));
}

export async function closeWorld({ folder }: World): Promise<void> {
	await rm(folder, { recursive: true, force: true });
}
