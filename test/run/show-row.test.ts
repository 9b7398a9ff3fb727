import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { formatShown } from "../../src/cli/render/shown.js";
import { type Row, rowSchema } from "../../src/records/index.js";
import { showRow } from "../../src/run/show-row.js";
import { startFakeTeacher } from "../support/fake-teacher.js";
import { makeRun } from "./make-run.js";

let folder: string;
/** A copy that a test may damage. */
let run: string;

beforeAll(async () => {
	folder = await makeRun();
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
	run = join(folder, "copy");
	rmSync(run, { recursive: true, force: true });
	cpSync(join(folder, "run"), run, { recursive: true });
});

function rowsOf(pipeline: string): Row[] {
	const file = join(run, pipeline, `${pipeline}-00000-of-00001.jsonl`);
	return readFileSync(file, "utf8")
		.trimEnd()
		.split("\n")
		.map((line) => rowSchema.parse(JSON.parse(line)));
}

function rowAt(pipeline: string, line: number): Row {
	const row = rowsOf(pipeline)[line - 1];
	if (row === undefined) throw new Error("no such row");
	return row;
}

function changeRecord(change: (text: string) => string): void {
	const file = join(run, "run.json");
	writeFileSync(file, change(readFileSync(file, "utf8")));
}

test("a row: its candidate, its stages with their replies, the rules, where it stands", async () => {
	const row = rowAt("srt", 3);
	if (row.kind !== "srt") throw new Error("no srt row");
	const { group, candidate, rows, notes } = await showRow(run, row.id);
	expect([group, notes]).toEqual([row.meta.group, []]);
	expect(candidate?.question).toMatchObject({ id: row.meta.questionId, text: row.meta.question, source: "sample" });
	expect(candidate?.cell).toMatchObject({ task: row.meta.task, scenario: row.meta.scenario, timing: row.meta.timing });
	expect(rows).toHaveLength(1);
	const [shown] = rows;
	expect(shown).toMatchObject({ id: row.id, pipeline: "srt", where: "srt/srt-00000-of-00001.jsonl:3", row, notes: [], failedDrafts: [] });
	expect(shown?.rules?.failed).toEqual([]);
	expect(shown?.rules?.passed).toContain("trace-verdict");
	expect(shown?.exchanges.map(({ stage, attempt }) => [stage, attempt])).toEqual([
		["textualize", 1],
		["reflect", 1],
		["conclude", 1],
	]);
	const replies = shown?.exchanges.map(({ answer }) => (answer.type === "reply" ? answer.text : "")) ?? [];
	expect(replies[0]).toBe(row.trace.textualization);
	expect(JSON.parse(replies[1] ?? "")).toMatchObject({ verdict: row.trace.verdict });
	expect(JSON.parse(replies[2] ?? "")).toMatchObject({ reply: row.trace.conclusion });
});

