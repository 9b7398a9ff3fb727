import { mkdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type ImageRef, imageRefSchema, type Question } from "../../records/index.js";
import { hashFile, stringifyRow, writeFileAtomic } from "../../shards/index.js";
import { type SetName, setNames } from "./draw-sets.js";

/** A question of a set, with its picture in the run's folder. */
export interface ReservedQuestion {
	readonly set: SetName;
	readonly question: Question;
	readonly image: ImageRef;
}

const countSchema = z.int().nonnegative();

/** Who got what. */
export const reservedSummarySchema = z.strictObject({
	/** Questions of each task in the benchmark, questions of all tasks in the others. */
	wanted: z.strictObject({ benchmark: countSchema, "probe-train": countSchema, "probe-test": countSchema }),
	tasks: z.array(
		z.strictObject({
			task: z.string(),
			/** Questions that the source has, without excluded ones. */
			questions: countSchema,
			benchmark: countSchema,
			"probe-train": countSchema,
			"probe-test": countSchema,
			/** What is left: questions on pictures that no set has. */
			training: countSchema,
		}),
	),
	/** Questions that were drawn and replaced by the next ones, by reason. */
	replaced: z.record(z.string(), countSchema),
});
export type ReservedSummary = z.infer<typeof reservedSummarySchema>;

const indexSchema = z.strictObject({
	format: z.literal("candor-reserved/1"),
	/** A hash of all that the sets depend on. */
	madeFrom: z.string(),
	summary: reservedSummarySchema,
	/** sha256 of the sets' files. */
	files: z.record(z.string(), z.string()),
	pictures: z.array(
		z.strictObject({
			set: z.enum(setNames),
			/** The first of its questions. */
			question: z.string(),
			/** What questions about it have in common; see `createPictureNumbers`. */
			number: z.int().nonnegative(),
			image: imageRefSchema,
			/** Perceptual hash: frequencies, gradients. */
			hash: z.string().regex(/^[0-9a-f]{32}$/),
		}),
	),
});
export type ReservedIndex = z.infer<typeof indexSchema>;

const folderName = "reserved";
const indexFile = join(folderName, "index.json");

/** The file of a set, relative to the run's folder: both parts of the probe share one. */
function fileOf(set: SetName): string {
	return `${folderName}/${set === "benchmark" ? "benchmark" : "probe"}.jsonl`;
}

/**
 * Writes the sets as the jsonl source reads them, with the run's folder as the folder of pictures; then the index, whose presence
 * says that the rest is whole. @throws CandorError (exit 1) where they cannot be written
 */
export async function writeReserved(
	runFolder: string,
	index: Omit<ReservedIndex, "format" | "files">,
	questions: readonly ReservedQuestion[],
): Promise<ReservedIndex> {
	await mkdir(join(runFolder, folderName), { recursive: true });
	await rm(join(runFolder, indexFile), { force: true });
	const files: Record<string, string> = {};
	for (const file of new Set(setNames.filter((set) => index.summary.wanted[set] > 0).map(fileOf))) {
		const lines = questions.filter(({ set }) => fileOf(set) === file).map((reserved) => `${stringifyRow(toLine(reserved))}\n`);
		await writeFileAtomic(join(runFolder, file), lines.join(""));
		files[file] = await hashFile(join(runFolder, file));
	}
	const whole: ReservedIndex = { format: "candor-reserved/1", ...index, files };
	await writeFileAtomic(join(runFolder, indexFile), `${JSON.stringify(whole)}\n`);
	return whole;
}

/** The index of a run; nothing where there is none that can be read. */
export async function readReservedIndex(runFolder: string): Promise<ReservedIndex | undefined> {
	try {
		return indexSchema.parse(JSON.parse(await readFile(join(runFolder, indexFile), "utf8")));
	} catch {
		return undefined;
	}
}

/** Whether an index still says what lies beside it: the sets unchanged, their pictures there. */
export async function isWhole(runFolder: string, { files, pictures }: ReservedIndex): Promise<boolean> {
	try {
		for (const [file, sha256] of Object.entries(files)) if ((await hashFile(join(runFolder, file))) !== sha256) return false;
		for (const { image } of pictures) await stat(join(runFolder, image.path));
		return true;
	} catch {
		return false;
	}
}

/** All files of the sets, relative to the run's folder. */
export function listReservedFiles({ files }: ReservedIndex): string[] {
	return [...Object.keys(files), indexFile];
}

/** A line of the question format. Several right answers stand as a list, the gold first. The probe's lines also name their part. */
function toLine({ set, question, image }: ReservedQuestion): object {
	const { id, source, imageId, text, task, pool, answer, alsoRight, wrong, choices, evidence } = question;
	return {
		id,
		source,
		image: image.path,
		...(imageId === undefined ? {} : { imageId }),
		question: text,
		task,
		...(pool === undefined ? {} : { pool }),
		answer: alsoRight === undefined ? answer : [answer, ...alsoRight],
		...(wrong === undefined ? {} : { wrong }),
		...(choices === undefined ? {} : { choices }),
		...(evidence === undefined ? {} : { evidence }),
		...(set === "benchmark" ? {} : { split: set === "probe-train" ? "train" : "test" }),
	};
}
