import type { Row } from "../records/index.js";
import type { Manifest } from "../shards/index.js";

export function emptyCounts(): Manifest["counts"] {
	// A task may be called anything, also `constructor`.
	return { scenario: {}, timing: {}, task: Object.create(null), tone: {}, pressure: {} };
}

/** Counts a row on each of the vocabulary's sides that it has. */
export function countRow(counts: Manifest["counts"], { meta }: Row): void {
	const add = <Key extends string>(counter: Partial<Record<Key, number>>, key: Key | undefined) => {
		if (key !== undefined) counter[key] = (counter[key] ?? 0) + 1;
	};
	add(counts.scenario, meta.scenario);
	add(counts.timing, meta.timing);
	add(counts.task, meta.task);
	add(counts.tone, meta.tone);
	add(counts.pressure, meta.pressure);
}
