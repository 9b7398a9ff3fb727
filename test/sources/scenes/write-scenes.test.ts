import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Question } from "../../../src/records/index.js";
import { openJsonl } from "../../../src/sources/jsonl.js";
import { writeScenes } from "../../../src/sources/scenes/write-scenes.js";
import { defaults, listQuestions } from "./support.js";

const options = { ...defaults, pictures: 9, resolution: 96 };
let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "candor-scenes-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function contents(place: string): Record<string, string> {
	const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	return Object.fromEntries(files.map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), "base64")]).sort());
}

describe("a folder of scenes", () => {
	it("holds questions that the jsonl source reads as the scenes source gives them", async () => {
		const written = await writeScenes(folder, options);
		const questions = await listQuestions({ pictures: 9 });
		expect(written).toEqual({ pictures: 9, kept: 0, questions: questions.length });
		const fields = {
			id: "id",
			image: "image",
			imageId: "imageId",
			question: "question",
			answer: "answer",
			wrong: "wrong",
			choices: "choices",
			task: "task",
			evidence: "evidence",
		};
		const images = join(folder, "images");
		const source = openJsonl({ path: join(folder, "questions.jsonl"), images, name: "scenes", onBadLine: "fail", mapping: { fields, task: "general" } });
		const read: Question[] = [];
		for await (const question of source.read(() => {})) read.push(question);
		expect(read).toEqual(questions.map(({ imageId: _, ...question }) => ({ ...question, image: join(images, question.image) })));
		for (const { image } of read) expect(existsSync(image)).toBe(true);
	});

	it("holds a description of each picture", async () => {
		await writeScenes(folder, options);
		const lines = readFileSync(join(folder, "descriptions.jsonl"), "utf8").trim().split("\n");
		expect(lines.length).toBe(9);
		for (const line of lines)
			expect(JSON.parse(line)).toEqual({ image: expect.stringMatching(/^scene-0-\d{6}\.png$/), text: expect.stringMatching(/^This is a drawn picture.+\.$/s) });
	});

	it("is the same each time; what was broken off goes on, and what is whole stays untouched", async () => {
		await writeScenes(folder, options);
		const before = contents(folder);
		const image = join(folder, "images", "scene-0-000002.png");
		const { mtimeMs } = statSync(image);
		rmSync(join(folder, "images", "scene-0-000005.png"));
		rmSync(join(folder, "questions.jsonl"));
		writeFileSync(join(folder, "images", "scene-0-000006.png"), "half");
		writeFileSync(join(folder, "questions.jsonl.tmp"), "half a li");
		expect((await writeScenes(folder, options)).kept).toBe(7);
		expect(contents(folder)).toEqual(before);
		expect(statSync(image).mtimeMs).toBe(mtimeMs);
	});

	it("is refused where it holds scenes of other settings, or something else", async () => {
		await writeScenes(folder, options);
		await expect(writeScenes(folder, { ...options, seed: 1 })).rejects.toMatchObject({
			exitCode: 2,
			message: expect.stringContaining("holds scenes of other settings"),
		});
		const foreign = join(folder, "foreign");
		mkdirSync(foreign);
		writeFileSync(join(foreign, "thesis.txt"), "mine");
		await expect(writeScenes(foreign, options)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining("such as thesis.txt") });
		expect(readdirSync(foreign)).toEqual(["thesis.txt"]);
		await expect(writeScenes(join(foreign, "thesis.txt"), options)).rejects.toMatchObject({ exitCode: 2 });
	});

	it("says so where the disk is full", async () => {
		// Linux has a file that is always full.
		if (!existsSync("/dev/full")) return;
		await writeScenes(folder, options);
		rmSync(join(folder, "questions.jsonl"));
		symlinkSync("/dev/full", join(folder, "questions.jsonl.tmp"));
		await expect(writeScenes(folder, options)).rejects.toMatchObject({ exitCode: 1, message: expect.stringContaining("the disk is full") });
	});
});
