import type { DpoRow, Row } from "../records/index.js";
import { createFeatureSpace } from "./features.js";
import { collectExamples, readCollections } from "./read-candidates.js";
import { readPairsWithin } from "./read-pairs.js";
import { type ReaderResult, readWithin } from "./run-reader.js";
import { type DialogueView, viewRow } from "./view-dialogue.js";

/**
 * The same readers on finished rows, for the record: a teacher's failures can undo the balance that candidates were drawn with.
 * There is only one set, so readers are cross-validated over pictures in five parts, and nothing is held against a limit. Within a
 * set that is balanced exactly this reads below 0.5 by construction: what the parts for fitting have too much of, the part for
 * scoring lacks. Figures near or under 0.5 therefore say "nothing found"; only those well above it say anything.
 */
export function readRows(rows: readonly Row[], seed: number): ReaderResult[] {
	const space = createFeatureSpace();
	const dialogues = readCollections(
		collectExamples(views(rows), space),
		(examples) => (examples.length < 10 ? undefined : { ...readWithin(examples, space, seed), perSide: examples.length / 2 }),
		seed,
	);
	const pairs = rows.filter((row): row is DpoRow => row.kind === "dpo");
	return [...dialogues, ...(pairs.length < 10 ? [] : readPairsWithin(pairs, seed))].map(dropLimit);
}

function dropLimit({ limit: _, passes: __, ...reported }: ReaderResult): ReaderResult {
	return reported;
}

function* views(rows: Iterable<Row>): Generator<DialogueView> {
	for (const row of rows) yield viewRow(row);
}
