import { execFile } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { countAnswers } from "../../../src/candidates/count-answers.js";
import { questionSchema } from "../../../src/records/index.js";
import { openTdiuc } from "../../../src/sources/tdiuc/open-tdiuc.js";
import { inFolder } from "../../shards/folders.js";
import { makeTdiuc } from "../../support/make-tdiuc.js";
import { annotationFile, questionFile, readAll } from "./pair.js";

const options = { name: "tdiuc", splits: ["train", "val"] as const, leaveOut: ["absurd", "sentiment_understanding"], minAnswerCount: 3 };

it("a pair with the published proportions: every question is given or counted, the same in every pass, one picture one id", () =>
	inFolder(async (folder) => {
		const total = 6_000;
		const made = await makeTdiuc(folder, { seed: 1, questions: total, distinctPictures: 3 });
		const gone = made.pictures.slice(20, 25);
		for (const { file } of gone) rmSync(join(folder, "pictures", file));
		const source = openTdiuc({ ...options, ...made });
		const first = await readAll(source);
		expect(first.questions.length + Object.values(first.leftOut).reduce((sum, count) => sum + count, 0)).toBe(total);
		expect(first.leftOut["task-left-out"]).toBeGreaterThan(0.2 * total);
		expect((await readAll(source)).questions).toEqual(first.questions);
		for (const question of first.questions.slice(0, 200)) expect(questionSchema.safeParse(question).error).toBeUndefined();
		expect(new Set(first.questions.map(({ id }) => id)).size).toBe(first.questions.length);

		// Ids that only Visual Genome's list ties together.
		const twins = made.pictures.filter(({ cocoId }) => made.pictures.some(({ imageId }) => imageId === cocoId));
		expect(twins.length).toBeGreaterThan(5);
		const idsOf = new Map<string, Set<string>>();
		for (const { image, imageId } of first.questions) idsOf.set(image, (idsOf.get(image) ?? new Set()).add(imageId ?? ""));
		expect(Math.max(...[...idsOf.values()].map((ids) => ids.size))).toBe(1);
		const files = new Set(first.questions.map(({ image }) => basename(image)));
		const lone = twins.filter(({ cocoId }) => !gone.some(({ imageId }) => imageId === cocoId));
		for (const { file } of lone) expect(files.has(basename(file))).toBe(false);

		const missing = first.bad.filter(({ reason }) => reason === "picture-missing");
		expect(new Set(missing.map(({ file }) => file)).size).toBe(missing.length);
		expect(missing.length).toBeGreaterThan(0);

		const counts = await countAnswers(source.read(() => {}));
		// Of the 16 colors beige and tan are one.
		expect(counts.get("color")?.golds.size).toBe(15);
		expect([...counts.keys()].sort()).not.toContain("absurd");
		expect(Object.keys(await source.digests()).sort()).toEqual(
			[...(["train", "val"] as const).flatMap((split) => [questionFile(split), annotationFile(split)]).map((file) => basename(file)), "image_data.json"].sort(),
		);
	}));

it("the same seed makes the same pair", () =>
	inFolder(async (folder) => {
		for (const name of ["a", "b"]) await makeTdiuc(join(folder, name), { seed: 5, questions: 500 });
		const read = (name: string, file: string) => readFileSync(join(folder, name, file), "utf8");
		for (const file of [questionFile("train"), annotationFile("val"), "image_data.json"]) expect(read("a", file)).toBe(read("b", file));
		const ids = (file: string, key: string) => (JSON.parse(read("a", file))[key] as { question_id: number }[]).map(({ question_id: id }) => id);
		const asked = ids(questionFile("train"), "questions");
		const answered = ids(annotationFile("train"), "annotations");
		expect(answered).not.toEqual(asked);
		expect([...answered].sort((a, b) => a - b)).toEqual(asked);
	}));

it(
	"200,000 questions need little memory: 48 MiB of heap suffice, and less than 150 bytes a question beside it",
	() =>
		inFolder(async (folder) => {
			const total = 200_000;
			await makeTdiuc(folder, { seed: 2, questions: total, distinctPictures: 1 });
			const program = fileURLToPath(new URL("../../support/read-tdiuc-process.ts", import.meta.url));
			const { stdout } = await promisify(execFile)(process.execPath, ["--max-old-space-size=48", "--import", "tsx", program, folder, "2"]);
			const [first, second] = stdout
				.trim()
				.split("\n")
				.map((line) => JSON.parse(line) as { questions: number; arrayBufferBytes: number });
			expect(first?.questions).toBeGreaterThan(0.7 * total);
			expect(second?.questions).toBe(first?.questions);
			expect(second?.arrayBufferBytes).toBeLessThan(150 * total);
		}),
	120_000,
);
