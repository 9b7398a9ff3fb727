import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { handleRun } from "../../src/cli/handlers/run.js";
import { createHandlers, type Handlers, type RunArguments } from "../../src/cli/handlers.js";
import { configJsonSchema, loadConfig, type ResolvedConfig } from "../../src/config/index.js";
import type { RunConfigOptions } from "../../src/run/run-config.js";
import { summary } from "./summary.js";
import { createRecorder, createTerminal, type } from "./support.js";

let folder: string;
let file: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "candor-cli-"));
	file = join(folder, "c.yaml");
	writeFileSync(file, "out: x\nsource: {type: sample}\n");
});
afterEach(() => rmSync(folder, { recursive: true }));

function runWith(run: (resolved: ResolvedConfig, options: RunConfigOptions) => Promise<typeof summary>, terminal: ReturnType<typeof createTerminal>): Handlers {
	return { ...createRecorder().handlers, run: (given: RunArguments) => handleRun(given, terminal, run) };
}

describe("run", () => {
	test("hands the resolved config on and prints the funnel to stdout", async () => {
		const terminal = createTerminal();
		let seen: { resolved: ResolvedConfig; options: RunConfigOptions } | undefined;
		const handlers = runWith(async (resolved, options) => {
			seen = { resolved, options };
			options.events.warn("mind this");
			return summary;
		}, terminal);
		const { code, out, err } = await type(["run", file, "--rows", "9", "--pipeline", "sft", "--only", "g1", "--extend"], handlers, terminal);
		expect([code, err]).toEqual([0, "warning: mind this\n"]);
		expect(out).toMatch(/^ +srt\nrows +118 of 120\n/);
		expect(seen?.resolved.config.rows).toBe(9);
		expect(seen?.options).toMatchObject({ pipelines: ["sft"], only: "g1", extend: true });
	});

	test("--json prints the summary, --quiet nothing", async () => {
		const json = createTerminal();
		const { out } = await type(
			["run", file, "--json"],
			runWith(async () => summary, json),
			json,
		);
		expect(JSON.parse(out)).toEqual(summary);
		const quiet = createTerminal();
		expect(
			await type(
				["run", file, "--quiet"],
				runWith(async () => summary, quiet),
				quiet,
			),
		).toEqual({ code: 0, out: "", err: "" });
	});

	test("--print-config prints and stops", async () => {
		const never = async (): Promise<typeof summary> => {
			throw new Error("was run");
		};
		const yaml = createTerminal();
		expect((await type(["run", file, "--print-config", "--seed", "4"], runWith(never, yaml), yaml)).out).toContain("seed: 4 # --seed\n");
		const json = createTerminal();
		const printed: unknown = JSON.parse((await type(["run", file, "--print-config", "--json"], runWith(never, json), json)).out);
		expect(printed).toMatchObject({ file, config: { rows: 100 }, origins: { rows: { from: "default" }, out: { from: "file", where: `${file}:1:6` } } });
	});

	test("a run that was done all the same when the signal came is done", async () => {
		const terminal = createTerminal();
		const handlers = runWith(async () => {
			process.emit("SIGINT");
			return summary;
		}, terminal);
		expect((await type(["run", file], handlers, terminal)).code).toBe(0);
	});

	test("--only prints what became of the candidate", async () => {
		const terminal = createTerminal();
		const rejection = { reason: "verdict-differs", detail: "It says corrective.", stage: "reflect" };
		const handlers = runWith(async () => ({ ...summary, only: [{ pipeline: "srt", type: "rejection" as const, rejection, attempts: 3 }] }), terminal);
		expect((await type(["run", file, "--only", "g1"], handlers, terminal)).out).toBe(
			"srt: rejected as verdict-differs after 3 attempts, by the stage reflect\n  It says corrective.\n",
		);
	});

	test("what the schema knows better than the flag", async () => {
		const terminal = createTerminal();
		const { code, err } = await type(
			["run", file, "--rows", "99999999", "--teacher.base-url", "nowhere"],
			runWith(async () => summary, terminal),
			terminal,
		);
		expect(code).toBe(2);
		expect(err).toBe(
			"error:\n" +
				"  --rows: rows: 99999999 is not allowed: must be a whole number from 1 to 10,000,000 or a mapping of names to whole numbers\n" +
				'  --teacher.base-url: teacher.baseUrl: "nowhere" is not allowed: must be a URL that begins with http:// or https://, such as http://localhost:8000/v1\n' +
				"Every setting with its meaning and default: candor schema\n",
		);
		const other = createTerminal();
		expect(
			(
				await type(
					["run", file, "--pipeline", "dop"],
					runWith(async () => summary, other),
					other,
				)
			).err,
		).toBe('error: --pipeline: "dop": no such pipeline: must be srt, sft, dpo, or the path of a file of your own (./my-pipeline.ts); did you mean dpo?\n');
	});

	test.each<[NodeJS.Signals, number]>([
		["SIGINT", 130],
		["SIGTERM", 143],
	])("the first %s drains and ends with %i", async (signal, expected) => {
		const terminal = createTerminal();
		const listeners = process.listenerCount(signal);
		const handlers = runWith(async (_resolved, options) => {
			process.emit(signal);
			expect(options.signal.aborted).toBe(true);
			return { ...summary, interrupted: true };
		}, terminal);
		const { code, err } = await type(["run", file], handlers, terminal);
		expect(code).toBe(expected);
		expect(err).toBe(`finishing what is in flight; press again to quit at once\ninterrupted; nothing is lost. To go on: candor run ${file}\n`);
		expect(process.listenerCount(signal)).toBe(listeners);
	});

	test("a run that rejects because it was interrupted ends the same way; one that fails otherwise does not", async () => {
		const terminal = createTerminal();
		const aborting = runWith(async (_resolved, options) => {
			process.emit("SIGINT");
			throw options.signal.reason;
		}, terminal);
		expect((await type(["run", file], aborting, terminal)).code).toBe(130);
		const other = createTerminal();
		const failing = runWith(async () => {
			process.emit("SIGINT");
			throw new Error("disk full");
		}, other);
		expect((await type(["run", file], failing, other)).code).toBe(1);
	});
});

