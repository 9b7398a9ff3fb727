import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { checkStoredImage } from "../images/index.js";
import { type Kind, type Row, rowSchema } from "../records/index.js";
import { checkRow } from "../rules/index.js";
import { isJsonlProblem, readJsonl } from "../shards/index.js";
import { describeRowFault } from "./describe-row-fault.js";
import type { ProblemList } from "./problem-list.js";
import { createSightings, hashNumber } from "./sightings.js";

/** What a file of rows came to. */
export interface CheckedFile {
	readonly rows: number;
	/** Lines with a problem of their own. */
	readonly bad: number;
	/** Lines that are no row at all; the other checks leave them out. */
	readonly unreadable: number;
}

/** Checks file after file, and rows of one file against those of others. */
export interface RowChecker {
	/**
	 * @param kind what the rows must be, where something says so
	 * @param onRow told every line that is a row
	 * @throws CandorError (exit 2) where the file cannot be read
	 */
	check(file: string, kind: Kind | undefined, onRow: (row: Row) => void): Promise<CheckedFile>;
}

/** A line's place as one number: the file's index above, the line below. */
const lineRange = 2 ** 32;

type Fault = { readonly reason: string; readonly detail: string };

export function createRowChecker(problems: ProblemList): RowChecker {
	const files: string[] = [];
	const ids = createSightings();
	const conversations = createSightings();
	const groups = createSightings();
	const checkPicture = createPictureCheck();
	const placeOf = (place: number) => `${files[Math.floor(place / lineRange)]}:${place % lineRange}`;

	function compare(row: Row, place: number): Fault[] {
		const faults: Fault[] = [];
		const sameId = ids.note(row.id, place);
		if (sameId !== undefined) faults.push({ reason: "id-twice", detail: `${placeOf(sameId)} has the same id.` });
		// A row that is there twice has both the same: one problem says it.
		const sameTalk = conversations.note(conversationOf(row), place);
		if (sameTalk !== undefined && sameId === undefined)
			faults.push({ reason: "row-twice", detail: `${placeOf(sameTalk)} has the same conversation about the same picture.` });
		const dialogue = hashNumber(dialogueOf(row));
		if ((groups.note(row.meta.group, dialogue) ?? dialogue) !== dialogue) {
			faults.push({ reason: "group-differs", detail: `An earlier row of group ${row.meta.group} has another question, picture, answer or situation.` });
		}
		return faults;
	}

	return {
		async check(file, kind, onRow) {
			const fileIndex = files.push(file) - 1;
			const runFolder = findRunFolder(file);
			const tally = { rows: 0, bad: 0, unreadable: 0 };
			for await (const item of readJsonl(file)) {
				tally.rows++;
				const { line } = item;
				const tell = (faults: readonly Fault[], id?: string) => {
					if (faults.length > 0) tally.bad++;
					for (const { reason, detail } of faults) problems.add({ file, line, ...(id === undefined ? {} : { id }), reason, detail });
				};
				if (isJsonlProblem(item)) {
					tally.unreadable++;
					tell([{ reason: "not-json", detail: `The line ${item.problem}${item.excerpt === "" ? "" : `: ${item.excerpt}`}` }]);
					continue;
				}
				const parsed = rowSchema.safeParse(item.value);
				if (!parsed.success) {
					tally.unreadable++;
					tell([{ reason: "not-a-row", detail: describeRowFault(parsed.error, item.value) }], idOf(item.value));
					continue;
				}
				const row = parsed.data;
				onRow(row);
				const picture = runFolder === undefined ? undefined : await checkPicture(runFolder, row.image);
				tell(
					[
						...(kind === undefined || row.kind === kind
							? []
							: [{ reason: "kind-differs", detail: `The row is of kind ${row.kind}, and its pipeline makes ${kind}.` }]),
						...checkRow(row),
						...(picture === undefined ? [] : [{ reason: "picture", detail: picture }]),
						...compare(row, fileIndex * lineRange + line),
					],
					row.id,
				);
			}
			if (runFolder === undefined && tally.rows > tally.unreadable) {
				problems.add({
					file,
					reason: "no-pictures",
					detail: "Neither the file's folder nor one above it holds the folder images, which the rows' pictures are in.",
				});
			}
			if (tally.rows === 0) problems.add({ file, reason: "empty-file", detail: "The file holds no row." });
			return tally;
		},
	};
}

/** Each picture is decoded once; only the faulty are remembered with what is wrong. */
function createPictureCheck(): (runFolder: string, image: Row["image"]) => Promise<string | undefined> {
	const checked = createSightings();
	const faulty = new Map<string, string>();
	return async (runFolder, image) => {
		const key = JSON.stringify([runFolder, image.path, image.sha256, image.width, image.height]);
		if (checked.note(key, 0) !== undefined) return faulty.get(key);
		const fault = await checkStoredImage(runFolder, image);
		if (fault !== undefined) faulty.set(key, fault);
		return fault;
	};
}

/**
 * What a trained reply answers. Rows of two kinds may well share it, rows of one kind may not. With several dialogues per question
 * the same claim may come again in other words: that is no second row.
 */
function conversationOf({ kind, image, turns }: Row): string {
	return JSON.stringify([kind, image.sha256, turns.filter((turn) => turn.role === "user" || !turn.train).map(({ text }) => text)]);
}

function dialogueOf({ image, meta }: Row): string {
	return JSON.stringify([image.sha256, meta.source, meta.questionId, meta.question, meta.answer, meta.scenario, meta.timing, meta.claims]);
}

function idOf(value: unknown): string | undefined {
	return typeof value === "object" && value !== null && "id" in value && typeof value.id === "string" ? value.id.slice(0, 80) : undefined;
}

/** The nearest folder at or above the file's that holds `images`. */
function findRunFolder(file: string): string | undefined {
	for (let folder = dirname(resolve(file)); ; folder = dirname(folder)) {
		if (existsSync(join(folder, "images"))) return folder;
		if (dirname(folder) === folder) return undefined;
	}
}
