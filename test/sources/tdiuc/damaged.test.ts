import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CandorError, exitCodes } from "../../../src/records/index.js";
import { readElements } from "../../../src/sources/tdiuc/read-elements.js";
import { inFolder, thrownBy } from "../../shards/folders.js";
import { annotationFile, open, questionFile, readAll, writeJson, writePictures, writeSplit, writeText } from "./pair.js";

/** A pair of three questions, of which something is then damaged. */
function damage(work: (folder: string) => void, options: Parameters<typeof open>[1] = {}): Promise<unknown> {
	return inFolder(async (folder) => {
		writeSplit(folder, "train", [{ id: 1 }, { id: 2 }, { id: 3 }]);
		writePictures(folder, ["COCO_train2014_000000000009.jpg"]);
		work(folder);
		return thrownBy(() => readAll(open(folder, { splits: ["train"], ...options })));
	});
}

/** Replaces a file's text. */
const rewrite = (file: string, change: (text: string) => string | Uint8Array) => (folder: string) =>
	writeText(join(folder, file), change(readFileSync(join(folder, file), "utf8")));

const questions = questionFile("train");
const annotations = annotationFile("train");

describe("a file that cannot be read as a whole ends with exit 2", () => {
	it.each<[string, (folder: string) => void, string[]]>([
		["cut off", rewrite(questions, (text) => text.slice(0, text.indexOf('"question_id":3'))), [questions, 'after element 2 of "questions"', "breaks off"]],
		["empty", rewrite(annotations, () => ""), [annotations, 'there is no array "annotations"']],
		["blank", rewrite(annotations, () => " \n"), [annotations, 'there is no array "annotations"']],
		["a web page", rewrite(questions, () => "<!DOCTYPE html>"), [questions, "expected a value"]],
		["of zeros", rewrite(questions, () => new Uint8Array(4_096)), [questions, "near byte"]],
		["UTF-16", rewrite(questions, (text) => Buffer.from(`\ufeff${text}`, "utf16le")), [questions, "near byte"]],
		["two files in one", rewrite(questions, (text) => text + text), [questions, "unexpected"]],
		["without the array", rewrite(questions, () => '{"a":{"questions":[]}}'), [questions, 'there is no array "questions"']],
		["an object for the array", rewrite(questions, () => '{"questions":{"a":1}}'), [questions, 'array "questions" is not an array']],
		["null for the array", rewrite(questions, () => '{"questions":null}'), [questions, 'array "questions" is not an array']],
		["the bare array", rewrite(questions, (text) => JSON.stringify(JSON.parse(text).questions)), [questions, 'there is no array "questions"']],
		["a text without end", rewrite(questions, () => `{"questions":[{"question":"${"x".repeat(3_000_000)}`), [questions, "without a value"]],
		["endless nesting", rewrite(questions, () => `{"questions":[${"[".repeat(100_000)}`), [questions, "nested more than 64 deep"]],
		["an endless element", rewrite(questions, () => `{"questions":[[${"1,".repeat(50_000)}1]]}`), [questions, "more than 20000 parts"]],
		["no question", rewrite(questions, () => '{"questions":[]}'), [questions, "no question can be used"]],
	])("%s", async (_, work, parts) => {
		const error = await damage(work);
		expect(error).toBeInstanceOf(CandorError);
		expect(error).toMatchObject({ exitCode: exitCodes.configuration, remedy: expect.any(String) });
		for (const part of parts) expect(String(error)).toContain(part);
	});

	it("at whatever byte it is cut off", () =>
		inFolder(async (folder) => {
			const path = join(folder, "cut.json");
			const whole = JSON.stringify({ info: [1, { a: null }], questions: [{ question: 'a "b" \\ \u00e9', n: -1.5e3 }, true, "x"], end: false });
			for (let length = 0; length < whole.length; length++) {
				writeText(path, whole.slice(0, length));
				expect(await thrownBy(() => readElements(path, "questions", () => {}))).toMatchObject({ exitCode: exitCodes.configuration });
			}
			writeText(path, whole);
			await readElements(path, "questions", () => {});
		}));
});

describe("what is not there ends with exit 2, and the setting is named", () => {
	it.each<[string, Parameters<typeof open>[1], string[]]>([
		["folder of the files", { path: "/nowhere/tdiuc" }, ["source.path", "/nowhere/tdiuc"]],
		["split", { splits: ["train", "val"] }, ["source.path", "OpenEnded_mscoco_val2014_questions.json"]],
		["folder of pictures", { imageFolders: ["/nowhere/pictures"] }, ["source.imageFolders", "/nowhere/pictures"]],
		["list of Visual Genome", { visualGenome: "/nowhere/image_data.json" }, ["source.visualGenome", "/nowhere/image_data.json"]],
	])("%s", async (_, options, parts) => {
		const error = await damage(() => {}, options);
		expect(error).toMatchObject({ exitCode: exitCodes.configuration, remedy: expect.any(String) });
		for (const part of parts) expect(String(error)).toContain(part);
	});

	it("any picture", async () => {
		const error = await damage((folder) => rmSync(join(folder, "pictures", "COCO_train2014_000000000009.jpg")));
		expect(error).toMatchObject({ exitCode: exitCodes.configuration });
		expect(String(error)).toContain("source.imageFolders: none of the 1 pictures");
		expect(String(error)).toContain("COCO_train2014_000000000009.jpg");
	});
});

describe("readElements", () => {
	it("gives what JSON.parse gives, whatever stands around the array", () =>
		inFolder(async (folder) => {
			const path = join(folder, "any.json");
			const keys = fc.string().filter((key) => key !== "questions" && key !== "__proto__");
			await fc.assert(
				fc.asyncProperty(fc.dictionary(keys, fc.jsonValue()), fc.array(fc.jsonValue()), fc.boolean(), fc.nat(3), async (around, elements, mark, space) => {
					const entries = Object.entries(around);
					const middle = Math.floor(entries.length / 2);
					const whole = Object.fromEntries([...entries.slice(0, middle), ["questions", elements], ...entries.slice(middle)]);
					writeText(path, `${mark ? "\ufeff" : ""}${JSON.stringify(whole, undefined, space)}`);
					const read: unknown[] = [];
					await readElements(path, "questions", (element) => read.push(element));
					expect(read).toEqual(JSON.parse(JSON.stringify(elements)));
				}),
				{ numRuns: 100 },
			);
		}));

	it("minds no border between the pieces that a file is read in", () =>
		inFolder(async (folder) => {
			const path = join(folder, "long.json");
			const elements = Array.from({ length: 12_000 }, (_, index) => ({
				id: index * 7,
				text: `\u00e9\u6a4b\ud83c\udf09 ${'\\"'.repeat(index % 23)}`,
				list: [null, index / 3],
			}));
			writeJson(path, { elements });
			const read: unknown[] = [];
			await readElements(path, "elements", (element) => read.push(element));
			expect(read).toEqual(elements);
		}));
});
