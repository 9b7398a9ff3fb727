import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { closeWorld, goodLines, makeWorld, run, type World, writeLines } from "./world.js";

let world: World;
beforeEach(async () => {
	world = await makeWorld();
});
afterEach(() => closeWorld(world));

const stage = (body: string) => `
import { buildSftRow, defineStage, startPipeline } from "candor";
import { z } from "zod";
const mine = defineStage({ name: "mine", takes: z.object({}), gives: z.object({ reply: z.string() }), prompts: [], async run({ candidate }) { ${body} } });
export default startPipeline({ name: "mine", kind: "sft", asksTeacher: () => false })
	.pipe(mine)
	.toRow((record, facts) => buildSftRow(record.reply, facts));
`;

/** Whatever folder a pipeline file lies in, it may use the packages that are installed with the program. */
async function writePipeline(content: string): Promise<string> {
	await symlink(join(import.meta.dirname, "../../node_modules"), join(world.folder, "node_modules"));
	const path = join(world.folder, "mine.ts");
	await writeFile(path, content);
	return path;
}

describe("a pipeline file", () => {
	it.each<[string, string, RegExp]>([
		["with a slip of the pen", "export default startPipeline({", /mine\.ts: cannot be loaded: /],
		["that throws", 'throw new Error("not today");', /mine\.ts: cannot be loaded: not today/],
		["that imports what is not there", 'import "./nothing.js"; export default {};', /mine\.ts: cannot be loaded: .*nothing/],
		["without a default export", "export const pipeline = 3;", /mine\.ts: its default export is no pipeline/],
		["that is empty", "", /mine\.ts: its default export is no pipeline/],
		["whose default export is a function", "export default () => 3;", /mine\.ts: its default export is no pipeline/],
		["of an unknown kind", 'export default { name: "mine", kind: "ppo", stages: [{ name: "a" }], toRow() {} };', /no pipeline: .*kind/s],
		["without stages", 'export default { name: "mine", kind: "sft", stages: [], toRow() {} };', /no pipeline: .*stages/s],
		["with a name that is no folder's", 'export default { name: "../x", kind: "sft", stages: [{ name: "a" }], toRow() {} };', /no pipeline: .*name/s],
		["without toRow", 'export default { name: "mine", kind: "sft", stages: [{ name: "a" }] };', /no pipeline: toRow is missing/],
		["made by hand", 'export default { name: "mine", kind: "sft", stages: [{ name: "a" }], toRow() {} };', /mine\.ts: the pipeline has no usable "skips"/],
		[
			"whose stage takes what nobody gives",
			stage('return { reply: "x" };').replace("takes: z.object({})", "takes: z.object({ mood: z.string() })"),
			/mine\.ts: stage "mine" takes "mood", which no stage before it gives \(given so far: nothing\)/,
		],
	])("%s stops the run before it begins", async (_, content, message) => {
		await writePipeline(content);
		const { error } = await run(world, { pipelines: "[./mine.ts]" });
		expect(error?.message).toMatch(message);
		expect(error?.exitCode).toBe(2);
		expect(await readdir(world.folder)).not.toContain("run");
	});

	it("that is not there stops the run", async () => {
		const { error } = await run(world, { pipelines: "[./mine.ts]" });
		expect(error?.message).toContain(`${world.folder}/mine.ts: there is no such file`);
		expect(error?.exitCode).toBe(2);
	});

	it.each<[string, string, string, RegExp]>([
		["throws", 'throw new TypeError("x is not a function");', "stage-failed", /^stage mine: x is not a function$/],
		["throws what is no error", "throw 3;", "stage-failed", /^stage mine: 3$/],
		["gives other fields", "return { answer: candidate.question.answer };", "stage-failed", /^stage mine: .*reply/],
		["gives nothing", "", "stage-failed", /^stage mine: /],
		["gives no text", 'return { reply: "" };', "row-failed", /^toRow gave something that is no row: .*text/],
		["gives a reply that no rule lets pass", 'return { reply: "{{claim}}" };', "slot-left", /./],
	])("whose stage %s: every candidate is rejected with the reason, and the run ends with 3", async (_, body, reason, detail) => {
		await writePipeline(stage(body));
		const { error } = await run(world, { pipelines: "[./mine.ts]" });
		expect(error?.exitCode).toBe(3);
		expect(error?.message).toMatch(/^mine: none of 10 candidates became a row/);
		const rejects = (await readFile(join(world.out, "mine", "rejects.jsonl"), "utf8"))
			.trim()
			.split("\n")
			.map((line) => JSON.parse(line));
		expect(rejects).toHaveLength(10);
		for (const reject of rejects) {
			expect(reject.reason).toBe(reason);
			expect(reject.detail).toMatch(detail);
			expect(reject.detail).not.toContain("\n");
		}
	});

	it("whose stage throws for one candidate loses that one", async () => {
		await writePipeline(
			stage(
				'if (candidate.question.id === "q3") throw new Error("not this one"); return { reply: "Looking at the picture again, I can see that the answer is " + candidate.question.answer + "." };',
			),
		);
		const { rejects, rows } = await run(world, { pipelines: "[./mine.ts]" });
		expect(rejects.find(({ question }) => question === "q3")).toMatchObject({ reason: "stage-failed", detail: "stage mine: not this one" });
		expect(rows.length + rejects.length).toBe(10);
	});
});

