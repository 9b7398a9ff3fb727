import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { questionSchema } from "../../../src/records/index.js";
import { inFolder } from "../../shards/folders.js";
import {
	type Asked,
	annotationFile,
	annotationOf,
	open,
	type Pass,
	questionFile,
	questionOf,
	readAll,
	writeJson,
	writePictures,
	writeSplit,
	writeText,
} from "./pair.js";

const coco = (split: "train" | "val", id: number) => `${split}2014/COCO_${split}2014_${String(id).padStart(12, "0")}.jpg`;

/** Reads a train split of a picture that is there. */
function readTrain(asked: readonly Asked[], options: Parameters<typeof open>[1] = {}): Promise<Pass> {
	return inFolder(async (folder) => {
		writeSplit(folder, "train", asked);
		writePictures(folder, [coco("train", 9)]);
		return readAll(open(folder, { splits: ["train"], ...options }));
	});
}

/** As many questions with one answer. */
function ask(firstId: number, answer: string, times: number, more: Partial<Asked> = {}): Asked[] {
	return Array.from({ length: times }, (_, index) => ({ id: firstId + index, answer, ...more }));
}

describe("a question", () => {
	it("comes with its first answer, whatever order the annotations have, from both splits", () =>
		inFolder(async (folder) => {
			// The splits may number their questions alike.
			writeSplit(folder, "train", [{ id: 5, text: " What  color is\nthe car? ", answer: " Grey " }, ...ask(6, "blue", 2)]);
			writeSplit(folder, "val", [{ id: 5, image: 12, type: "counting", text: "How many cats are there?", answer: "two" }]);
			writePictures(folder, [coco("train", 9), coco("val", 12)]);
			const { questions, bad, leftOut } = await readAll(open(folder, { splits: ["train", "val"], minAnswerCount: 1 }));
			const [gray, blue] = questions;
			expect(gray).toEqual({
				id: "train-5",
				source: "tdiuc",
				image: join(folder, "pictures", coco("train", 9)),
				imageId: "coco-9",
				text: "What color is the car?",
				task: "color",
				answer: "gray",
			});
			expect(blue).toMatchObject({ id: "train-6", answer: "blue" });
			expect(questions.map(({ id }) => id)).toEqual(["train-5", "train-6", "train-7"]);
			// "two" is in the val split only, and answers count in the train split.
			expect(leftOut).toEqual({ "answer-rare": 1 });
			expect(bad).toEqual([]);
		}));

	it.each([
		["sport_recognition", "sport-recognition"],
		["attributes", "attribute"],
		["sub_object_recognition", "object-recognition"],
		["Utility/Affordance", "utility-affordance"],
		["new type", "new-type"],
	])("of type %s is of task %s", async (type, task) => {
		const { questions } = await readTrain([{ id: 1, type, answer: "tennis" }]);
		expect(questions[0]?.task).toBe(task);
	});

	it("is found in a folder TDIUC too, and behind a byte order mark", () =>
		inFolder(async (folder) => {
			writeSplit(join(folder, "TDIUC"), "train", []);
			writeText(join(folder, "TDIUC", questionFile("train")), `\ufeff${JSON.stringify({ questions: [questionOf({ id: 1 })] })}`);
			writeText(join(folder, "TDIUC", annotationFile("train")), `\ufeff${JSON.stringify({ annotations: [annotationOf({ id: 1 })] }, undefined, 2)}`);
			writePictures(folder, [coco("train", 9)]);
			const { questions } = await readAll(open(folder, { splits: ["train"] }));
			expect(questions).toHaveLength(1);
		}));
});

