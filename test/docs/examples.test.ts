import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import { createHandlers } from "../../src/cli/handlers.js";
import { createProgram } from "../../src/cli/program.js";
import { packageFolder } from "../../src/pipeline/package-folder.js";
import { type Row, rowSchema } from "../../src/records/index.js";
import { validatePaths } from "../../src/run/validate-paths.js";
import { createTerminal } from "../cli/support.js";
import { type ChatBody, startFakeTeacher } from "../support/fake-teacher.js";
import { createOracle } from "../support/oracle.js";

/** For a busy machine: the compiler reads the whole program. @unit milliseconds */
const patienceMs = 120_000;

const root = packageFolder();
const scratch = mkdtempSync(join(tmpdir(), "candor-examples-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function runExample(pipeline: string, env: Record<string, string> = {}): Promise<Row[]> {
	const out = join(scratch, pipeline);
	const terminal = createTerminal({ env });
	const args = [
		"run",
		join(root, "configs", "quickstart.yaml"),
		"--pipeline",
		join(root, "examples", `${pipeline}.ts`),
		"--rows",
		"12",
		"--out",
		out,
		"--no-progress",
	];
	expect(await createProgram(createHandlers(terminal), terminal).parse(args), terminal.written.err).toBe(0);
	expect((await validatePaths([out])).problems).toEqual([]);
	const lines = readFileSync(join(out, pipeline, `${pipeline}-00000-of-00001.jsonl`), "utf8")
		.trimEnd()
		.split("\n");
	return lines.map((line) => rowSchema.parse(JSON.parse(line)));
}

describe("the examples", () => {
	it(
		"fit the types that the package gives",
		() => {
			const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config, ts.sys, root);
			const files = ["describe-then-answer.ts", "one-sentence.ts"].map((name) => join(root, "examples", name));
			const program = ts.createProgram(files, { ...options, paths: { candor: [join(root, "src", "index.ts")] } });
			const found = files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)));
			expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
		},
		patienceMs,
	);

	it("describe-then-answer makes rows that begin with the description", async () => {
		const rows = await runExample("describe-then-answer");
		expect(rows).toHaveLength(12);
		for (const row of rows) expect(row.turns.at(-1)?.text).toMatch(/^.{40,}\n\n.{20,}$/s);
	});

	it("one-sentence asks the teacher once more, and again where the answer is no shorter", async () => {
		const questions = readFileSync(join(root, "datasets", "sample", "questions.jsonl"), "utf8")
			.trim()
			.split("\n")
			.map((line) => JSON.parse(line));
		const oracle = createOracle(questions.map(({ question, answer, evidence }) => ({ text: question, answer, evidence })));
		const seen = new Set<string>();
		const answer = (body: ChatBody) => {
			const reply = /Say the following in one sentence.*?: (.*)/s.exec(JSON.stringify(body.messages.at(-1)?.content))?.[1];
			if (reply === undefined) return oracle(body);
			const text = JSON.parse(`"${reply.replace(/"\}\]$/, "")}"`) as string;
			const isFirst = !seen.has(text);
			seen.add(text);
			return isFirst && text.length % 2 === 0 ? `${text} And so on and so forth.` : text;
		};
		const teacher = await startFakeTeacher({ answer });
		try {
			const rows = await runExample("one-sentence", { CANDOR_TEACHER_TYPE: "openai", CANDOR_TEACHER_BASE_URL: teacher.baseUrl, CANDOR_TEACHER_MODEL: "fake" });
			expect(rows).toHaveLength(12);
			expect(rows.some(({ meta }) => meta.attempts > 1)).toBe(true);
			expect(rows.every(({ meta }) => meta.goldCheck === "passed")).toBe(true);
		} finally {
			await teacher.close();
		}
	});
});