describe("the run's folder", () => {
	it("is a file", async () => {
		await writeFile(world.out, "mine");
		const { error } = await run(world);
		expect(error?.message).toContain(`out: ${world.out} cannot be made`);
		expect(error?.exitCode).toBe(2);
		expect(await readFile(world.out, "utf8")).toBe("mine");
	});

	it("lies under a file", async () => {
		const { error } = await run(world, { out: join(world.questions, "run") });
		expect(error?.message).toContain("cannot be made");
		expect(error?.remedy).toContain("--out");
	});

	it.runIf(process.platform === "linux")("lies where no folder can be made, and nothing tries for ever", async () => {
		const { error } = await run(world, { out: "/proc/candor-run" });
		expect(error?.message).toContain("/proc/candor-run cannot be made");
		expect(error?.exitCode).toBe(2);
	});

	it("may be used again where the first start found no usable question", async () => {
		const lines = await readFile(world.questions, "utf8");
		await writeFile(world.questions, '{"id": "a"}\n');
		const first = await run(world);
		expect(first.error?.message).toContain("no usable questions");
		await writeFile(world.questions, lines);
		const second = await run(world);
		expect(second.error).toBeUndefined();
		expect(second.rows.length).toBeGreaterThan(0);
	});

	it("holds other things, which are left alone", async () => {
		await mkdir(world.out);
		for (const name of ["a", "b", "c", "d"]) await writeFile(join(world.out, name), "mine");
		const { error } = await run(world);
		expect(error?.message).toContain(`${world.out} is not empty (a, b, c, ...) and holds no run`);
		expect(error?.exitCode).toBe(2);
		expect(await readdir(world.out)).toEqual(["a", "b", "c", "d"]);
	});

	it("holds another run: the differences are told", async () => {
		expect((await run(world)).rows).toHaveLength(10);
		const { error } = await run(world, { rows: 5 });
		expect(error?.message).toMatch(/holds a run that another config made:\n {2}rows: was 10, now 5/);
		expect(error?.remedy).toMatch(/--out.*--extend/);
	});

	it("holds a run of a source that has changed since", async () => {
		await run(world);
		await writeFile(
			world.questions,
			goodLines
				.slice(1)
				.map((line) => `${JSON.stringify(line)}\n`)
				.join(""),
		);
		const { error } = await run(world);
		expect(error?.message).toContain("source file questions.jsonl: its content has changed");
	});

	it.each(["{", "[]", '{"format": "candor-run/9"}', ""])("holds a run.json that is damaged: %j", async (content) => {
		await run(world);
		await writeFile(join(world.out, "run.json"), content);
		const { error } = await run(world);
		expect(error?.message).toContain(`${world.out}/run.json: is damaged: `);
		expect(error?.remedy).toContain("new folder");
	});

	it("holds a file where the shards go", async () => {
		await run(world);
		await rm(join(world.out, "dpo"), { recursive: true });
		await writeFile(join(world.out, "dpo"), "mine");
		const { error } = await run(world);
		expect(error?.exitCode).toBe(1);
		expect(error?.message).toContain(join(world.out, "dpo"));
		expect(await readFile(join(world.out, "dpo"), "utf8")).toBe("mine");
	});
});