describe("what is left out", () => {
	it("has one reason each, and the reasons add up", async () => {
		const asked: Asked[] = [
			...ask(1, "red", 3),
			{ id: 10, type: "absurd", answer: "doesnotapply" },
			{ id: 11, type: "sentiment_understanding", answer: "happy" },
			{ id: 12, answer: "doesnotapply" },
			{ id: 13, text: " " },
			{ id: 14, text: "x".repeat(1_001) },
			{ id: 15, text: "What is <image> for?" },
			{ id: 16, answer: "" },
			{ id: 17, answer: "very ".repeat(20) },
			{ id: 18, answer: "mauve" },
			{ id: 1, text: "Again?" },
			{ id: -4 },
		];
		const { questions, leftOut, bad } = await readTrain(asked, { minAnswerCount: 2 });
		expect(leftOut).toEqual({
			"question-unreadable": 1,
			"duplicate-id": 1,
			"task-left-out": 2,
			"question-missing": 1,
			"question-too-long": 1,
			"reserved-string": 1,
			"answer-missing": 1,
			"answer-too-long": 1,
			"answer-does-not-apply": 1,
			"answer-rare": 1,
		});
		expect(questions).toHaveLength(3);
		expect(questions.length + Object.values(leftOut).reduce((sum, count) => sum + count, 0)).toBe(asked.length);
		expect(bad.map(({ reason }) => reason)).toEqual(["duplicate-id", "question-unreadable", "annotation-unreadable", "duplicate-annotation"]);
		expect(bad[0]?.detail).toContain("question_id 1 stands there already");
		expect(bad[1]?.detail).toContain('element 14 of "questions": question_id');
	});

	it("names what the two files do not agree on", () =>
		inFolder(async (folder) => {
			writeJson(join(folder, questionFile("train")), {
				questions: [questionOf({ id: 1 }), questionOf({ id: 2 }), questionOf({ id: 3 }), questionOf({ id: 4 })],
			});
			writeJson(join(folder, annotationFile("train")), {
				annotations: [annotationOf({ id: 1 }), annotationOf({ id: 2, image: 77 }), annotationOf({ id: 99 }), { question_id: 3 }, null, 4],
			});
			writePictures(folder, [coco("train", 9)]);
			const { questions, bad, leftOut } = await readAll(open(folder, { splits: ["train"] }));
			expect(questions.map(({ id }) => id)).toEqual(["train-1"]);
			expect(leftOut).toEqual({ "annotation-missing": 2, "image-ids-differ": 1 });
			expect(bad.map(({ reason, detail }) => `${reason}: ${detail}`)).toEqual([
				expect.stringMatching(/^annotation-unreadable: element 4 of "annotations": question_type/),
				expect.stringMatching(/^annotation-unreadable: element 5 /),
				expect.stringMatching(/^annotation-unreadable: element 6 /),
				expect.stringMatching(/^annotation-without-question: 1 annotations .* question_id 99$/),
				expect.stringMatching(/^annotation-missing: 2 questions .* question_id 3$/),
			]);
		}));

	it("is a question that is answered twice, and otherwise", () =>
		inFolder(async (folder) => {
			writeJson(join(folder, questionFile("train")), { questions: [questionOf({ id: 1 }), questionOf({ id: 2 })] });
			const annotations = [annotationOf({ id: 1 }), annotationOf({ id: 2 }), annotationOf({ id: 1, answer: "Red." }), annotationOf({ id: 2, answer: "blue" })];
			writeJson(join(folder, annotationFile("train")), { annotations });
			writePictures(folder, [coco("train", 9)]);
			const { questions, bad, leftOut } = await readAll(open(folder, { splits: ["train"] }));
			expect(questions.map(({ id }) => id)).toEqual(["train-1"]);
			expect(leftOut).toEqual({ "answers-differ": 1 });
			expect(bad.map(({ reason }) => reason)).toEqual(["duplicate-annotation", "duplicate-annotation"]);
		}));

	it("is a question that comes again; and both, where their answers differ", async () => {
		const { questions, leftOut } = await readTrain([
			{ id: 1, text: "What color is the dog?", answer: "red" },
			{ id: 2, text: "what color is the dog?", answer: "red" },
			{ id: 3, text: "What color is the cat?", answer: "red" },
			{ id: 4, text: "What color is the cat?", answer: "blue" },
			{ id: 5, text: "What color is the cow?", answer: "grey" },
			{ id: 6, text: "What color is the cow?", answer: "gray" },
		]);
		expect(questions.map(({ id }) => id)).toEqual(["train-1", "train-5"]);
		expect(leftOut).toEqual({ "duplicate-question": 2, "answers-differ": 2 });
	});
});

