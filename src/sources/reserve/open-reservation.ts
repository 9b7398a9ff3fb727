import { createHash } from "node:crypto";
import { formatHash, type Ingested, parseHash } from "../../images/index.js";
import type { Source } from "../source.js";
import type { Wanted } from "./draw-sets.js";
import { setNames } from "./draw-sets.js";
import { createPictureGuard, hashStored, type PictureGuard } from "./guard-pictures.js";
import { leaveOut } from "./leave-out.js";
import { indexPictures } from "./picture-index.js";
import { createPictureNumbers } from "./picture-number.js";
import { type QuestionTable, questionRank, tabulateQuestions } from "./question-table.js";
import { type ExclusionFiles, type Exclusions, readExclusions } from "./read-lists.js";
import { isWhole, listReservedFiles, type ReservedIndex, type ReservedSummary, readReservedIndex, writeReserved } from "./reserved-files.js";
import { type SettledSets, settleSets } from "./settle-sets.js";

/** What is kept out of training. */
export interface ReserveSettings {
	readonly benchmark?: { readonly perTask: number } | undefined;
	readonly probe?: { readonly train: number; readonly test: number } | undefined;
	readonly exclude: ExclusionFiles;
	/** @unit bits */
	readonly maxDistance?: number | undefined;
}

export interface ReserveOptions {
	readonly settings: ReserveSettings;
	readonly seed: number;
	readonly source: Source;
	readonly runFolder: string;
}

export interface MakeReserveOptions extends ReserveOptions {
	/** sha256 of what the run is made from. */
	readonly digests: Readonly<Record<string, string>>;
	readonly ingest: (image: string) => Promise<Ingested>;
	readonly signal: AbortSignal;
}

/** What is left for training, once the sets are drawn and kept. */
export interface Reservation {
	/** The source without what is reserved or excluded. */
	readonly training: Source;
	/** Judges a training picture by its bytes and its looks. */
	readonly guard: PictureGuard;
	/** Absent where only exclusions are wanted. */
	readonly summary?: ReservedSummary;
	/** Ids on the list of questions to leave out. */
	readonly listedIds: number;
	/** The sets' files, relative to the run's folder. */
	readonly files: readonly string[];
}

/** Photographs: see `indexPictures` for where it comes from. @unit bits */
const defaultMaxDistance = 10;

/**
 * Draws the sets that the settings ask for and keeps them in the run's folder; where they lie there already, made from the same
 * source by the same settings, they are taken as they are.
 * @throws CandorError (exit 2) for a list that cannot be used; the signal's reason where the run is stopped
 */
export async function openReservation(options: MakeReserveOptions): Promise<Reservation> {
	const { settings, seed, runFolder, digests } = options;
	const exclusions = await readExclusions(settings.exclude);
	const wanted = wantedOf(settings);
	if (setNames.every((set) => wanted[set] === 0)) return assemble(options, exclusions, undefined);
	const { maxDistance } = settings;
	const madeFrom = createHash("sha256")
		.update(JSON.stringify([seed, wanted, maxDistance ?? "default", Object.entries(digests).sort(([a], [b]) => (a < b ? -1 : 1))]))
		.digest("hex");
	const known = await readReservedIndex(runFolder);
	const isCurrent = known?.madeFrom === madeFrom && (await isWhole(runFolder, known));
	return assemble(options, exclusions, isCurrent ? known : await makeReserved(options, exclusions, madeFrom));
}

/** The reservation of a run that is there, without making anything; nothing where its sets are missing. */
export async function reopenReservation(options: ReserveOptions): Promise<Reservation | undefined> {
	const exclusions = await readExclusions(options.settings.exclude);
	const wanted = wantedOf(options.settings);
	const index = await readReservedIndex(options.runFolder);
	return index === undefined && setNames.some((set) => wanted[set] > 0) ? undefined : assemble(options, exclusions, index);
}

function wantedOf({ benchmark, probe }: ReserveSettings): Wanted {
	return { benchmark: benchmark?.perTask ?? 0, "probe-train": probe?.train ?? 0, "probe-test": probe?.test ?? 0 };
}

/** Rendered pictures with few things in them look alike to a perceptual hash, and their bytes tell them apart for certain. */
function distanceOf({ settings, source }: ReserveOptions): number | undefined {
	return settings.maxDistance ?? (source.renderImage === undefined ? defaultMaxDistance : undefined);
}

