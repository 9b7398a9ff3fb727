import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Question } from "../../../src/records/index.js";
import type { BadLine, Source } from "../../../src/sources/source.js";
import { openTdiuc, type TdiucOptions } from "../../../src/sources/tdiuc/open-tdiuc.js";

/** A question with its annotation, as short as a test wants it. */
export interface Asked {
	readonly id: number;
	readonly text?: string;
	readonly image?: number;
	readonly type?: string;
	readonly answer?: string;
}

export const questionFile = (split: "train" | "val") => `Questions/OpenEnded_mscoco_${split}2014_questions.json`;
export const annotationFile = (split: "train" | "val") => `Annotations/mscoco_${split}2014_annotations.json`;

export function questionOf({ id, text = `What color is thing ${id}?`, image = 9 }: Asked): object {
	return { image_id: image, question: text, question_id: id };
}

export function annotationOf({ id, image = 9, type = "color", answer = "red" }: Asked): object {
	return { question_type: type, answers: [{ answer, answer_confidence: "yes", answer_id: 1 }], image_id: image, ans_source: "test", question_id: id };
}

/** Writes a split's two files; the annotations in the opposite order. */
export function writeSplit(folder: string, split: "train" | "val", asked: readonly Asked[]): void {
	writeJson(join(folder, questionFile(split)), { info: { questions: [{ question_id: 1 }] }, questions: asked.map(questionOf), task_type: "Open-Ended" });
	writeJson(join(folder, annotationFile(split)), { annotations: asked.map(annotationOf).reverse(), licence: { annotations: [7] } });
}

export function writeJson(path: string, value: unknown): void {
	writeText(path, JSON.stringify(value));
}

export function writeText(path: string, text: string | Uint8Array): void {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, text);
}

/** Puts an empty file where each picture should be: the source looks at names only. */
export function writePictures(folder: string, names: readonly string[]): void {
	for (const name of names) writeText(join(folder, "pictures", name), "");
}

export function open(folder: string, options: Partial<TdiucOptions> = {}): Source {
	return openTdiuc({
		path: folder,
		imageFolders: [join(folder, "pictures")],
		name: "tdiuc",
		splits: ["train", "val"],
		leaveOut: ["absurd", "sentiment_understanding"],
		minAnswerCount: 1,
		...options,
	});
}

export interface Pass {
	readonly questions: Question[];
	readonly bad: BadLine[];
	readonly leftOut: Readonly<Record<string, number>>;
}

export async function readAll(source: Source): Promise<Pass> {
	const bad: BadLine[] = [];
	const questions: Question[] = [];
	for await (const question of source.read((line) => bad.push(line))) questions.push(question);
	return { questions, bad, leftOut: source.leftOut?.() ?? {} };
}