describe("init", () => {
	test("writes a config that works, its schema and an example environment, once", async () => {
		const place = join(folder, "new", "corpus");
		const terminal = createTerminal();
		const { code, out, err } = await type(["init", place], createHandlers(terminal), terminal);
		expect([code, out]).toEqual([0, ""]);
		expect(err).toContain(`candor run ${join(place, "candor.yaml")}`);
		const { config } = loadConfig({ file: join(place, "candor.yaml"), env: {}, flags: [] });
		expect(config.teacher.type).toBe("scripted");
		expect(readFileSync(join(place, "candor.yaml"), "utf8")).toMatch(/^# yaml-language-server: \$schema=\.\/candor\.schema\.json\n/);
		expect(existsSync(join(place, "candor.schema.json"))).toBe(true);
		expect(readFileSync(join(place, ".env.example"), "utf8")).toContain("OPENAI_API_KEY=\n");

		writeFileSync(join(place, "candor.yaml"), "mine");
		const again = createTerminal();
		const refused = await type(["init", place], createHandlers(again), again);
		expect(refused.code).toBe(2);
		expect(refused.err).toBe(
			`error: ${["candor.yaml", "candor.schema.json", ".env.example"].map((name) => join(place, name)).join(", ")}: already there; nothing was written\nGive another folder: candor init <folder>\n`,
		);
		expect(readFileSync(join(place, "candor.yaml"), "utf8")).toBe("mine");
	});

	test("a file where the folder should be", async () => {
		const terminal = createTerminal();
		const { code, err } = await type(["init", file], createHandlers(terminal), terminal);
		expect(code).toBe(2);
		expect(err).toContain(`error: ${file}: cannot be written to: `);
	});

	test("the commented-out parts of the starter are good once they are used", async () => {
		const terminal = createTerminal();
		await type(["init", folder], createHandlers(terminal), terminal);
		const path = join(folder, "candor.yaml");
		const text = readFileSync(path, "utf8")
			.replace("source:\n  type: sample\n", "")
			.replace("teacher:\n  type: scripted\n", "")
			.replace(/^# (source:|teacher:| {2})/gm, "$1");
		writeFileSync(path, text);
		const { config } = loadConfig({ file: path, env: {}, flags: [] });
		expect([config.source.type, config.teacher.type]).toEqual(["jsonl", "openai"]);
	});
});

test("schema prints the JSON Schema", async () => {
	const terminal = createTerminal();
	const { out } = await type(["schema"], createHandlers(terminal), terminal);
	expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
});
