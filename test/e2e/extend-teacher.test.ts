import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readProducts, readRows, writeConfig } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import { runCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import { startOracle } from "../support/start-oracle.js";

const run = ["run", "candor.json"];

test(
	"another teacher goes on with a run: what the first one answered in full stays",
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, 24);
			const oracle = await startOracle(oracleFile, { garbleShare: 0.2 });
			try {
				writeConfig(folder, oracle.baseUrl, { rows: 10 }, { model: "teacher-a" });
				expect(await runCandor(run, { cwd: folder })).toMatchObject({ code: 0 });
				const rowsOfA = ["srt", "sft", "dpo"].map((pipeline) => readRows(join(folder, "run"), pipeline));

				writeConfig(folder, oracle.baseUrl, { rows: 20 }, { model: "teacher-b" });
				const unasked = await runCandor(run, { cwd: folder });
				expect(unasked).toMatchObject({ code: 2, out: "" });
				expect(unasked.err).toContain('teacher.model: was "teacher-a", now "teacher-b"');
				expect(unasked.err).toContain("rows: was 10, now 20");
				expect(unasked.err).toContain("--out");
				expect(unasked.err).toContain("--extend");

				expect(await runCandor([...run, "--extend"], { cwd: folder })).toMatchObject({ code: 0 });
				for (const [index, pipeline] of ["srt", "sft", "dpo"].entries()) {
					const rows = readRows(join(folder, "run"), pipeline);
					expect(rows).toHaveLength(20);
					expect(rows.slice(0, 10)).toEqual(rowsOfA[index]);
					const teachers = rows.map((row) => JSON.parse(row).meta.teacher);
					expect(teachers.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => "teacher-a"));
					expect(new Set(teachers.slice(10))).toContain("teacher-b");
				}
				const record = JSON.parse(readFileSync(join(folder, "run", "run.json"), "utf8"));
				expect(record.teachers.map(({ model }: { model: string }) => model)).toEqual(["teacher-a", "teacher-b"]);
				expect(readFileSync(join(folder, "run", "README.md"), "utf8")).toContain("teacher-a, then teacher-b");

				// Done once more, with the server's help not needed.
				const made = readProducts(join(folder, "run"));
				const { total } = await oracle.stats();
				expect(await runCandor(run, { cwd: folder })).toMatchObject({ code: 0 });
				expect(readProducts(join(folder, "run"))).toEqual(made);
				expect((await oracle.stats()).total).toBe(total);

				const reseeded = await runCandor([...run, "--seed", "6", "--extend"], { cwd: folder });
				expect(reseeded).toMatchObject({ code: 2, out: "" });
				expect(reseeded.err).toContain("seed: was 5, now 6");
				expect(reseeded.err).toContain("--out");
				expect(reseeded.err).toContain("--extend does not help");

				// Fewer rows would take finished ones away.
				const shrunk = await runCandor([...run, "--rows", "5", "--extend"], { cwd: folder });
				expect(shrunk).toMatchObject({ code: 2, out: "" });
				expect(shrunk.err).toContain("rows: was 20, now 5");
				expect(readProducts(join(folder, "run"))).toEqual(made);
			} finally {
				await oracle.close();
			}
		}),
	120_000,
);
