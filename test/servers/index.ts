/**
 * Candor against a server that no one here wrote:
 *
 *     npm run test:servers
 *
 * Starts `transformers serve` with a tiny LLaVA whose weights are random, has `candor doctor` examine it and a small run ask it. What
 * it says is noise: the protocol has to hold, the doctor has to say what is amiss, and the run has to end with every candidate
 * rejected for a reason. The first time some 700 MB of Python packages are installed under node_modules/.cache/candor. Where there is
 * no Python or no network it says so and ends well.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DoctorReport } from "../../src/run/doctor/index.js";
import { type Finished, runCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import { type ServedModel, startTransformersServe } from "./start-transformers-serve.js";

const pictures = 8;
const pipelines = ["srt", "sft", "dpo"];
/** Noise has these faults; any other would be the protocol's. */
const noiseReasons = /^(reply-|gold-|choice|verdict|conclusion|textualization|hint|length|language|text-|trace|markdown|broken-off|option)/;

const server = await startTransformersServe();
if ("skipped" in server) process.stdout.write(`skipped: ${server.skipped}\n`);
else await checkServer(server);

async function checkServer(served: ServedModel): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "candor-servers-"));
	try {
		await writeShapesSource(folder, pictures);
		await checkDoctor(folder, served);
		await checkRun(folder, served, "json-schema", "blind");
		await checkRun(folder, served, "none", "off");
		process.stdout.write("transformers serve: as it should be\n");
	} catch (error) {
		process.stderr.write(`the server's log ends in:\n${served.log().slice(-3000)}\n`);
		throw error;
	} finally {
		await served.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

function writeConfig(folder: string, { baseUrl, model }: ServedModel, out: string, teacher: object): void {
	const config = {
		name: "noise",
		seed: 3,
		rows: 10,
		attempts: 1,
		out,
		source: { type: "jsonl", path: "questions.jsonl", images: "pictures" },
		dpo: { replies: "teacher" },
		teacher: { type: "openai", baseUrl, model, concurrency: 2, maxOutputTokens: 24, timeoutMs: 120_000, ...teacher },
	};
	writeFileSync(join(folder, "candor.json"), JSON.stringify(config));
}

async function checkDoctor(folder: string, served: ServedModel): Promise<void> {
	writeConfig(folder, served, "doctor", { maxOutputTokens: 48 });
	const table = await runCandor(["doctor", "candor.json"], { cwd: folder });
	process.stdout.write(`${table.out}\n`);
	assert.equal(table.code, 3, "noise fails");
	const { servers }: DoctorReport = JSON.parse((await runCandor(["doctor", "candor.json", "--json"], { cwd: folder })).out);
	const results = Object.fromEntries(servers[0]?.findings.map(({ check, result }) => [check, result]) ?? []);
	for (const check of ["address", "key", "model", "plain reply", "thoughts", "max output tokens", "sampling", "prefix cache"])
		assert.equal(results[check], "ok", check);
	for (const check of ["instructions", "vision", "structured output"]) assert.equal(results[check], "fail", check);
	assert.equal(servers[0]?.cost.uncounted, 0, "every reply says what it used");
}

async function checkRun(folder: string, served: ServedModel, structuredOutput: string, goldCheck: string): Promise<void> {
	const out = `run-${structuredOutput}`;
	writeConfig(folder, served, out, { structuredOutput, goldCheck });
	const run = await runCandor(["run", "candor.json"], { cwd: folder });
	process.stdout.write(`candor run, ${structuredOutput}, gold check ${goldCheck}: ${run.err.trim().split("\n").at(-2) ?? ""}\n`);
	assert.equal(run.code, 3, `noise makes no row: ${run.err}`);
	assert.doesNotMatch(run.err, /^\s+at /m, "no stack trace");
	assert.ok(countReasons(run, join(folder, out)) > 0, "rejects say why");
}

function countReasons(run: Finished, runFolder: string): number {
	let count = 0;
	for (const pipeline of pipelines) {
		assert.match(run.err, new RegExp(`${pipeline}: none of \\d+ candidates became a row \\(`));
		for (const line of readFileSync(join(runFolder, pipeline, "rejects.jsonl"), "utf8")
			.trim()
			.split("\n")) {
			const { reason } = JSON.parse(line);
			assert.match(reason, noiseReasons, line);
			count += 1;
		}
	}
	return count;
}
