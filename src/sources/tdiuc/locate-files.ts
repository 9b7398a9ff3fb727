import { stat } from "node:fs/promises";
import { join } from "node:path";
import { configurationError } from "../../records/index.js";
import { requireFolder } from "../require-path.js";

export type Split = "train" | "val";

/** The two files of a split. */
export interface SplitFiles {
	readonly split: Split;
	readonly questions: string;
	readonly annotations: string;
}

const remedy = "unpack TDIUC.zip (from the authors' page, kushalkafle.com) and name the folder that holds Questions and Annotations (docs/recipes.md)";

/**
 * The files under the names that the archive gives them, in the folder or in a folder TDIUC in it.
 * @throws CandorError (exit 2) naming the file that is not there
 */
export async function locateFiles(path: string, splits: readonly Split[]): Promise<SplitFiles[]> {
	await requireFolder(path, "source.path", remedy);
	const inner = join(path, "TDIUC");
	const folder = !(await exists(join(path, "Questions"))) && (await exists(inner)) ? inner : path;
	const files = splits.map((split) => ({
		split,
		questions: join(folder, "Questions", `OpenEnded_mscoco_${split}2014_questions.json`),
		annotations: join(folder, "Annotations", `mscoco_${split}2014_annotations.json`),
	}));
	for (const file of files.flatMap(({ questions, annotations }) => [questions, annotations])) {
		if (await exists(file)) continue;
		throw configurationError(`source.path: there is no ${file}`, `${remedy}; or read fewer splits (source.splits)`);
	}
	return files;
}

async function exists(path: string): Promise<boolean> {
	return (await stat(path).catch(() => undefined)) !== undefined;
}