/** Excluded questions are out before anything is counted. */
function leaveOutExcluded(source: Source, { questions }: Exclusions): Source {
	return questions.size === 0 ? source : leaveOut(source, ({ id }) => (questions.has(id) ? "question-excluded" : undefined));
}

function indexExcluded(options: ReserveOptions, { pictures }: Exclusions) {
	// A hash that a person wrote down is meant, also where looks count for nothing else.
	return indexPictures(
		pictures.map(({ where, ...picture }) => ({ name: `the picture listed at ${where}`, ...picture })),
		distanceOf(options) ?? 0,
	);
}

async function makeReserved(options: MakeReserveOptions, exclusions: Exclusions, madeFrom: string): Promise<ReservedIndex> {
	const { settings, seed, runFolder, signal } = options;
	const source = leaveOutExcluded(options.source, exclusions);
	const questions = () => source.read(() => {});
	const pictureNumber = createPictureNumbers(seed, source.imageRoots);
	const wanted = wantedOf(settings);
	const table = await tabulateQuestions(questions(), seed, pictureNumber);
	signal.throwIfAborted();
	const settled = await settleSets(table, {
		wanted,
		maxDistance: distanceOf(options),
		excluded: indexExcluded(options, exclusions),
		questions,
		rankOf: (question) => questionRank(seed, question),
		ingest: options.ingest,
		hash: (image) => hashStored(image, runFolder),
		signal,
	});
	return writeReserved(runFolder, { madeFrom, summary: summarize(table, wanted, settled), pictures: listPictures(table, settled) }, settled.questions);
}

/** Each stored picture once, under the first question that brought it. */
function listPictures(table: QuestionTable, { questions, hashes }: SettledSets): ReservedIndex["pictures"] {
	const pictures = new Map<string, ReservedIndex["pictures"][number]>();
	for (const { set, row, question, image } of questions) {
		const number = table.pictures[row] ?? 0;
		const key = `${number} ${image.sha256}`;
		const hash = hashes.get(image.sha256);
		if (hash !== undefined && !pictures.has(key)) pictures.set(key, { set, question: question.id, number, image, hash: formatHash(hash) });
	}
	return [...pictures.values()];
}

function summarize(table: QuestionTable, wanted: Wanted, { questions, replaced }: SettledSets): ReservedSummary {
	const taken = new Set(questions.map(({ row }) => table.pictures[row] ?? 0));
	return {
		wanted,
		tasks: table.tasks.map(({ task, rows }) => {
			const countOf = (set: string) => questions.filter((reserved) => reserved.set === set && reserved.question.task === task).length;
			return {
				task,
				questions: rows.length,
				benchmark: countOf("benchmark"),
				"probe-train": countOf("probe-train"),
				"probe-test": countOf("probe-test"),
				training: rows.reduce((sum, row) => sum + (taken.has(table.pictures[row] ?? 0) ? 0 : 1), 0),
			};
		}),
		replaced,
	};
}

function assemble(options: ReserveOptions, exclusions: Exclusions, index: ReservedIndex | undefined): Reservation {
	const { seed, source } = options;
	const usable = leaveOutExcluded(source, exclusions);
	const numbers = new Set(index?.pictures.map(({ number }) => number));
	const pictureNumber = createPictureNumbers(seed, source.imageRoots);
	const maxDistance = distanceOf(options);
	const reserved = indexPictures(
		(index?.pictures ?? []).map(({ set, question, image, hash }) => ({
			name: `the ${set} picture of ${question}`,
			sha256: image.sha256,
			hash: parseHash(hash),
		})),
		maxDistance,
	);
	const listsHashes = exclusions.pictures.some((picture) => "hash" in picture);
	return {
		training: numbers.size === 0 ? usable : leaveOut(usable, (question) => (numbers.has(pictureNumber(question)) ? "picture-reserved" : undefined)),
		guard: createPictureGuard(reserved, indexExcluded(options, exclusions), listsHashes || (numbers.size > 0 && maxDistance !== undefined)),
		...(index === undefined ? {} : { summary: index.summary }),
		listedIds: exclusions.questions.size,
		files: index === undefined ? [] : listReservedFiles(index),
	};
}