describe("first answers from a file", () => {
	const dialogue = "firstAnswers: {file: first.jsonl}";

	it.each<[string, string | undefined, RegExp]>([
		["missing", undefined, /^dialogue\.firstAnswers\.file: .*first\.jsonl cannot be read/],
		["no JSON", "red\n", /first\.jsonl:1: is not valid JSON/],
		[
			"a line without an answer",
			'{"question": "q1", "answer": "red"}\n{"question": "q2"}\n',
			/first\.jsonl:2: needs the fields question \(an id\) and answer \(text\)/,
		],
		["a line of another shape", '["q1", "red"]\n', /first\.jsonl:1: needs the fields/],
		["torn", '{"question": "q1", "answer": "red"}\n{"question": "q2", "ans', /first\.jsonl:2: breaks off/],
		["UTF-16", Buffer.from('\ufeff{"question": "q1", "answer": "red"}', "utf16le").toString("latin1"), /first\.jsonl:1: is UTF-16/],
	])("%s", async (_, content, message) => {
		if (content !== undefined) await writeFile(join(world.folder, "first.jsonl"), content, "latin1");
		const { error } = await run(world, { dialogue });
		expect(error?.message).toMatch(message);
		expect(error?.exitCode).toBe(2);
	});

	it("of other questions, or of none: there is nothing to stand on, and the run says so", async () => {
		for (const [name, content] of [
			["other", '{"question": "x", "answer": "red"}\n'],
			["none", ""],
		] as const) {
			await writeFile(join(world.folder, "first.jsonl"), content);
			const { error } = await run(world, { dialogue, out: join(world.folder, name) });
			expect(error?.exitCode).toBe(3);
			expect(error?.message).toContain("none of 0 candidates became a row");
		}
	});

	it("of some questions: the others make no row of two rounds", async () => {
		await writeFile(
			join(world.folder, "first.jsonl"),
			goodLines
				.slice(0, 4)
				.map(({ id, answer }) => `${JSON.stringify({ question: id, answer })}\n`)
				.join(""),
		);
		const { summary, rows } = await run(world, { dialogue, lenient: true });
		expect(rows.map(({ meta }) => meta.questionId).sort()).toEqual(["q0", "q1", "q2", "q3"]);
		expect(summary?.pipelines[0]).toMatchObject({ rows: 4, short: 6 });
	});
});

describe("a list of questions to leave out", () => {
	it("says how many of its ids match nothing, since a list in another spelling would leave out none", async () => {
		await writeFile(join(world.folder, "out.txt"), "q1\n# a note\nnobody\nQ2\n");
		const { summary, warnings, rows } = await run(world, { more: "reserve: {exclude: {questions: out.txt}}", lenient: true });
		expect(summary?.source.leftOut).toEqual({ "question-excluded": 1 });
		expect(warnings).toContain("reserve.exclude.questions: 2 of 3 ids match no question of the source");
		expect(rows.map(({ meta }) => meta.questionId)).not.toContain("q1");
	});
});

describe("a start that came to nothing", () => {
	it("leaves the folder to the mended source, where nobody was asked", async () => {
		await writeLines(world, ["{"]);
		const spoiled = await run(world, { onBadLine: "fail" });
		expect(spoiled.error?.exitCode).toBe(2);
		await writeLines(world, goodLines);
		const { error, rows } = await run(world, { onBadLine: "fail" });
		expect(error).toBeUndefined();
		expect(rows).toHaveLength(goodLines.length);
	});
});
