import { mkdir, rm, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { change, closeWorld, goodLines, makeWorld, run, type World, writeLines } from "./world.js";

let world: World;
beforeEach(async () => {
	world = await makeWorld();
});
afterEach(() => closeWorld(world));

const text = goodLines.map((line) => `${JSON.stringify(line)}\n`).join("");

it("is good where nothing is bad", async () => {
	const { summary, rows, badLines, rejects } = await run(world);
	expect(summary?.source).toEqual({ questions: 10, badLines: {}, leftOut: {}, notDrawn: {} });
	expect([rows.length, badLines.length, rejects.length]).toEqual([10, 0, 0]);
});

describe("files that are read although they are odd", () => {
	it.each<[string, string | Buffer]>([
		["a byte order mark", `\ufeff${text}`],
		["CRLF", text.replaceAll("\n", "\r\n")],
		["no newline at the end", text.trimEnd()],
		["blank lines between", text.replaceAll("\n", "\n\n  \n")],
	])("%s", async (_, content) => {
		await writeFile(world.questions, content);
		const { summary, rows } = await run(world);
		expect(summary?.source.badLines).toEqual({});
		expect(rows).toHaveLength(10);
	});
});

describe("files that stop the run", () => {
	it.each<[string, () => Promise<unknown>, RegExp, number]>([
		["a missing file", () => rm(world.questions), /^source\.path: .*questions\.jsonl cannot be read/, 2],
		["a folder", () => rm(world.questions).then(() => mkdir(world.questions)), /^source\.path: .*questions\.jsonl is a folder/, 2],
		["missing pictures", () => rm(world.photos, { recursive: true }), /^source\.images: .*photos cannot be read/, 2],
		[
			"a file in place of the pictures",
			() => rm(world.photos, { recursive: true }).then(() => writeFile(world.photos, "")),
			/^source\.images: .*photos is no folder/,
			2,
		],
		["an empty file", () => writeFile(world.questions, ""), /no usable questions \(0 read, 0 lines left out\)/, 2],
		["blank lines only", () => writeFile(world.questions, "\n \n\t\n\r\n"), /no usable questions \(0 read, 0 lines left out\)/, 2],
		["UTF-16", () => writeFile(world.questions, Buffer.from(`\ufeff${text}`, "utf16le")), /no usable questions \(0 read, 1 lines? left out\)/, 2],
		["bad lines only", () => writeLines(world, ["{", "[]", "3", '{"id": 1}']), /no usable questions \(0 read, 4 lines left out\)/, 2],
		["one list over all lines", () => writeFile(world.questions, JSON.stringify(goodLines)), /no usable questions \(0 read, 1 lines? left out\)/, 2],
		[
			"one answer for all, and no wrong ones",
			() =>
				writeLines(
					world,
					goodLines.map(({ wrong: _, ...line }) => ({ ...line, answer: "red" })),
				),
			/no usable questions \(10 read|none of \d+ candidates/,
			2,
		],
	])("%s", async (_, spoil, message, exitCode) => {
		await spoil();
		const { error } = await run(world);
		expect(error?.message).toMatch(message);
		expect(error?.exitCode).toBe(exitCode);
	});

	it.each<[string, string]>([
		["invalid JSON", '{"id": 1,,}'],
		["a missing answer", '{"id":"x","image":"p1.png","question":"What?"}'],
	])("%s, where bad lines are to stop it: file, line, reason, text and remedy are named", async (_, line) => {
		await writeLines(world, change({ 3: line }));
		const { error } = await run(world, { onBadLine: "fail" });
		expect(error?.exitCode).toBe(2);
		expect(error?.message).toContain(`${world.questions}:4: `);
		expect(error?.message).toContain(line);
		expect(error?.remedy).toContain("source.onBadLine");
	});
});

describe("lines that are left out, and counted", () => {
	const [first] = goodLines;
	it.each<[string, readonly unknown[], string, RegExp, number]>([
		["invalid JSON", change({ 3: '{"id": "q3", ' }), "line-unreadable", /not valid JSON/, 4],
		["a list", change({ 3: "[1, 2]" }), "line-not-an-object", /not a JSON object/, 4],
		["null", change({ 3: "null" }), "line-not-an-object", /not a JSON object/, 4],
		["a NUL byte", change({ 3: '{"id": "q3\0"}' }), "line-unreadable", /NUL/, 4],
		["a line of 20 MB", change({ 3: `{"id": "${"x".repeat(20 * 1024 * 1024)}"}` }), "line-unreadable", /too long: 20971/, 4],
		["an id that came before", change({ 3: { id: "q1" } }), "duplicate-id", /"q1" stands on an earlier line/, 4],
		["a question that came before", change({ 3: { image: first?.image, question: first?.question.toUpperCase() } }), "duplicate-question", /same question/, 4],
		["no answer", change({ 3: { answer: undefined } }), "answer-missing", /"answer".*got nothing/, 4],
		["an answer that is null", change({ 3: { answer: null } }), "answer-missing", /got null/, 4],
		[
			"an answer that is no choice",
			change({ 3: { choices: ["black", "white"] } }),
			"answer-not-among-choices",
			/"pink" is not among the choices "black", "white"/,
			4,
		],
		["choices that mean the same", change({ 3: { choices: ["pink", "gray", "grey"] } }), "choices-mean-the-same", /"gray" and "grey"/, 4],
		["a wrong answer that is right", change({ 3: { wrong: ["Pink", "blue"] } }), "wrong-answer-is-right", /"Pink"/, 4],
		["a URL for a picture", change({ 3: { image: "http://example.com/a.png" } }), "image-is-url", /http:\/\/example\.com\/a\.png/, 4],
		["no picture", change({ 3: { image: undefined } }), "image-missing-field", /"image"/, 4],
		["a trainer's token in the question", change({ 3: { question: "<image> What color is it?" } }), "reserved-string", /"question"/, 4],
		["a trainer's token in a wrong answer", change({ 3: { wrong: ["<|im_start|>", "blue"] } }), "reserved-string", /"wrong"/, 4],
		["a question without an end", change({ 3: { question: "What? ".repeat(400) } }), "question-too-long", /at most 1000/, 4],
		[
			"a sentence as the answer",
			change({ 3: { answer: "It is pink, as far as anyone can tell from where the picture was taken on that day." } }),
			"answer-too-long",
			/at most 80/,
			4,
		],
	])("%s", async (_, lines, reason, detail, line) => {
		await writeLines(world, lines);
		const { summary, badLines, rows, warnings } = await run(world);
		expect(summary?.source).toMatchObject({ questions: 9, badLines: { [reason]: 1 } });
		expect(badLines).toEqual([expect.objectContaining({ line, reason, detail: expect.stringMatching(detail) })]);
		expect(rows.map(({ meta }) => meta.questionId)).not.toContain("q3");
		expect(rows).toHaveLength(9);
		expect(warnings.join("\n")).toContain(`${world.questions}:${line}: left out: `);
	});

	it("a torn last line", async () => {
		await writeFile(world.questions, text.slice(0, -40));
		const { badLines, rows } = await run(world);
		expect(badLines).toEqual([expect.objectContaining({ line: 10, reason: "line-unreadable", detail: expect.stringMatching(/breaks off/) })]);
		expect(rows).toHaveLength(9);
	});

	it("bytes that are no UTF-8", async () => {
		const bytes = Buffer.from(text);
		bytes[bytes.indexOf("kite")] = 0xff;
		await writeFile(world.questions, bytes);
		const { badLines, rows } = await run(world);
		expect(badLines).toEqual([expect.objectContaining({ line: 2, reason: "line-unreadable", detail: expect.stringMatching(/not valid UTF-8/) })]);
		expect(rows).toHaveLength(9);
	});

	it("very many: ten are told, all are in the file", async () => {
		await writeLines(world, [...goodLines, ...Array.from({ length: 500 }, () => "{")]);
		const { badLines, rows, warnings } = await run(world);
		expect(badLines).toHaveLength(500);
		expect(rows).toHaveLength(10);
		expect(warnings).toHaveLength(11);
		expect(warnings.at(-1)).toContain("490 more lines were left out");
	});
});

describe("tasks whose names are odd", () => {
	it.each(["-proto-", "a|b", "..", "\u6a4b"])("%s", async (task) => {
		await writeLines(
			world,
			goodLines.map((line) => ({ ...line, task })),
		);
		const { summary, rows } = await run(world);
		expect(rows).toHaveLength(10);
		expect(summary?.pipelines[0]?.byTask.map((part) => [part.task, part.rows])).toEqual([[task, 10]]);
	});
});
