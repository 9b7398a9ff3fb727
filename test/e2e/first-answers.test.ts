import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { ConfigInput } from "../../src/config/index.js";
import type { DpoRow, Row } from "../../src/records/index.js";
import type { FirstAnswerLine, HarvestPart } from "../../src/run/harvest.js";
import type { ChatBody, FakeStats } from "../support/fake-teacher.js";
import { askedBetween, readRows, requestsBetween, waitForStats, writeConfig } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import type { OracleQuestion } from "../support/oracle.js";
import { runCandor, startCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import type { FakeTeacherProcess } from "../support/start-fake-process.js";
import { startOracle } from "../support/start-oracle.js";
import { startStudent } from "../support/start-student.js";
import { createStudent } from "../support/student.js";

const pictures = 60;

interface World {
	readonly folder: string;
	readonly oracleFile: string;
	readonly student: FakeTeacherProcess;
	/** What the student says, in this process: a reply depends on nothing but the request. */
	readonly replyTo: (body: ChatBody) => string;
	configure(change?: Partial<ConfigInput>, student?: { readonly concurrency?: number; readonly baseUrl?: string }, teacherUrl?: string): void;
	candor(...args: readonly string[]): ReturnType<typeof runCandor>;
}

function withWorld(use: (world: World) => Promise<void>): Promise<void> {
	return withFolder(async (folder) => {
		const { oracleFile } = await writeShapesSource(folder, pictures);
		const student = await startStudent(oracleFile, { keepsRequests: true });
		const questions: OracleQuestion[] = readLines(oracleFile);
		const answer = createStudent(questions);
		try {
			await use({
				folder,
				oracleFile,
				student,
				replyTo: (body) => String(answer(body)),
				configure: (change = {}, block = {}, teacherUrl) => {
					writeConfig(
						folder,
						teacherUrl ?? "http://127.0.0.1:9/v1",
						{ student: { baseUrl: student.baseUrl, model: "small-vlm", ...block }, ...change },
						teacherUrl === undefined ? { type: "scripted" } : {},
					);
				},
				candor: (...args) => runCandor(args, { cwd: folder }),
			});
		} finally {
			await student.close();
		}
	});
}

function readLines<Line>(path: string): Line[] {
	return readFileSync(path, "utf8")
		.split("\n")
		.filter((line) => line !== "")
		.map((line) => JSON.parse(line) as Line);
}

const linesIn = (folder: string): FirstAnswerLine[] => readLines(join(folder, "first-answers.jsonl"));
const rowsIn = (folder: string, pipeline: string): Row[] => readRows(folder, pipeline).map((line) => JSON.parse(line) as Row);

/** The text of each turn, and the picture's hash. */
function readBody({ messages }: ChatBody): { bare: boolean; texts: string[]; picture: string } {
	const turns = messages.filter(({ role }) => role !== "system");
	const parts = turns.flatMap(({ content }) => (typeof content === "string" ? [] : content));
	const url = parts.find((part) => part.image_url !== undefined)?.image_url?.url ?? "";
	return {
		bare: turns.length < messages.length,
		texts: turns.map(({ content }) => (typeof content === "string" ? content : content.map(({ text = "" }) => text).join(""))),
		picture: createHash("sha256")
			.update(Buffer.from(url.slice(url.indexOf(",") + 1), "base64"))
			.digest("hex"),
	};
}

const keyOf = (row: Row) => JSON.stringify([row.image.sha256, row.turns[0]?.text]);

function expectAskedOnce({ perContent }: FakeStats): void {
	expect(Object.values(perContent).filter((times) => times !== 1)).toEqual([]);
}

test(
	"a harvest gives each task its share, at any concurrency; asked again it asks nothing, asked for more it adds; a source that runs out is no failure",
	() =>
		withWorld(async ({ folder, student, replyTo, configure, candor }) => {
			configure({}, { concurrency: 1 });
			const first = await candor("first-answers", "candor.json", "--wrong", "9", "--json");
			expect(first).toMatchObject({ code: 0 });
			expect(first.err).toContain("some 54 questions");
			const { parts, file }: { parts: HarvestPart[]; file: string } = JSON.parse(first.out);
			expect(file).toBe(join(folder, "run-first-answers", "first-answers.jsonl"));
			expect(parts.map(({ task, wrong }) => [task, wrong])).toEqual([
				["color", 3],
				["counting", 3],
				["object-presence", 3],
			]);
			const small = linesIn(join(folder, "run-first-answers"));
			for (const { task, asked, right, wrong, unparsable } of parts) {
				expect(asked).toBe(right + wrong + unparsable);
				expect(asked).toBe(small.filter((line) => line.task === task).length);
			}
			const atFirst = await student.stats();
			expectAskedOnce(atFirst);
			const replies = new Set(atFirst.requests.map(({ body }) => replyTo(body)));
			for (const line of small) {
				expect(line.model).toBe("small-vlm");
				expect(replies).toContain(line.reply);
				expect(line.truth === "unparsable").toBe(line.answer === null);
				if (line.choices.length > 0 && line.answer !== null) expect(line.choices).toContain(line.answer);
				expect(line.labels === undefined).toBe(line.choices.length === 0);
			}
			expect(small.some(({ choices }) => choices.length === 0)).toBe(true);

			const again = await candor("first-answers", "candor.json", "--wrong", "9");
			expect(again).toMatchObject({ code: 0 });
			expect(again.out).toContain("requests: 0 asked");
			expect((await student.stats()).total).toBe(atFirst.total);

			// Other concurrency, other rows: the same answers.
			configure({ rows: 7 }, { concurrency: 32 });
			expect(await candor("first-answers", "candor.json", "--wrong", "9", "--out", "wide", "--quiet")).toMatchObject({ code: 0, out: "", err: "" });
			expect(readFileSync(join(folder, "wide", "first-answers.jsonl"), "utf8")).toBe(readFileSync(file, "utf8"));

			const before = await student.stats();
			const more = await candor("first-answers", "candor.json", "--wrong", "15", "--out", "wide");
			expect(more).toMatchObject({ code: 0 });
			const large = linesIn(join(folder, "wide"));
			for (const task of ["color", "counting"]) {
				const [few, many] = [small, large].map((lines) => lines.filter((line) => line.task === task));
				expect(many?.slice(0, few?.length)).toEqual(few);
				expect(many?.length).toBeGreaterThan(few?.length ?? 0);
			}
			// Yes and no have their quotas, each in an order of its own.
			const kept = new Set(small.map((line) => JSON.stringify(line)));
			expect(large.filter((line) => kept.has(JSON.stringify(line)))).toEqual(small);
			const after = await student.stats();
			const askedFirst = askedBetween(atFirst, before);
			const askedMore = askedBetween(before, after);
			expect(askedMore.size).toBe(requestsBetween(before, after));
			expect([...askedMore].filter((fingerprint) => askedFirst.has(fingerprint))).toEqual([]);

			const all = await candor("first-answers", "candor.json", "--wrong", "3000", "--out", "wide");
			expect(all).toMatchObject({ code: 0 });
			for (const task of ["color", "counting", "object-presence"]) expect(all.out).toMatch(new RegExp(`  ${task}: [0-9,]+ wrong short, no question left`));
			expect(Math.max(...all.out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
			expect(linesIn(join(folder, "wide")).length).toBeGreaterThan(large.length);
		}),
	240_000,
);

test(
	"an interrupted harvest goes on where it was; without a student, or with one that is down, it says so",
	() =>
		withWorld(async ({ folder, student, configure, candor }) => {
			await student.control({ latencyMs: 60 });
			configure({}, { concurrency: 2 });
			const run = await startCandor(["first-answers", "candor.json", "--wrong", "9"], { cwd: folder });
			await waitForStats(student, ({ answered }) => answered >= 5);
			run.child.kill("SIGINT");
			while (run.child.exitCode === null && !run.err().includes("press again")) await sleep(5);
			const stopped = await run.finished;
			expect(stopped).toMatchObject({ code: 130, out: "" });
			expect(stopped.err).toContain("give the same command again");
			await student.control({ latencyMs: 0 });
			expect(await candor("first-answers", "candor.json", "--wrong", "9")).toMatchObject({ code: 0 });
			expectAskedOnce(await student.stats());
			expect(linesIn(join(folder, "run-first-answers")).filter(({ truth }) => truth === "wrong")).toHaveLength(9);

			configure({ dialogue: { firstAnswers: "student" } }, { baseUrl: "http://127.0.0.1:9/v1" });
			const down = await candor("first-answers", "candor.json", "--wrong", "9", "--out", "down");
			expect(down.code).toBe(4);
			expect(down.err).toContain("The student cannot be reached");
			expect(down.err).toContain("Check student.baseUrl (http://127.0.0.1:9/v1)");
			writeConfig(folder, "http://127.0.0.1:9/v1", {}, { type: "scripted" });
			const without = await candor("first-answers", "candor.json", "--wrong", "9");
			expect(without.code).toBe(2);
			expect(without.err).toContain("student: missing");
		}),
	240_000,
);

test(
	"a run's dialogues open with what the student said, to the very question; extended, they stay; a harvest's file serves as well",
	() =>
		withWorld(async ({ folder, student, replyTo, configure, candor }) => {
			configure({ rows: 24, pipelines: ["sft"], dialogue: { firstAnswers: "student" } });
			const made = await candor("run", "candor.json");
			expect(made, made.err).toMatchObject({ code: 0 });
			expect(made.out).toMatch(/first-answer-unparsable \d/);
			expect(made.out).toContain("first answers by task");
			const runFolder = join(folder, "run");
			const bytes = readRows(runFolder, "sft");
			expect(bytes).toHaveLength(24);
			const stats = await student.stats();
			expectAskedOnce(stats);
			const asked = new Map(stats.requests.map(({ body }) => [JSON.stringify([readBody(body).picture, readBody(body).texts[0]]), replyTo(body)]));
			const lines = new Map(linesIn(runFolder).map((line) => [line.question, line]));
			const rows = rowsIn(runFolder, "sft");
			for (const row of rows) {
				const { meta } = row;
				const line = lines.get(meta.questionId);
				if (meta.timing === "one-round") {
					expect(line).toBeUndefined();
					expect([...asked.keys()].filter((key) => key.includes(row.image.sha256) && key.includes(meta.question))).toEqual([]);
					expect(meta.firstAnswerOrigin).toBeUndefined();
					continue;
				}
				expect(meta).toMatchObject({ firstAnswerOrigin: "student", student: "small-vlm", firstAnswer: line?.answer });
				expect(line?.reply).toBe(asked.get(keyOf(row)));
				expect(meta.choices ?? []).toEqual(line?.choices);
				expect(meta.labels).toBe(line?.labels);
				expect(meta.firstAnswer === meta.answer).toBe(line?.truth === "right");
				expect(["affirm-right", "doubt-right", "misleading"].includes(meta.scenario)).toBe(line?.truth === "right");
			}
			expect(new Set(rows.map(({ meta }) => meta.timing))).toEqual(new Set(["one-round", "two-round"]));

			const disputed = rows.find(({ meta }) => meta.timing === "two-round");
			const shown = await candor("show", "run", disputed?.id ?? "");
			expect(shown).toMatchObject({ code: 0 });
			expect(shown.out).not.toContain("would make something else");
			expect(await candor("run", "candor.json")).toMatchObject({ code: 0 });
			expect(readRows(runFolder, "sft")).toEqual(bytes);
			expect((await student.stats()).total).toBe(stats.total);

			expect(await candor("run", "candor.json", "--rows", "36", "--extend")).toMatchObject({ code: 0 });
			const extended = readRows(runFolder, "sft");
			expect(extended).toHaveLength(36);
			expect(extended.slice(0, 24)).toEqual(bytes);
			const afterwards = await student.stats();
			expectAskedOnce(afterwards);
			expect(afterwards.total).toBeGreaterThan(stats.total);

			// The file of one run's answers, in another that poses questions otherwise by itself.
			const file = join("run", "first-answers.jsonl");
			configure({ rows: 24, seed: 9, pipelines: ["sft"], out: "filed", dialogue: { firstAnswers: { file } } });
			const filed = await candor("run", "candor.json");
			expect(filed, filed.err).toMatchObject({ code: 0 });
			const answers = new Map(linesIn(runFolder).map((line) => [line.question, line]));
			const disputes = rowsIn(join(folder, "filed"), "sft").filter(({ meta }) => meta.timing === "two-round");
			expect(disputes.length).toBeGreaterThan(6);
			for (const { meta } of disputes) {
				const line = answers.get(meta.questionId);
				expect(meta).toMatchObject({ firstAnswerOrigin: "file", student: "small-vlm", firstAnswer: line?.answer });
				expect(meta.choices ?? []).toEqual(line?.choices);
				expect(meta.labels).toBe(line?.labels);
			}
			expect((await student.stats()).total).toBe(afterwards.total);
		}),
	240_000,
);

test(
	"pairs reject what the student really said when it was challenged; where it is right the teacher makes a wrong reply to order; over several rounds it starts right and wrong alike",
	() =>
		withWorld(async ({ folder, oracleFile, student, replyTo, configure, candor }) => {
			const oracle = await startOracle(oracleFile);
			try {
				const scenarios = { misleading: 3, corrective: 1, "doubt-right": 1 };
				const dpo = { replies: "teacher", rejected: "student" } as const;
				configure({ rows: 14, pipelines: ["dpo"], dialogue: { firstAnswers: "student", scenarios, tasks: "equal" }, dpo }, {}, oracle.baseUrl);
				const made = await candor("run", "candor.json");
				expect(made, made.err).toMatchObject({ code: 0 });
				const { requests, perContent } = await student.stats();
				expect(Object.values(perContent).filter((times) => times !== 1)).toEqual([]);
				const said = new Map(
					requests.map(({ body }) => {
						const { bare, texts, picture } = readBody(body);
						return [JSON.stringify([bare, picture, ...texts]), replyTo(body).replace(/\s+/g, " ").trim()];
					}),
				);
				const rows = rowsIn(join(folder, "run"), "dpo") as DpoRow[];
				expect(rows.length).toBeGreaterThan(6);
				const origins = rows.map(({ meta }) => meta.rejectedOrigin);
				expect(new Set(origins)).toEqual(new Set(["student", "teacher"]));
				// A student that agrees with a user who is right is right: those pairs are there all the same.
				expect(rows.some(({ meta }) => meta.scenario === "corrective")).toBe(true);
				for (const row of rows) {
					if (row.meta.rejectedOrigin === "student")
						expect(row.rejected).toBe(said.get(JSON.stringify([false, row.image.sha256, ...row.turns.map(({ text }) => text)])));
					expect(row.chosen.toLowerCase()).toContain(row.meta.answer.toLowerCase());
				}
				// Pairs share their manner: where the student apologizes, so does the better reply.
				expect(rows.some(({ rejected }) => rejected.startsWith("I apologize"))).toBe(true);
				const shown = await candor("show", "run", rows[0]?.id ?? "");
				expect(shown).toMatchObject({ code: 0 });
				expect(shown.out).not.toContain("would make something else");
				const again = await candor("run", "candor.json", "--json");
				expect(JSON.parse(again.out).requests).toMatchObject({ asked: 0 });

				configure({
					rows: 20,
					pipelines: ["sft"],
					out: "rounds",
					dialogue: { firstAnswers: "student", timings: { "multi-round": 1 }, scenarios: { misleading: 1, corrective: 1 } },
				});
				expect(await candor("run", "candor.json")).toMatchObject({ code: 0 });
				const rounds = rowsIn(join(folder, "rounds"), "sft");
				expect(rounds).toHaveLength(20);
				const lines = new Map(linesIn(join(folder, "rounds")).map((line) => [line.question, line.answer]));
				for (const { meta } of rounds) expect(meta.firstAnswer).toBe(lines.get(meta.questionId));
				const right = rounds.filter(({ meta }) => meta.firstAnswer === meta.answer).length;
				expect(Math.abs(right - 10)).toBeLessThanOrEqual(3);
			} finally {
				await oracle.close();
			}
		}),
	240_000,
);

const student = { baseUrl: "http://127.0.0.1:9/v1", model: "small-vlm" };

test.each([
	{ field: "dpo.rejected", change: { student, dpo: { replies: "templates", rejected: "student" } }, teacher: {} },
	{ field: "dpo.rejected", change: { student, dpo: { replies: "teacher", rejected: "student" } }, teacher: { type: "scripted" } },
	{ field: "dpo.rejected", change: { dpo: { replies: "teacher", rejected: "student" } }, teacher: {} },
	{ field: "dialogue.firstAnswers", change: { dialogue: { firstAnswers: "student" } }, teacher: {} },
] as const)("$field student is refused where it cannot be had: $change $teacher", ({ field, change, teacher }) =>
	withFolder(async (folder) => {
		writeConfig(folder, "http://127.0.0.1:9/v1", change, teacher);
		const refused = await runCandor(["run", "candor.json"], { cwd: folder });
		expect(refused).toMatchObject({ code: 2, out: "" });
		expect(refused.err).toContain(`${field}`);
		expect(refused.err).toContain("is student");
	}),
);