describe("answers", () => {
	it("that mean the same are one, spelled as most are, and count together", async () => {
		const { questions, leftOut } = await readTrain(
			[...ask(1, "couch", 2), ...ask(11, "sofa", 1), ...ask(21, "dogs", 1), ...ask(31, "dog", 2), ...ask(41, "cat", 2)].map((asked) => ({
				...asked,
				type: "scene_recognition",
			})),
			{ minAnswerCount: 3 },
		);
		expect(questions.map(({ answer }) => answer)).toEqual(["couch", "couch", "couch", "dog", "dog", "dog"]);
		expect(leftOut).toEqual({ "answer-rare": 2 });
	});

	it.each([
		["bus stop", "bus"],
		["animal", "dog"],
		["football", "soccer"],
		["light", "traffic light"],
		["left", "right"],
	])("%s is not put for %s", async (rarer, frequent) => {
		const { questions } = await readTrain([...ask(1, frequent, 2), ...ask(11, rarer, 1)]);
		expect(questions.map(({ answer }) => answer)).toEqual([frequent, frequent, rarer]);
	});

	it("are rare within their type, and yes and no never are", async () => {
		const { questions } = await readTrain(
			[...ask(1, "orange", 2), { id: 11, type: "object_recognition", answer: "orange" }, { id: 12, type: "object_presence", answer: "no" }],
			{
				minAnswerCount: 2,
			},
		);
		expect(questions.map(({ id }) => id)).toEqual(["train-1", "train-2", "train-12"]);
	});

	it("of the val split count where the train split is not read", () =>
		inFolder(async (folder) => {
			writeSplit(folder, "val", ask(1, "red", 2));
			writePictures(folder, [coco("val", 9)]);
			const { questions } = await readAll(open(folder, { splits: ["val"], minAnswerCount: 2 }));
			expect(questions.map(({ id }) => id)).toEqual(["val-1", "val-2"]);
		}));

	it("of attributes are apart by what they can stand in for", async () => {
		const attribute = (id: number, text: string, answer: string): Asked => ({ id, type: "attribute", text, answer });
		const { questions } = await readTrain([
			attribute(1, "What is the table made of?", "wood"),
			attribute(2, "How does the wall look?", "brick"),
			attribute(3, "What shape is the sign?", "octagon"),
			attribute(4, "Is the plate round or square?", "round"),
			attribute(5, "What is the bowl made of?", "melamine"),
			attribute(6, "What shape is the cloud?", "rabbit-like"),
			attribute(7, "How tall is the tree?", "tall"),
			attribute(8, "What is this made of?", "tall"),
			attribute(9, "How tall is that one?", "tall"),
			attribute(10, "Is it wet?", "yes"),
			{ id: 11, text: "What color is the sign?", answer: "wood" },
		]);
		expect(questions.map(({ answer, pool }) => [answer, pool])).toEqual([
			["wood", "material"],
			["brick", "material"],
			["octagon", "shape"],
			["round", "shape"],
			["melamine", "material"],
			["rabbit-like", "shape"],
			["tall", "other"],
			["tall", "other"],
			["tall", "other"],
			["yes", undefined],
			["wood", undefined],
		]);
	});

	it("that the picture shows as well are right too", async () => {
		const presence = (id: number, text: string, answer: string, image = 9): Asked => ({ id, type: "object_presence", text, answer, image });
		const { questions } = await readTrain([
			{ id: 1, type: "positional_reasoning", text: "What is on the table?", answer: "cup" },
			{ id: 2, type: "positional_reasoning", text: "What is left of the cup?", answer: "lamp" },
			{ id: 3, type: "object_recognition", text: "What animal is this?", answer: "dog" },
			presence(4, "Is there a traffic light in the picture?", "yes"),
			presence(5, "Are there any zebras?", "no"),
			{ id: 6, text: "What color is the cup?", answer: "red" },
		]);
		expect(questions.map(({ id, alsoRight }) => [id, alsoRight])).toEqual([
			["train-1", ["lamp", "traffic light"]],
			["train-2", ["cup", "traffic light"]],
			["train-3", ["traffic light"]],
			["train-4", undefined],
			["train-5", undefined],
			["train-6", undefined],
		]);
		for (const question of questions) expect(questionSchema.safeParse(question).error).toBeUndefined();
	});
});

