import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readdir, readFile, rename } from "node:fs/promises";
import { join, resolve } from "node:path";
import { finished } from "node:stream/promises";
import type { Question } from "../../records/index.js";
import { configurationError, messageOf } from "../../records/index.js";
import { makeFolders, stringifyRow, writeFileAtomic } from "../../shards/index.js";
import { writeError } from "../../shards/write-error.js";
import { openScenes, type ScenesOptions } from "./open-scenes.js";

/** What a folder of scenes was made from; where it stands, the folder is ours. */
const markName = "scenes.json";
/** How many pictures are drawn at a time: as many as a small machine has threads for. */
const atOnce = 4;

export interface ScenesWritten {
	readonly pictures: number;
	/** Of them, those that were there already. */
	readonly kept: number;
	readonly questions: number;
}

/**
 * Writes pictures, questions and descriptions as files: `images/`, `questions.jsonl` (as the jsonl source reads it) and
 * `descriptions.jsonl`. The same options give the same files; pictures that are there already are kept, so that a write that was
 * broken off goes on.
 * @throws CandorError where the folder holds something else (exit 2) or a file cannot be written (exit 1)
 */
export async function writeScenes(folder: string, options: ScenesOptions): Promise<ScenesWritten> {
	const source = openScenes(options);
	const images = join(folder, "images");
	await claimFolder(folder, options, await source.digests());
	let kept = 0;
	for (const some of chunked(source.names(), atOnce)) {
		const done = await Promise.all(some.map(async (name) => keepOrWrite(join(images, name), await source.renderImage(name))));
		kept += done.filter((wasThere) => wasThere).length;
	}
	let questions = 0;
	await writeLines(join(folder, "questions.jsonl"), async function* () {
		for await (const question of source.read(() => {})) {
			questions++;
			yield toLine(question);
		}
	});
	await writeLines(join(folder, "descriptions.jsonl"), async function* () {
		for (const image of source.names()) yield { image, text: source.describe(image) };
	});
	return { pictures: options.pictures, kept, questions };
}

function* chunked<T>(values: Iterable<T>, size: number): Generator<T[]> {
	let chunk: T[] = [];
	for (const value of values) {
		chunk.push(value);
		if (chunk.length < size) continue;
		yield chunk;
		chunk = [];
	}
	if (chunk.length > 0) yield chunk;
}

/** In the field names that the jsonl source reads by default. */
function toLine({ id, image, text, task, pool, answer, alsoRight, evidence }: Question): object {
	return {
		id,
		image,
		question: text,
		task,
		...(pool === undefined ? {} : { pool }),
		answer: alsoRight === undefined ? answer : [answer, ...alsoRight],
		evidence,
	};
}

async function claimFolder(folder: string, options: ScenesOptions, digests: Record<string, string>): Promise<void> {
	const mark = join(folder, markName);
	const wanted = `${JSON.stringify({ ...options, ...digests }, undefined, 2)}\n`;
	const present = await readFile(mark, "utf8").catch(() => undefined);
	if (present === undefined) {
		// What is not there at all is empty; what is no folder is told of when it is made.
		const [entry] = (await readdir(folder).catch(() => [])).filter((name) => !name.endsWith(".tmp"));
		if (entry !== undefined)
			throw configurationError(`${folder}: holds something else, such as ${entry}; nothing was written`, "give another folder, or an empty one");
	} else if (present !== wanted) {
		throw configurationError(`${folder}: holds scenes of other settings, which ${mark} names`, "give another folder, or remove this one");
	}
	try {
		await makeFolders(resolve(folder));
	} catch (error) {
		throw configurationError(`${folder}: cannot be used: ${messageOf(error)}`, "give another folder", error);
	}
	if (present === undefined) await writeFileAtomic(mark, wanted);
	await makeFolders(resolve(folder, "images")).catch((error: unknown) => {
		throw writeError(join(folder, "images"), error);
	});
}

/** Whether the file was there with these very bytes. */
async function keepOrWrite(path: string, bytes: Buffer): Promise<boolean> {
	const present = await readFile(path).catch(() => undefined);
	if (present?.equals(bytes) === true) return true;
	await writeFileAtomic(path, bytes);
	return false;
}

/** Streams lines into a file that gets its name once it is whole. */
async function writeLines(path: string, lines: () => AsyncIterable<object>): Promise<void> {
	const temporary = `${path}.tmp`;
	try {
		const stream = createWriteStream(temporary);
		const ended = finished(stream);
		// A full disk ends the stream at once; what is awaited below tells of it.
		ended.catch(() => {});
		for await (const line of lines()) {
			if (!stream.write(`${stringifyRow(line)}\n`) && !stream.errored) await Promise.race([once(stream, "drain"), ended]);
			if (stream.errored) break;
		}
		stream.end();
		await ended;
		await rename(temporary, path);
	} catch (error) {
		throw writeError(path, error);
	}
}
