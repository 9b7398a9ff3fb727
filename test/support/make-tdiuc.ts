import { closeSync, copyFileSync, linkSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { type Random, random } from "../../src/pipeline/random.js";
import { type AnswerModel, listModels } from "./tdiuc-models.js";

/** A TDIUC pair made of nothing: the published files' form, names and proportions, with any number of questions. */

export interface MakeTdiucOptions {
	readonly seed: number;
	/** Train and val together; the published files hold 1,654,167. */
	readonly questions: number;
	/** Absent: as many as the published files have for each question. */
	readonly pictures?: number;
	/** Picture files that differ, in looks as well; all others are links to them. 0: no picture files. */
	readonly distinctPictures?: number;
}

export interface MadeTdiuc {
	/** Options of the source. */
	readonly path: string;
	readonly imageFolders: readonly string[];
	readonly visualGenome: string;
	readonly pictures: readonly MadePicture[];
}

export interface MadePicture {
	readonly split: "train" | "val";
	readonly imageId: number;
	/** Below the folder of pictures. */
	readonly file: string;
	/** Of Visual Genome's pictures that are COCO's too. */
	readonly cocoId?: number;
}

export const publishedQuestions = 1_654_167;
const publishedPictures = 167_437;
/** Of three pictures two are in train. */
const trainShare = 2 / 3;
const visualGenomeShare = 0.3;
/** Of Visual Genome's pictures; half of them are pictures of the COCO part as well. */
const cocoShare = 0.4;
/** A file system bears some 65,000 links to one file. */
const maxLinks = 50_000;
/** @unit pixels */
const pictureSide = 32;
/** @unit pixels */
const blockSide = 4;

export async function makeTdiuc(folder: string, options: MakeTdiucOptions): Promise<MadeTdiuc> {
	const { seed, questions } = options;
	const count = options.pictures ?? Math.max(1, Math.round((questions * publishedPictures) / publishedQuestions));
	const pictures = listPictures(count, random(seed, "pictures", "make-tdiuc"));
	for (const name of ["Questions", "Annotations"]) mkdirSync(join(folder, name), { recursive: true });
	const models = listModels();
	let firstId = 10_001;
	for (const split of ["train", "val"] as const) {
		const ofSplit = pictures.filter((picture) => picture.split === split);
		const size = split === "train" ? Math.round(questions * trainShare) : questions - Math.round(questions * trainShare);
		writeSplit(folder, split, size, firstId, ofSplit, models, random(seed, split, "make-tdiuc"));
		firstId += size;
	}
	const visualGenome = join(folder, "image_data.json");
	writeFileSync(visualGenome, JSON.stringify(listImageData(pictures)));
	const images = join(folder, "pictures");
	if ((options.distinctPictures ?? 0) > 0) writePictures(images, pictures, options.distinctPictures ?? 0, random(seed, "files", "make-tdiuc"));
	return { path: folder, imageFolders: [images], visualGenome, pictures };
}

function listPictures(count: number, rng: Random): MadePicture[] {
	const pictures: MadePicture[] = [];
	for (let index = 0; index < count; index++) {
		const split = rng.next() < trainShare ? "train" : "val";
		const cocoId = 9 + 3 * index;
		if (index === 0 || rng.next() >= visualGenomeShare) {
			pictures.push({ split, imageId: cocoId, file: `${split}2014/COCO_${split}2014_${String(cocoId).padStart(12, "0")}.jpg` });
			continue;
		}
		const id = 1 + 14 * index;
		const other = rng.pick(pictures);
		const knownAs = rng.next() >= cocoShare ? undefined : rng.next() < 0.5 && other.imageId < 80_000_000 ? other.imageId : cocoId;
		const file = `${index % 2 === 0 ? "VG_100K" : "VG_100K_2"}/${id}.jpg`;
		pictures.push({ split, imageId: 80_000_000 + id, file, ...(knownAs === undefined ? {} : { cocoId: knownAs }) });
	}
	return pictures;
}

function listImageData(pictures: readonly MadePicture[]): object[] {
	return pictures
		.filter(({ imageId }) => imageId >= 80_000_000)
		.map(({ imageId, file, cocoId }) => ({
			width: 800,
			url: `https://example.org/${file}`,
			height: 600,
			image_id: imageId - 80_000_000,
			coco_id: cocoId ?? null,
			flickr_id: null,
		}));
}

/** Questions in the order of their ids, annotations in another one. */
function writeSplit(
	folder: string,
	split: "train" | "val",
	size: number,
	firstId: number,
	pictures: readonly MadePicture[],
	models: readonly AnswerModel[],
	rng: Random,
): void {
	const types = drawTypes(size, models, rng);
	const answers: string[] = [];
	const numbers = new Map<string, number>();
	const answerOf = new Uint32Array(size);
	const imageOf = new Float64Array(size);
	const questionFile = openArray(
		join(folder, "Questions", `OpenEnded_mscoco_${split}2014_questions.json`),
		'{"info": {"version": "1.0", "questions": []}, "questions": [',
	);
	for (let index = 0; index < size; index++) {
		const model = models[types[index] ?? 0] as AnswerModel;
		const { text, answer } = model.draw(rng);
		const number = numbers.get(answer) ?? answers.length;
		if (number === answers.length) answers.push(answer);
		numbers.set(answer, number);
		answerOf[index] = number;
		imageOf[index] = pictures[rng.below(pictures.length)]?.imageId ?? 9;
		questionFile.add(`{"question": ${JSON.stringify(text)}, "image_id": ${imageOf[index]}, "question_id": ${firstId + index}}`);
	}
	questionFile.end('], "task_type": "Open-Ended", "data_subtype": "2014"}');
	const order = shuffleNumbers(size, rng);
	const annotationFile = openArray(join(folder, "Annotations", `mscoco_${split}2014_annotations.json`), '{"annotations": [');
	for (const index of order) {
		const type = models[types[index] ?? 0]?.type;
		const answer = JSON.stringify(answers[answerOf[index] ?? 0]);
		annotationFile.add(
			`{"question_type": "${type}", "answers": [{"answer": ${answer}, "answer_confidence": "yes", "answer_id": 1}], "image_id": ${imageOf[index]}, "ans_source": "generated", "question_id": ${firstId + index}}`,
		);
	}
	annotationFile.end('], "licence": {"name": "CC-BY-4.0"}}');
}

/** The published proportions to the question, in random order. */
function drawTypes(size: number, models: readonly AnswerModel[], rng: Random): Uint8Array {
	const total = models.reduce((sum, { questions }) => sum + questions, 0);
	const types = new Uint8Array(size);
	let filled = 0;
	let wanted = 0;
	for (const [type, { questions }] of models.entries()) {
		wanted += questions;
		const end = Math.round((size * wanted) / total);
		types.fill(type, filled, end);
		filled = end;
	}
	for (const [at, from] of shuffleNumbers(size, rng).entries()) if (from < at) [types[at], types[from]] = [types[from] ?? 0, types[at] ?? 0];
	return types;
}

function shuffleNumbers(size: number, rng: Random): Uint32Array {
	const numbers = Uint32Array.from({ length: size }, (_, index) => index);
	for (let index = size - 1; index > 0; index--) {
		const other = Math.floor(rng.next() * (index + 1));
		const value = numbers[index] ?? 0;
		numbers[index] = numbers[other] ?? 0;
		numbers[other] = value;
	}
	return numbers;
}

/** A file that an array is written to, element by element. */
function openArray(path: string, beginning: string): { add(element: string): void; end(rest: string): void } {
	const file = openSync(path, "w");
	let pending = beginning;
	let first = true;
	return {
		add(element) {
			pending += first ? element : `, ${element}`;
			first = false;
			if (pending.length < 1_000_000) return;
			writeSync(file, pending);
			pending = "";
		},
		end(rest) {
			writeSync(file, pending + rest);
			closeSync(file);
		},
	};
}

function writePictures(folder: string, pictures: readonly MadePicture[], distinct: number, rng: Random): void {
	for (const name of ["train2014", "val2014", "VG_100K", "VG_100K_2"]) mkdirSync(join(folder, name), { recursive: true });
	const made: { path: string; links: number }[] = [];
	for (const [index, { file }] of pictures.entries()) {
		const path = join(folder, file);
		const picture = made[index % distinct];
		if (picture === undefined) {
			made.push({ path, links: 0 });
			writeFileSync(path, drawBlocks(rng));
			continue;
		}
		if (picture.links < maxLinks) linkSync(picture.path, path);
		else copyFileSync(picture.path, path);
		picture.links = picture.links < maxLinks ? picture.links + 1 : 0;
		if (picture.links === 0) picture.path = path;
	}
}

/** Blocks of random gray, which no two pictures have alike. A PNG, whatever its name says: it is told by its bytes. */
function drawBlocks(rng: Random): Buffer {
	const rows = Buffer.alloc(pictureSide * (pictureSide + 1));
	for (let top = 0; top < pictureSide; top += blockSide) {
		const row = rows.subarray(top * (pictureSide + 1), (top + 1) * (pictureSide + 1));
		for (let left = 0; left < pictureSide; left += blockSide) row.fill(rng.below(256), 1 + left, 1 + left + blockSide);
		for (let y = top + 1; y < top + blockSide; y++) row.copy(rows, y * (pictureSide + 1));
	}
	const header = Buffer.from([0, 0, 0, pictureSide, 0, 0, 0, pictureSide, 8, 0, 0, 0, 0]);
	const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	return Buffer.concat([signature, frameChunk("IHDR", header), frameChunk("IDAT", deflateSync(rows)), frameChunk("IEND", Buffer.alloc(0))]);
}

function frameChunk(type: string, data: Buffer): Buffer {
	const frame = Buffer.concat([Buffer.alloc(4), Buffer.from(type, "latin1"), data, Buffer.alloc(4)]);
	frame.writeUInt32BE(data.length, 0);
	frame.writeUInt32BE(crc32(frame.subarray(4, -4)), data.length + 8);
	return frame;
}