describe("pictures", () => {
	const visualGenome = 80_000_000;

	it("of Visual Genome are COCO's where its list says so, and are found under either name", () =>
		inFolder(async (folder) => {
			const list = join(folder, "image_data.json");
			writeJson(list, [
				{ image_id: 50, coco_id: 9, url: "x" },
				{ image_id: 51, coco_id: null },
				{ image_id: 53, coco_id: 600 },
			]);
			writeSplit(
				folder,
				"train",
				[9, 50, 51, 52, 53].map((id) => ({ id, image: id < 50 ? id : visualGenome + id })),
			);
			writePictures(folder, [coco("val", 9), "VG_100K/50.jpg", "VG_100K_2/51.jpg", "80000052.jpg", "VG_100K/53.jpg", "52.png"]);
			const { questions } = await readAll(open(folder, { splits: ["train"], visualGenome: list }));
			const found = (path: string, imageId: string) => ({ image: join(folder, "pictures", path), imageId });
			expect(questions.map(({ image, imageId }) => ({ image, imageId }))).toEqual([
				found(coco("val", 9), "coco-9"),
				found(coco("val", 9), "coco-9"),
				found("VG_100K_2/51.jpg", "vg-51"),
				found("80000052.jpg", "vg-52"),
				found("VG_100K/53.jpg", "coco-600"),
			]);
		}));

	it("that are missing are named once each, with what falls away", () =>
		inFolder(async (folder) => {
			writeSplit(folder, "train", [...ask(1, "red", 1), ...ask(2, "red", 2, { image: 10 }), { id: 4, image: visualGenome + 7 }]);
			writeSplit(folder, "val", ask(1, "red", 1, { image: 11 }));
			writePictures(folder, [coco("train", 9)]);
			const source = open(folder);
			const { questions, bad, leftOut } = await readAll(source);
			expect(questions).toHaveLength(1);
			expect(leftOut).toEqual({ "picture-missing": 4 });
			const detail = (count: string) => expect.stringContaining(`${count} away`);
			expect(bad).toEqual([
				{ file: "COCO_train2014_000000000010.jpg", reason: "picture-missing", detail: detail("2 questions fall") },
				{ file: "7.jpg", reason: "picture-missing", detail: detail("1 question falls") },
				{ file: "COCO_val2014_000000000011.jpg", reason: "picture-missing", detail: detail("1 question falls") },
			]);
			expect((await readAll(source)).bad).toEqual(bad);
		}));

	it("in the second folder are found too, and the first folder's stand before them", () =>
		inFolder(async (folder) => {
			writeSplit(folder, "train", [{ id: 1 }, { id: 2, image: 10 }]);
			writePictures(folder, [`a/${coco("train", 9)}`, `b/Images/${coco("train", 9)}`, `b/Images/${coco("train", 10)}`]);
			const images = ["a", "b"].map((name) => join(folder, "pictures", name));
			const source = open(folder, { splits: ["train"], imageFolders: images });
			const { questions } = await readAll(source);
			expect(questions.map(({ image }) => image)).toEqual([
				join(folder, "pictures", "a", coco("train", 9)),
				join(folder, "pictures", "b/Images", coco("train", 10)),
			]);
			expect(source.imageRoots).toEqual(images);
		}));
});
