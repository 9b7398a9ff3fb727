import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Fault } from "../support/fake-teacher.js";
import { readProducts, readRows, waitForStats, writeConfig } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import { runCandor, startCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import { startOracle } from "../support/start-oracle.js";

const rows = 20;

const change = { pipelines: ["sft"], rows };
const command = ["run", "candor.json"];

test.each([
	{ name: "never answers", fault: { type: "never" }, teacher: { timeoutMs: 600_000 } },
	{ name: "is put off for an hour", fault: { type: "status", status: 429, headers: { "retry-after": "3600" } }, teacher: { maxRetryAfterMs: 7_200_000 } },
] satisfies { name: string; fault: Fault; teacher: object }[])(
	"a first candidate that $name holds up nobody; given less patience, it is given up as request-failed",
	({ fault, teacher }) =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, 30);
			const oracle = await startOracle(oracleFile);
			try {
				writeConfig(folder, oracle.baseUrl, { ...change, out: "undisturbed" });
				expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
				const undisturbed = readRows(join(folder, "undisturbed"), "sft").map((line) => JSON.parse(line));
				const [first] = undisturbed;
				const isOfPicture = ({ image }: { image: { sha256: string } }) => image.sha256 === first.image.sha256;
				const stragglers = undisturbed.filter(isOfPicture);

				// Each row takes two requests: all rows but those about the picture are made while that is waited for.
				const before = await oracle.stats();
				await oracle.control({ faults: [{ fault, match: readFileSync(join(folder, "undisturbed", first.image.path)).toString("base64") }] });
				writeConfig(folder, oracle.baseUrl, change, teacher);
				const run = await startCandor(command, { cwd: folder });
				await waitForStats(oracle, ({ answered }) => answered - before.answered >= 2 * (rows - stragglers.length));
				run.child.kill("SIGKILL");
				expect((await run.finished).code).toBe(null);

				writeConfig(folder, oracle.baseUrl, change, { timeoutMs: 3000, retries: 0 });
				const resumed = await runCandor(command, { cwd: folder });
				expect(resumed.code, resumed.err).toBe(0);
				const made = readRows(join(folder, "run"), "sft").map((line) => JSON.parse(line));
				expect(made).toHaveLength(rows);
				expect(made.filter(isOfPicture)).toEqual([]);
				const ids = new Set(made.map(({ id }) => id));
				expect(undisturbed.filter((row) => !isOfPicture(row) && !ids.has(row.id))).toEqual([]);
				const rejects = readProducts(join(folder, "run"))
					["sft/rejects.jsonl"]?.trim()
					.split("\n")
					.map((line) => JSON.parse(line));
				expect(rejects?.map(({ id, reason }) => ({ id, reason }))).toEqual(
					expect.arrayContaining(stragglers.map(({ id }) => ({ id, reason: "request-failed" }))),
				);
			} finally {
				await oracle.close();
			}
		}),
	120_000,
);
