import { type Candidate, configurationError, scenarioPairs, scenarioTable, type Timing } from "../records/index.js";
import { type DialogueReader, dialogueReaders, toDialogueRows } from "./dialogue-features.js";
import { createFeatureSpace, type FeatureSpace } from "./features.js";
import { balanceSides, type Example, holdLimit, type ReaderResult, type Reading, readAcross } from "./run-reader.js";
import { type DialogueView, viewCandidate } from "./view-dialogue.js";

/** Two scenarios with one timing: the same words from the user's side, and only the picture tells which it is. */
interface Contrast {
	readonly pair: string;
	readonly first: string;
	readonly second: string;
	readonly timing: Timing;
}

const contrasts: readonly Contrast[] = scenarioPairs.flatMap(([first, second]) =>
	scenarioTable[first].timings.map((timing) => ({ pair: `${first} / ${second}`, first, second, timing })),
);

/** Examples of one contrast and one reader, by task. */
type Collection = Map<string, Example[]>;

/**
 * How well the two sides of each pair of scenarios can be told apart without the picture: readers are fitted on `train` and scored
 * on `test`, candidates of another seed with other pictures. Sides are balanced within each task. A contrast of which one set has
 * nothing makes no result.
 *
 * Limits: `masked` holds 0.53 pooled over the tasks; `answers`, which sees all that `masked` does, holds 0.55 in each task and
 * pooled; `language-prior` is reported.
 * @throws CandorError (exit 2) where both sets share a picture
 */
export function readCandidates(train: Iterable<Candidate>, test: Iterable<Candidate>, seed: number): ReaderResult[] {
	const space = createFeatureSpace();
	const trained = collectExamples(views(train), space);
	const tested = collectExamples(views(test), space);
	const pictures = new Set([...trained.values()].flatMap(listPictures));
	const shared = [...tested.values()].flatMap(listPictures).find((picture) => pictures.has(picture));
	if (shared !== undefined) {
		throw configurationError(`readers: picture ${shared} is in both sets of candidates`, "draw the two sets from different pictures");
	}
	return readCollections(
		trained,
		(examples, { key, task }) => {
			const others = tested.get(key);
			const opposite = task === "all" ? balanceTasks(others, seed) : balanceSides(others?.get(task) ?? [], seed);
			if (opposite.length === 0 || examples.length === 0) return undefined;
			return { ...readAcross(examples, opposite, space, seed), perSide: Math.min(examples.length, opposite.length) / 2 };
		},
		seed,
	);
}

/** Sorts dialogues by contrast and reader. Dialogues of scenarios without a counterpart are passed over. */
export function collectExamples(dialogues: Iterable<DialogueView>, space: FeatureSpace): Map<string, Collection> {
	const collections = new Map<string, Collection>();
	for (const view of dialogues) {
		const contrast = contrasts.find(({ first, second, timing }) => timing === view.timing && (first === view.scenario || second === view.scenario));
		if (contrast === undefined) continue;
		const label = contrast.first === view.scenario ? 1 : 0;
		const rows = toDialogueRows(view, space);
		for (const reader of dialogueReaders) {
			const key = keyOf(contrast, reader);
			const collection = collections.get(key) ?? new Map<string, Example[]>();
			collections.set(key, collection);
			const examples = collection.get(view.task) ?? [];
			collection.set(view.task, examples);
			examples.push({ picture: view.picture, label, row: rows[reader] });
		}
	}
	return collections;
}

/** Reads every contrast with every reader, task by task and pooled; `read` gives nothing where it lacks examples. */
export function readCollections(
	collections: ReadonlyMap<string, Collection>,
	read: (balanced: readonly Example[], place: { key: string; task: string }) => (Reading & { perSide: number }) | undefined,
	seed: number,
): ReaderResult[] {
	const results: ReaderResult[] = [];
	for (const contrast of contrasts) {
		for (const reader of dialogueReaders) {
			const key = keyOf(contrast, reader);
			const collection = collections.get(key);
			for (const task of ["all", ...[...(collection?.keys() ?? [])].sort()]) {
				const examples = task === "all" ? balanceTasks(collection, seed) : balanceSides(collection?.get(task) ?? [], seed);
				const reading = read(examples, { key, task });
				if (reading === undefined) continue;
				const limit = limitOf(reader, task);
				results.push({ reader, pair: contrast.pair, timing: contrast.timing, task, ...reading, ...holdLimit(reading.high, limit, reading.perSide) });
			}
		}
	}
	return results;
}

/** Limits are the design's: a reader of the words alone must fail on the whole set, one of the answers in each task. */
function limitOf(reader: DialogueReader, task: string): number | undefined {
	if (reader === "masked") return task === "all" ? 0.53 : undefined;
	return reader === "answers" ? 0.55 : undefined;
}

function balanceTasks(collection: Collection | undefined, seed: number): Example[] {
	return [...(collection?.entries() ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, examples]) => balanceSides(examples, seed));
}

function keyOf(contrast: Contrast, reader: DialogueReader): string {
	return `${contrast.pair}|${contrast.timing}|${reader}`;
}

function* views(candidates: Iterable<Candidate>): Generator<DialogueView> {
	for (const candidate of candidates) yield viewCandidate(candidate);
}

function listPictures(collection: Collection): string[] {
	return [...collection.values()].flatMap((examples) => examples.map(({ picture }) => picture));
}
