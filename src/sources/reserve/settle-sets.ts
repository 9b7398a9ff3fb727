import type { Ingested, PerceptualHash } from "../../images/index.js";
import type { ImageRef, Question } from "../../records/index.js";
import { type DrawnSets, drawSets, type SetName, setNames, type Wanted } from "./draw-sets.js";
import { indexPictures, type PictureIndex } from "./picture-index.js";
import type { QuestionTable } from "./question-table.js";
import type { ReservedQuestion } from "./reserved-files.js";

export interface SettleTools {
	readonly wanted: Wanted;
	/** @unit bits; undefined: only the same bytes count */
	readonly maxDistance: number | undefined;
	readonly excluded: PictureIndex;
	questions(): AsyncIterable<Question>;
	rankOf(question: Question): number;
	ingest(image: string): Promise<Ingested>;
	hash(image: ImageRef): Promise<PerceptualHash>;
	readonly signal: AbortSignal;
}

export interface SettledSets {
	readonly questions: readonly (ReservedQuestion & { readonly row: number })[];
	readonly hashes: ReadonlyMap<string, PerceptualHash>;
	readonly replaced: Readonly<Record<string, number>>;
}

/** What is known of a picture's file once it was looked at. */
type Looked = { readonly image: ImageRef; readonly hash: PerceptualHash } | { readonly reason: string };

/** Each round reads the source once; where a tenth of the pictures cannot be used, four rounds leave one of ten thousand. */
const maxRounds = 8;
/** Pictures that are read and decoded at once. */
const concurrency = 4;

/**
 * Draws the sets, looks at their pictures, and draws again without those that cannot be read, are excluded, or show what a set before
 * theirs shows: until all can stay. What still cannot after some rounds is left out.
 */
export async function settleSets(table: QuestionTable, tools: SettleTools): Promise<SettledSets> {
	const unusable = { benchmark: new Set<number>(), "probe-train": new Set<number>(), "probe-test": new Set<number>() };
	const records = new Map<number, Question>();
	const looked = new Map<string, Looked>();
	const replaced: Record<string, number> = {};
	for (let round = 1; ; round++) {
		const drawn = drawSets(table, tools.wanted, unusable);
		await fetchQuestions(table, drawn, records, tools);
		const chosen = setNames.flatMap((set) =>
			drawn[set].flat().flatMap((row) => {
				const question = records.get(table.ranks[row] ?? 0);
				return question === undefined ? [] : [{ set, row, question }];
			}),
		);
		await lookAt(
			[...new Set(chosen.map(({ question }) => question.image))].filter((image) => !looked.has(image)),
			looked,
			tools,
		);
		const faults = findFaults(chosen, looked, tools);
		for (const { set, row, reason } of faults) {
			replaced[reason] = (replaced[reason] ?? 0) + 1;
			// Later sets must not have what an earlier one cannot read, nor what looks like a picture of it.
			for (const later of setNames.slice(setNames.indexOf(set))) unusable[later].add(table.pictures[row] ?? 0);
		}
		if (faults.length > 0 && round < maxRounds) continue;
		const questions = chosen.flatMap(({ set, row, question }) => {
			const known = looked.get(question.image);
			const isUsable = known !== undefined && "image" in known && !unusable[set].has(table.pictures[row] ?? 0);
			return isUsable ? [{ set, row, question, image: known.image }] : [];
		});
		const hashes = new Map([...looked.values()].flatMap((known) => ("image" in known ? [[known.image.sha256, known.hash] as const] : [])));
		return { questions, hashes, replaced };
	}
}

interface Chosen {
	readonly set: SetName;
	readonly row: number;
	readonly question: Question;
}

/** Reads the drawn questions from the source, where they are not known from an earlier round. */
async function fetchQuestions(table: QuestionTable, drawn: DrawnSets, records: Map<number, Question>, tools: SettleTools): Promise<void> {
	const missing = new Set(
		setNames
			.flatMap((set) => drawn[set].flat())
			.map((row) => table.ranks[row] ?? 0)
			.filter((rank) => !records.has(rank)),
	);
	if (missing.size === 0) return;
	for await (const question of tools.questions()) {
		const rank = tools.rankOf(question);
		if (!missing.delete(rank)) continue;
		records.set(rank, question);
		if (missing.size === 0) break;
	}
	tools.signal.throwIfAborted();
}

async function lookAt(images: readonly string[], looked: Map<string, Looked>, { ingest, hash, signal }: SettleTools): Promise<void> {
	let next = 0;
	const work = async (): Promise<void> => {
		for (let path = images[next++]; path !== undefined; path = images[next++]) {
			signal.throwIfAborted();
			const ingested = await ingest(path);
			looked.set(path, "rejection" in ingested ? { reason: ingested.rejection.reason } : { image: ingested.image, hash: await hash(ingested.image) });
		}
	};
	await Promise.all(Array.from({ length: concurrency }, work));
}

/** Drawn questions whose pictures cannot stay in their set. A set's pictures are compared with those of the sets before it. */
function findFaults(chosen: readonly Chosen[], looked: ReadonlyMap<string, Looked>, { excluded, maxDistance }: SettleTools): (Chosen & { reason: string })[] {
	const faults: (Chosen & { reason: string })[] = [];
	const before: { name: string; sha256: string; hash: PerceptualHash }[] = [];
	for (const set of setNames) {
		const index = indexPictures(before, maxDistance);
		const own: typeof before = [];
		const judged = new Map<string, string | undefined>();
		for (const item of chosen.filter((other) => other.set === set)) {
			const known = looked.get(item.question.image);
			if (known === undefined) continue;
			if ("reason" in known) {
				faults.push({ ...item, reason: known.reason });
				continue;
			}
			const { sha256 } = known.image;
			if (!judged.has(sha256)) {
				const isExcluded = excluded.find(sha256, known.hash) !== undefined;
				const isTaken = index.find(sha256, known.hash) !== undefined;
				judged.set(sha256, isExcluded ? "picture-excluded" : isTaken ? "picture-reserved" : undefined);
				if (!isExcluded && !isTaken) own.push({ name: set, sha256, hash: known.hash });
			}
			const reason = judged.get(sha256);
			if (reason !== undefined) faults.push({ ...item, reason });
		}
		before.push(...own);
	}
	return faults;
}
