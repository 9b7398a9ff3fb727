import { orderQuestions } from "./order-questions.js";
import type { QuestionTable } from "./question-table.js";
import { shareOut } from "./share-out.js";

export const setNames = ["benchmark", "probe-train", "probe-test"] as const;
export type SetName = (typeof setNames)[number];

/** How many questions are wanted: of each task for the benchmark, in all for the others. */
export type Wanted = Readonly<Record<SetName, number>>;

/** Rows of the table for each set, by task in the table's order. */
export type DrawnSets = Readonly<Record<SetName, readonly (readonly number[])[]>>;

/** Pictures' numbers are uniform below this. */
const numberRange = 2 ** 48;
/** The probe draws from the other half of the pictures: whatever the source's size, training has something left. */
const neverProbed = 0.5;

/**
 * Draws the benchmark, then the probe from what pictures are left. The probe's two parts share no picture, since each picture is on
 * one side whatever is drawn.
 * @param unusable pictures that a set may not have
 */
export function drawSets(table: QuestionTable, wanted: Wanted, unusable: Readonly<Record<SetName, ReadonlySet<number>>>): DrawnSets {
	const pictureOf = (row: number) => table.pictures[row] ?? 0;
	const listRows = (set: SetName, limit: number, isAllowed: (picture: number) => boolean) =>
		table.tasks.map(({ rows }) => {
			if (limit === 0) return [];
			const allowed = Array.from(rows).filter((row) => isAllowed(pictureOf(row)) && !unusable[set].has(pictureOf(row)));
			return takeFirst(orderQuestions(allowed, table), limit);
		});
	const benchmark = listRows("benchmark", wanted.benchmark, () => true);
	const taken = new Set(benchmark.flat().map(pictureOf));
	const drawPart = (set: "probe-train" | "probe-test") => {
		const lists = listRows(set, wanted[set], (picture) => !taken.has(picture) && sideOf(picture, wanted) === set);
		const shares = shareOut(
			wanted[set],
			lists.map(({ length }) => length),
		);
		return lists.map((list, index) => list.slice(0, shares[index]));
	};
	return { benchmark, "probe-train": drawPart("probe-train"), "probe-test": drawPart("probe-test") };
}

/** Which part of the probe may have a picture; most are for neither. */
function sideOf(picture: number, wanted: Wanted): SetName | undefined {
	const place = picture / numberRange;
	if (place < neverProbed) return undefined;
	const trainShare = wanted["probe-train"] / (wanted["probe-train"] + wanted["probe-test"]);
	return place < neverProbed + (1 - neverProbed) * trainShare ? "probe-train" : "probe-test";
}

function takeFirst(rows: Iterable<number>, limit: number): number[] {
	const taken: number[] = [];
	for (const row of rows) {
		taken.push(row);
		if (taken.length === limit) break;
	}
	return taken;
}
