import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../../src/pipeline/package-folder.js";
import type { OracleQuestion } from "./oracle.js";
import { type ShapesLine, writeShapesSource } from "./shapes-source.js";

const shapesCount = 4;
const photoCount = 6;
/** The oracle sees something else than the annotator in this picture. */
const contestedPicture = "shapes-3.png";

export interface OwnData {
	readonly oracleFile: string;
	/** Numbers of the lines in vqa.jsonl that cannot be used, from 1. */
	readonly badLines: readonly number[];
	readonly lines: readonly ShapesLine[];
	readonly contestedIds: readonly string[];
}

/**
 * A folder as a user has it: ten pictures in `photos/`, photographs among them; `vqa.jsonl` with names of its own and two broken
 * lines; no config yet.
 */
export async function writeOwnData(folder: string): Promise<OwnData> {
	const photos = join(folder, "photos");
	mkdirSync(photos, { recursive: true });
	const shapes = await writeShapesSource(join(folder, "drawn"), shapesCount);
	const sampled = readSample();
	const files = [...new Set(sampled.map(({ image }) => image))];
	for (const file of files) copyFileSync(join(packageFolder(), "datasets", "sample", "photos", file), join(photos, file));
	for (let index = 0; index < shapesCount; index++) copyFileSync(join(folder, "drawn", "pictures", `shapes-${index}.png`), join(photos, `shapes-${index}.png`));

	const lines = [...shapes.lines, ...sampled];
	const texts = lines.map(({ id, image, question, answer, task, wrong, evidence }) =>
		JSON.stringify({
			uid: id,
			pic: { file: image, camera: "unknown" },
			q: question,
			gold: answer,
			kind: task,
			...(wrong === undefined ? {} : { not: wrong }),
			notes: evidence.join(" "),
		}),
	);
	texts.splice(4, 0, '{"uid": "broken", "pic": {"file": "shapes-0.png"}, "q": "What is');
	texts.splice(9, 0, JSON.stringify({ uid: "no-answer", pic: { file: "shapes-1.png" }, q: "What color is it?", kind: "color" }));
	writeFileSync(join(folder, "vqa.jsonl"), `${texts.join("\n")}\n`);

	const oracleFile = join(folder, "drawn", "oracle.jsonl");
	writeFileSync(oracleFile, lines.map((line) => `${JSON.stringify(toOracle(line, photos))}\n`).join(""));
	return { oracleFile, badLines: [5, 10], lines, contestedIds: shapes.lines.filter(({ image }) => image === contestedPicture).map(({ id }) => id) };
}

/** The questions of the first photographs of the sample. */
function readSample(): ShapesLine[] {
	const all: ShapesLine[] = readFileSync(join(packageFolder(), "datasets", "sample", "questions.jsonl"), "utf8")
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line));
	const files = [...new Set(all.map(({ image }) => image))].slice(0, photoCount);
	return all.filter(({ image }) => files.includes(image));
}

function toOracle({ image, question, answer, evidence }: ShapesLine, photos: string): OracleQuestion {
	const pictureHash = createHash("sha256")
		.update(readFileSync(join(photos, image)))
		.digest("hex");
	return { text: question, answer, evidence, pictureHash, ...(image === contestedPicture ? { blindAnswers: ["nothing of the kind"] } : {}) };
}