test("as text: every reply once, and what is repeated is not", async () => {
	const row = rowAt("srt", 3);
	const text = formatShown(await showRow(run, row.id), { color: false });
	expect(text).toContain(`candidate ${row.meta.group}\n  question: ${row.meta.question}\n`);
	expect(text).toMatch(/^1\. textualize, attempt 1, scripted$/m);
	expect(text).toMatch(/^ {2}the messages of 1 and its reply, then$/m);
	expect(text.match(/\[picture images\//g)).toHaveLength(1);
	expect(text).toContain("rules 2");
	expect(text).toContain(`row\n${row.id}\n`);
});

test("a group alone shows all pipelines; one that skips the scenario says so", async () => {
	const shared = rowsOf("srt").find(({ meta }) => ["sft", "dpo"].every((pipeline) => rowsOf(pipeline).some((row) => row.meta.group === meta.group)));
	const { rows } = await showRow(run, shared?.meta.group ?? "");
	expect(rows.map(({ pipeline, where }) => [pipeline, where !== undefined])).toEqual([
		["srt", true],
		["sft", true],
		["dpo", true],
	]);
	expect(formatShown(await showRow(run, `dpo-${shared?.meta.group}`), { color: false })).toContain("No teacher was asked: its replies are templates.");
	const neutral = rowsOf("srt").find(({ meta }) => meta.scenario === "neutral");
	const shown = await showRow(run, neutral?.meta.group ?? "");
	expect(shown.rows[2]).toMatchObject({ pipeline: "dpo", exchanges: [], notes: ["The pipeline makes no rows of the scenario neutral."] });
});

test("a rejected candidate: why, and that it would be a row today", async () => {
	const row = rowAt("sft", 1);
	const shard = join(run, "sft", "sft-00000-of-00001.jsonl");
	writeFileSync(shard, readFileSync(shard, "utf8").split("\n").slice(1).join("\n"));
	writeFileSync(
		join(run, "sft", "rejects.jsonl"),
		`${JSON.stringify({ id: row.id, task: "color", rank: 0, reason: "reply-answer", detail: "It names no answer.", stage: "respond", attempts: 3, reply: "Hm." })}\n`,
	);
	const shown = await showRow(run, row.id);
	expect(shown.rows[0]).toMatchObject({
		where: "sft/rejects.jsonl:1",
		attempts: 3,
		rejection: { reason: "reply-answer", detail: "It names no answer.", stage: "respond", reply: "Hm." },
	});
	expect(shown.rows[0]?.notes[0]).toMatch(/^The ledger's replies would make something else of it today/);
	expect(formatShown(shown, { color: false })).toContain("rejected: reply-answer after 3 attempts: It names no answer.\n");
});

test("every attempt with its tokens, also where another row asked first", async () => {
	const { group } = rowAt("srt", 1).meta;
	const fake = await startFakeTeacher({ answer: () => "I would rather not say." });
	const other = await makeRun({ teacher: `{type: openai, baseUrl: "${fake.baseUrl}", model: fake-vlm}`, only: group });
	await fake.close();
	const { rows } = await showRow(join(other, "run"), group);
	rmSync(other, { recursive: true });
	const [srt, sft] = rows;
	expect(srt?.exchanges.map(({ stage, attempt, model }) => [stage, attempt, model])).toEqual([1, 2, 3].map((attempt) => ["gold-check", attempt, "fake-vlm"]));
	expect(srt).toMatchObject({
		rejection: { stage: "gold-check", reply: "I would rather not say." },
		attempts: 3,
		usage: { inputTokens: 300, outputTokens: 60 },
	});
	expect(sft?.exchanges.map(({ askedFor }) => askedFor)).toEqual([`srt-${group}`, `srt-${group}`, `srt-${group}`]);
	expect(sft?.notes[0]).toMatch(/^It is not in rejects\.jsonl/);
});

test("a candidate that is in no shard", async () => {
	const row = rowAt("sft", 1);
	const shard = join(run, "sft", "sft-00000-of-00001.jsonl");
	writeFileSync(shard, readFileSync(shard, "utf8").split("\n").slice(1).join("\n"));
	const { rows } = await showRow(run, row.id);
	expect(rows[0]?.row).toEqual(row);
	expect(rows[0]?.where).toBeUndefined();
	expect(rows[0]?.notes[0]).toMatch(/^It became a row, and is in no shard/);
});

test("without a ledger the rest is shown", async () => {
	const row = rowAt("srt", 1);
	rmSync(join(run, "ledger"), { recursive: true });
	const { candidate, rows, notes } = await showRow(run, row.id);
	expect(notes).toEqual(["The run has no ledger: what the teacher was asked and what it replied is not known any more."]);
	expect(candidate?.group).toBe(row.meta.group);
	expect(rows[0]).toMatchObject({ row, exchanges: [] });
});

test("without its candidate, the requests that are filed under a row's name", async () => {
	const row = rowAt("srt", 1);
	changeRecord((text) => text.replace('"seed": 7', '"seed": 8'));
	const { candidate, rows, notes } = await showRow(run, row.id);
	expect(candidate).toBeUndefined();
	expect(notes[0]).toMatch(/^The source does not give this candidate/);
	expect(rows[0]?.exchanges.map(({ stage }) => stage)).toEqual(expect.arrayContaining(["reflect", "conclude"]));
});

test("what has changed since is said", async () => {
	const row = rowAt("srt", 1);
	changeRecord((text) => text.replace(/("reflect": ")[0-9a-f]{4}/, "$10000").replace(/("questions.jsonl": ")[0-9a-f]{4}/, "$10000"));
	expect((await showRow(run, row.id)).notes).toEqual([
		"The source has changed since the run was made.",
		"Prompts have changed since the run was made: reflect.",
	]);
});

test("an unknown id names those that begin like it", async () => {
	const { id } = rowAt("srt", 2);
	await expect(showRow(run, id.slice(0, 12))).rejects.toMatchObject({
		exitCode: 2,
		message: `${run} knows nothing of ${id.slice(0, 12)}; did you mean ${id}?`,
	});
	await expect(showRow(run, id.slice(4, 12))).rejects.toMatchObject({ message: expect.stringContaining(`did you mean ${id.slice(4)}?`) });
	await expect(showRow(run, "none")).rejects.toMatchObject({ exitCode: 2, message: `${run} knows nothing of none` });
	await expect(showRow(join(run, "images"), id)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining("is not a run") });
});
