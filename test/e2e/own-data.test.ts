import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rowSchema, scenarioTable } from "../../src/records/index.js";
import { checkRow } from "../../src/rules/index.js";
import { readProducts, readRows } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import { writeOwnData } from "../support/own-data.js";
import { runCandor } from "../support/run-candor.js";
import { startOracle } from "../support/start-oracle.js";

const configFor = (baseUrl: string) => `# My pictures.
name: my-pictures
rows: 80
seed: 11
out: made
source:
  type: jsonl
  path: vqa.jsonl
  images: photos
  name: mine
  fields:
    id: uid
    image: pic.file
    question: q
    answer: gold
    wrong: not
    task: kind
dpo:
  replies: teacher
teacher:
  type: openai
  baseUrl: ${baseUrl}
  model: fake-vlm
  goldCheck: blind
`;

test(
	"a user's own pictures and questions become three corpora that say where they come from",
	() =>
		withFolder(async (folder) => {
			const data = await writeOwnData(folder);
			const oracle = await startOracle(data.oracleFile, { garbleShare: 0.15 });
			try {
				writeFileSync(join(folder, "mine.yaml"), configFor(oracle.baseUrl));
				const run = await runCandor(["run", "mine.yaml"], { cwd: folder });
				expect(run.code, run.err).toBe(0);
				const runFolder = join(folder, "made");

				const source = join(folder, "vqa.jsonl");
				const badLines = readFileSync(join(runFolder, "rejects.jsonl"), "utf8")
					.trim()
					.split("\n")
					.map((line) => JSON.parse(line));
				expect(badLines.map(({ file, line, reason }) => ({ file, line, reason }))).toEqual([
					{ file: source, line: data.badLines[0], reason: "line-unreadable" },
					{ file: source, line: data.badLines[1], reason: "answer-missing" },
				]);
				for (const line of data.badLines) expect(run.err).toContain(`vqa.jsonl:${line}: `);

				const validated = await runCandor(["validate", "made"], { cwd: folder });
				expect(validated.out + validated.err).toContain("all good");
				expect(validated.code, validated.out).toBe(0);

				const rejects = Object.entries(readProducts(runFolder))
					.flatMap(([path, text]) => (path.endsWith("rejects.jsonl") ? text.trim().split("\n") : []))
					.map((line) => JSON.parse(line));
				const contested = rejects.filter(({ reason }) => reason === "gold-contested");
				expect(contested.length).toBeGreaterThan(0);
				for (const { question } of contested) expect(data.contestedIds).toContain(question);

				const questions = new Map(data.lines.map((line) => [line.id, line]));
				for (const pipeline of ["srt", "sft", "dpo"]) {
					const rows = readRows(runFolder, pipeline).map((line) => rowSchema.parse(JSON.parse(line)));
					expect(rows.length).toBeGreaterThan(25);
					for (const row of rows) {
						expect(checkRow(row)).toEqual([]);
						const { meta, image } = row;
						expect(meta).toMatchObject({
							source: "mine",
							teacher: "fake-vlm",
							scripted: false,
							hinted: false,
							goldCheck: "passed",
							verdict: scenarioTable[meta.scenario].verdict,
						});
						const question = questions.get(meta.questionId);
						expect({ text: meta.question, answer: meta.answer, task: meta.task }).toEqual({
							text: question?.question,
							answer: question?.answer,
							task: question?.task,
						});
						expect(data.contestedIds).not.toContain(meta.questionId);
						expect(row.turns[0]?.text).toContain(question?.question);
						expect(row.turns.map(({ role }) => role)).toEqual(row.turns.map((_, index) => (index % 2 === 0 ? "user" : "assistant")));
						const picture = readFileSync(join(runFolder, image.path));
						expect(createHash("sha256").update(picture).digest("hex")).toBe(image.sha256);
						expect(picture.equals(readFileSync(join(folder, "photos", question?.image ?? "")))).toBe(true);
					}
				}
				const card = readFileSync(join(runFolder, "README.md"), "utf8");
				expect(card).toContain("fake-vlm");
				expect(card).not.toContain("scripted teacher");
				expect(existsSync(join(runFolder, "SHA256SUMS"))).toBe(true);
			} finally {
				await oracle.close();
			}
		}),
	120_000,
);
