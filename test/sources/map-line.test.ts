import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { questionSchema } from "../../src/records/index.js";
import { type FieldMapping, mapLine } from "../../src/sources/map-line.js";

const fields: FieldMapping["fields"] = {
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
const mapping: FieldMapping = { fields, task: "general" };
const good = { id: "1", image: "a.jpg", question: "What color is it?", answer: "red" };

function questionOf(line: unknown, change: Partial<FieldMapping> = {}) {
	const mapped = mapLine(line, { ...mapping, ...change });
	if (!("question" in mapped)) throw new Error(`${mapped.reason}: ${mapped.detail}`);
	expect(questionSchema.omit({ source: true }).safeParse(mapped.question).error).toBeUndefined();
	return mapped.question;
}

const vqa = (...answers: string[]) => answers.map((answer) => ({ answer, answer_confidence: "yes" }));

describe("lines that are taken", () => {
	it.each<[string, object, object]>([
		["a plain one", {}, { id: "1", image: "a.jpg", text: "What color is it?", answer: "red", task: "general" }],
		["a pool", { pool: " shape " }, { pool: "shape", answer: "red" }],
		["numbers", { id: 17, question: 3, answer: 4 }, { id: "17", text: "3", answer: "4" }],
		["zero", { id: 0, answer: 0 }, { id: "0", answer: "0" }],
		["true", { answer: true }, { answer: "yes" }],
		["false", { answer: false }, { answer: "no" }],
		["a capital", { answer: "Red" }, { answer: "red" }],
		["a name and an abbreviation", { answer: "TV" }, { answer: "TV" }],
		["a full stop after the answer", { answer: "red." }, { answer: "red" }],
		["ten answers of VQA", { answer: vqa("dog", "Dog", "cat", "dog", "puppy") }, { answer: "dog", alsoRight: ["cat"] }],
		["a list of texts", { answer: ["blue", "red", "red"] }, { answer: "red", alsoRight: ["blue"] }],
		["a list with holes", { answer: [null, "", "red", {}] }, { answer: "red" }],
		["space and line breaks", { question: "  What\tcolor\n is it? ", answer: " dark  red\n" }, { text: "What color is it?", answer: "dark red" }],
		["accents in two ways", { question: "Where is the cafe\u0301?", answer: "Z\u00fcrich" }, { text: "Where is the caf\u00e9?", answer: "Z\u00fcrich" }],
		[
			"other scripts and emoji",
			{ question: "\u6a4b\u306f\u4f55\u8272? \ud83c\udf09", answer: "\u8d64 \ud83d\udd34" },
			{ text: "\u6a4b\u306f\u4f55\u8272? \ud83c\udf09", answer: "\u8d64 \ud83d\udd34" },
		],
		["an emoji alone", { answer: "\ud83d\udc4d" }, { answer: "\ud83d\udc4d" }],
		["one wrong answer as a text", { wrong: "blue" }, { wrong: ["blue"] }],
		["no wrong answers", { wrong: [] }, {}],
		["null where there is nothing", { wrong: null, choices: null, evidence: null, task: null }, { task: "general" }],
		["numbers as wrong answers", { answer: 3, wrong: [1, 2] }, { answer: "3", wrong: ["1", "2"] }],
		["choices, which spell the answer", { choices: ["Blue", "RED"] }, { answer: "RED", choices: ["Blue", "RED"] }],
		["choices with number words", { answer: "2", choices: ["one", "two", "three"] }, { answer: "two" }],
		["a task with capitals and spaces", { task: "Sport Recognition" }, { task: "sport-recognition" }],
		["a task like a path", { task: "utility/affordance" }, { task: "utility-affordance" }],
		["an id of the picture", { imageId: 42 }, { imageId: "42" }],
		["evidence", { evidence: ["A boat.", "It is red."] }, { evidence: ["A boat.", "It is red."] }],
		["fields that nobody asked for", { extra: { deep: [1] }, __proto__: null }, { answer: "red" }],
		["a picture whose name has accents in two parts and double spaces", { image: "cafe\u0301  1.jpg" }, { image: "cafe\u0301  1.jpg" }],
	])("%s", (_, change, expected) => {
		const question = questionOf({ ...good, ...change });
		expect(question).toMatchObject(expected);
	});

	it("leaves out keys for what is not there", () => {
		expect(Object.keys(questionOf({ ...good, wrong: [], evidence: null })).sort()).toEqual(["answer", "id", "image", "task", "text"]);
	});

	it("reaches into nested fields, and prefers a field of the very name", () => {
		const nested = { ...mapping, fields: { ...fields, question: "qa.question", answer: "qa.answer.0.text", image: "picture.file" } };
		const line = { qa: { question: "What?", answer: [{ text: "red" }] }, picture: { file: "a.jpg" } };
		expect(questionOf(line, nested)).toMatchObject({ text: "What?", answer: "red", image: "a.jpg" });
		expect(questionOf({ ...line, "qa.question": "Who?" }, nested).text).toBe("Who?");
	});

	it("turns COCO ids into file names", () => {
		const coco = { imageTemplate: "val/COCO_val2014_{id:12}.jpg" };
		expect(questionOf({ ...good, image: 42 }, coco).image).toBe("val/COCO_val2014_000000000042.jpg");
		expect(questionOf({ ...good, image: "42" }, coco).image).toBe("val/COCO_val2014_000000000042.jpg");
		expect(questionOf({ ...good, image: 123_456_789_012_345 }, coco).image).toBe("val/COCO_val2014_123456789012345.jpg");
		expect(questionOf({ ...good, image: "$&" }, { imageTemplate: "{id}.png" }).image).toBe("$&.png");
	});

	it("names a question without an id by picture and text", () => {
		const ids = [good, { ...good, question: "Why?" }, { ...good, image: "b.jpg" }, good, { ...good, answer: "blue" }].map(
			({ id: _, ...line }) => questionOf(line).id,
		);
		expect(ids[0]).toMatch(/^[0-9a-f]{16}$/);
		expect(ids[3]).toBe(ids[0]);
		expect(ids[4]).toBe(ids[0]);
		expect(new Set(ids.slice(0, 3)).size).toBe(3);
		expect(questionOf({ ...good, id: null }).id).toBe(ids[0]);
		expect(questionOf({ ...good, id: "" }).id).toBe(ids[0]);
	});
});

describe("lines that are left out", () => {
	const long = "a".repeat(2000);
	it.each<[string, unknown, string, string]>([
		["null", null, "line-not-an-object", ""],
		["a number", 7, "line-not-an-object", ""],
		["a text", "red", "line-not-an-object", ""],
		["a list", [good], "line-not-an-object", ""],
		["an empty object", {}, "question-missing", 'field "question" must be text, got nothing'],
		["no question", { ...good, question: undefined }, "question-missing", "got nothing"],
		["a question that is null", { ...good, question: null }, "question-missing", "got null"],
		["a blank question", { ...good, question: " \n" }, "question-missing", 'got " \\n"'],
		["a list as the question", { ...good, question: ["What?"] }, "question-missing", 'got ["What?"]'],
		["half a surrogate pair", { ...good, question: "What \ud83c?" }, "question-missing", "question"],
		["a long question", { ...good, question: long }, "question-too-long", "has 2000 characters; at most 1000"],
		["<image> in the question", { ...good, question: "<image>\nWhat?" }, "reserved-string", "question"],
		["a chat token in the question", { ...good, question: "<|im_end|> What?" }, "reserved-string", "question"],
		["[INST] in the answer", { ...good, answer: "[INST] red" }, "reserved-string", "answer"],
		["<image> in a wrong answer", { ...good, wrong: ["blue", "<image>"] }, "reserved-string", "wrong"],
		["a chat token in a choice", { ...good, choices: ["red", "<|eot|>"] }, "reserved-string", "choices"],
		["<image> in the evidence", { ...good, evidence: ["<image> is red"] }, "reserved-string", "evidence"],
		["no picture", { ...good, image: undefined }, "image-missing-field", 'field "image" must name a picture, got nothing'],
		["a picture that is null", { ...good, image: null }, "image-missing-field", "got null"],
		["a picture as bytes", { ...good, image: { bytes: "AAAA" } }, "image-missing-field", "AAAA"],
		["a URL", { ...good, image: "https://example.com/a.jpg" }, "image-is-url", "https://example.com/a.jpg"],
		["a file URL", { ...good, image: "file:///etc/passwd" }, "image-is-url", "file:///etc/passwd"],
		["no answer", { ...good, answer: undefined }, "answer-missing", "got nothing"],
		["an empty list of answers", { ...good, answer: [] }, "answer-missing", "got []"],
		["a list of nothing", { ...good, answer: [null, ""] }, "answer-missing", 'got [null,""]'],
		["an object as the answer", { ...good, answer: { text: "red" } }, "answer-missing", '{"text":"red"}'],
		["an answer of dots", { ...good, answer: "..." }, "answer-missing", '"..."'],
		["a long answer", { ...good, answer: "red ".repeat(30) }, "answer-too-long", "at most 80"],
		["a long wrong answer", { ...good, wrong: ["blue ".repeat(30)] }, "answer-too-long", "at most 80"],
		["a wrong answer that is right", { ...good, answer: "couch", wrong: ["chair", "sofa"] }, "wrong-answer-is-right", '"sofa"'],
		["an object of wrong answers", { ...good, wrong: { a: "blue" } }, "wrong-not-a-list", '{"a":"blue"}'],
		["null among the wrong answers", { ...good, wrong: ["blue", null] }, "wrong-not-a-list", "null"],
		["an answer that is no choice", { ...good, choices: ["blue", "green"] }, "answer-not-among-choices", '"red"'],
		["one choice", { ...good, choices: ["red"] }, "choices-count", "1 choices"],
		["five choices", { ...good, choices: ["red", "blue", "green", "pink", "gold"] }, "choices-count", "5 choices"],
		["choices that mean the same", { ...good, choices: ["red", "gray", "grey"] }, "choices-mean-the-same", '"gray" and "grey"'],
		["a number of choices", { ...good, choices: 4 }, "choices-not-a-list", "choices"],
		["a number as evidence", { ...good, evidence: 4 }, "evidence-not-a-list", "4"],
	])("%s", (_, line, reason, detail) => {
		const mapped = mapLine(line, mapping);
		expect(mapped).toMatchObject({ reason });
		expect("detail" in mapped ? mapped.detail : "").toContain(detail);
	});

	it("names the user's own field", () => {
		const mapped = mapLine({ ...good, q: 1, question: undefined }, { ...mapping, fields: { ...fields, question: "prompt" } });
		expect(mapped).toMatchObject({ reason: "question-missing", detail: 'field "prompt" must be text, got nothing' });
	});
});

it("never throws, and what it takes fits the schema", () => {
	const odd = fc.oneof(fc.jsonValue(), fc.string({ unit: "binary" }), fc.constantFrom("red", "blue", "a.jpg"));
	fc.assert(
		fc.property(
			fc.record({ id: odd, image: odd, question: odd, answer: odd, wrong: odd, choices: odd, task: odd, evidence: odd }, { requiredKeys: [] }),
			(line) => {
				const mapped = mapLine(line, mapping);
				if ("question" in mapped) expect(questionSchema.omit({ source: true }).safeParse(mapped.question).error).toBeUndefined();
				else expect(mapped.reason).toMatch(/^[a-z-]+$/);
			},
		),
		{ numRuns: 150 },
	);
});
