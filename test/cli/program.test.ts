import { describe, expect, test } from "vitest";
import { configurationError, teacherError } from "../../src/records/index.js";
import { createRecorder, createTerminal, type } from "./support.js";

const help = (command = ""): string => `See: candor ${command === "" ? "" : `${command} `}--help\n`;

describe("what is typed reaches the handler", () => {
	test("run, plain and with everything", async () => {
		const { handlers, calls } = createRecorder();
		expect((await type(["run", "c.yaml"], handlers, createTerminal())).code).toBe(0);
		await type(
			[
				"run",
				"--rows",
				"5",
				"c.yaml",
				"--pipeline",
				"srt",
				"--pipeline=./p.ts",
				"--out",
				"o",
				"--seed=0",
				"--concurrency",
				"3",
				"--teacher.base-url",
				"http://a/v1",
				"--teacher.model",
				"m",
				"--only",
				"g1",
				"--extend",
				"--print-config",
				"--json",
				"--quiet",
				"--no-progress",
			],
			handlers,
			createTerminal(),
		);
		expect(calls).toEqual([
			{
				command: "run",
				given: {
					config: "c.yaml",
					settings: [],
					pipelines: [],
					only: undefined,
					extend: false,
					pilot: undefined,
					yes: false,
					dryRun: false,
					printConfig: false,
					json: false,
					quiet: false,
					progress: true,
				},
			},
			{
				command: "run",
				given: {
					config: "c.yaml",
					settings: [
						{ flag: "--rows", path: "rows", value: 5 },
						{ flag: "--out", path: "out", value: "o" },
						{ flag: "--seed", path: "seed", value: 0 },
						{ flag: "--concurrency", path: "teacher.concurrency", value: 3 },
						{ flag: "--teacher.base-url", path: "teacher.baseUrl", value: "http://a/v1" },
						{ flag: "--teacher.model", path: "teacher.model", value: "m" },
					],
					pipelines: ["srt", "./p.ts"],
					only: "g1",
					extend: true,
					pilot: undefined,
					yes: false,
					dryRun: false,
					printConfig: true,
					json: true,
					quiet: true,
					progress: false,
				},
			},
		]);
	});

	test("the others", async () => {
		const { handlers, calls } = createRecorder();
		for (const line of [
			"validate a b --json",
			"preview r",
			"preview 007 --rows 3 --seed 4 --pipeline dpo --html p.html",
			"show r 12e3",
			"project r --out o",
			"project r --out o --where a=b,c --where d=e --first 5 --trace none --pipeline srt --pipeline own --json",
			"init",
			"init f",
			"doctor c",
			"doctor c --student --json --teacher.model m",
			"schema",
			"ledger stats r --json",
			"ledger verify r --drop-damaged",
			"ledger export r --out f",
			"ledger import r f",
			"ledger merge r a 007",
			"retry r --reason a --reason b --pipeline srt --task color --dry-run --json",
		]) {
			expect((await type(line.split(" "), handlers, createTerminal())).code).toBe(0);
		}
		expect(calls).toEqual([
			{ command: "validate", given: { paths: ["a", "b"], json: true } },
			{ command: "preview", given: { run: "r", seed: 0, rows: 20, pipelines: [], html: undefined, json: false } },
			{ command: "preview", given: { run: "007", seed: 4, rows: 3, pipelines: ["dpo"], html: "p.html", json: false } },
			{ command: "show", given: { run: "r", id: "12e3", json: false } },
			{ command: "project", given: { run: "r", out: "o", where: [], first: undefined, trace: undefined, pipelines: [], json: false } },
			{
				command: "project",
				given: { run: "r", out: "o", where: ["a=b,c", "d=e"], first: 5, trace: "none", pipelines: ["srt", "own"], json: true },
			},
			{ command: "init", given: { folder: "." } },
			{ command: "init", given: { folder: "f" } },
			{ command: "doctor", given: { config: "c", settings: [], student: false, json: false } },
			{ command: "doctor", given: { config: "c", settings: [{ flag: "--teacher.model", path: "teacher.model", value: "m" }], student: true, json: true } },
			{ command: "schema", given: undefined },
			{ command: "ledger", given: { action: "stats", run: "r", json: true } },
			{ command: "ledger", given: { action: "verify", run: "r", dropDamaged: true, json: false } },
			{ command: "ledger", given: { action: "export", run: "r", out: "f", json: false } },
			{ command: "ledger", given: { action: "import", run: "r", file: "f", json: false } },
			{ command: "ledger", given: { action: "merge", run: "r", others: ["a", "007"], json: false } },
			{
				command: "retry",
				given: { run: "r", reasons: ["a", "b"], pipelines: ["srt"], tasks: ["color"], dryRun: true, json: true, quiet: false, progress: true },
			},
		]);
	});
});

describe("what cannot be meant ends with exit 2 and says so", () => {
	test.each<[string, string, string]>([
		["", "error: no command: give one of run, plan, validate, preview, show, project, first-answers, scenes, doctor, ledger, retry, batch, init, schema\n", ""],
		["rnu c.yaml", 'error: "rnu": unknown command; did you mean run?\n', ""],
		[
			"zzzzz",
			'error: "zzzzz": unknown command; give one of run, plan, validate, preview, show, project, first-answers, scenes, doctor, ledger, retry, batch, init, schema\n',
			"",
		],
		["--bogus", "error: --bogus: unknown flag\n", ""],
		["run", "error: run: the config file is missing\n", "run"],
		["show r", "error: show: the run's folder or the row's id is missing\n", "show"],
		["project r", "error: project: the run's folder or --out is missing\n", "project"],
		["project r --out o --first 0", 'error: --first: "0" is not allowed: must be a whole number of at least 1\n', "project"],
		["project r --out o --were a=b", "error: --were: unknown flag; did you mean --where?\n", "project"],
		["validate", "error: validate: a run's folder or a JSONL file is missing\n", "validate"],
		["ledger stats", "error: ledger: what to do (stats, verify, export, import, merge) or the run's folder is missing\n", "ledger"],
		["ledger stat r", 'error: ledger: "stat" is not allowed: give one of stats, verify, export, import, merge; did you mean stats?\n', "ledger"],
		["ledger stats r --out f", "error: --out: is for ledger export only\n", "ledger"],
		["ledger stats r s", 'error: "s": one argument too many for ledger stats\n', "ledger"],
		["ledger import r", "error: ledger import: the file is missing\n", "ledger"],
		["ledger merge r", "error: ledger merge: the other ledgers are missing\n", "ledger"],
		["ledger stats r --drop-damaged", "error: --drop-damaged: is for ledger verify only\n", "ledger"],
		["retry", "error: retry: the run's folder is missing\n", "retry"],
		["retry r --reasons x", "error: --reasons: unknown flag; did you mean --reason?\n", "retry"],
		["run a b", 'error: "b": one argument too many for run\n', "run"],
		["run a --rowz 3", "error: --rowz: unknown flag; did you mean --rows?\n", "run"],
		["run a --base-url=x", "error: --base-url: unknown flag; did you mean --teacher.base-url?\n", "run"],
		["run a -q", "error: -q: unknown flag\n", "run"],
		["run a --rows abc", 'error: --rows: "abc" is not allowed: must be a whole number of at least 1\n', "run"],
		["run a --rows -1", 'error: --rows: "-1" is not allowed: must be a whole number of at least 1\n', "run"],
		["run a --rows 1.5", 'error: --rows: "1.5" is not allowed: must be a whole number of at least 1\n', "run"],
		["run a --rows 1e3", 'error: --rows: "1e3" is not allowed: must be a whole number of at least 1\n', "run"],
		["run a --rows 0", 'error: --rows: "0" is not allowed: must be a whole number of at least 1\n', "run"],
		["run a --rows 99999999999999999999", 'error: --rows: "99999999999999999999" is not allowed: must be a whole number of at least 1\n', "run"],
		["run a --rows 1 --rows 2", "error: --rows: is given 2 times; give it once\n", "run"],
		["run a --rows", "error: --rows: needs a value\n", "run"],
		["run a --rows=", "error: --rows: needs a value\n", "run"],
		["run a --out --json", "error: --out: needs a value\n", "run"],
		["run a --out x --out y", "error: --out: is given 2 times; give it once\n", "run"],
		["preview r --html p --json", "error: arguments html and json are mutually exclusive\n", "preview"],
		["schema x", 'error: "x": one argument too many for schema\n', "schema"],
	])("candor %s", async (line, message, command) => {
		const { handlers, calls } = createRecorder();
		const terminal = createTerminal();
		expect(await type(line === "" ? [] : line.split(" "), handlers, terminal)).toEqual({ code: 2, out: "", err: message + help(command) });
		expect(calls).toEqual([]);
	});

	test("a trace is either there or not", async () => {
		const { handlers, calls } = createRecorder();
		const { code, err } = await type(["project", "r", "--out", "o", "--trace", "nine"], handlers, createTerminal());
		expect([code, err, calls]).toEqual([2, 'error: --trace: "nine" is not allowed: must be none; did you mean none?\n', []]);
	});

	test("a switch takes no value", async () => {
		const { handlers } = createRecorder();
		expect((await type(["run", "a", "--extend=maybe"], handlers, createTerminal())).err).toBe("error: --extend: takes no value\n");
	});
});

describe("help and version", () => {
	test("help is data, with examples, groups and defaults", async () => {
		const { handlers } = createRecorder();
		const { code, out, err } = await type(["run", "--help"], handlers, createTerminal());
		expect([code, err]).toEqual([0, ""]);
		for (const part of ["What is made:", "Who answers:", "What is shown:", "Examples:", "--teacher.base-url", "[default: the config's]"]) {
			expect(out).toContain(part);
		}
		const preview = await type(["preview", "-h"], handlers, createTerminal());
		expect(preview.out).toContain("[default: 20]");
		for (const line of (out + preview.out).split("\n")) {
			expect(line.length).toBeLessThanOrEqual(80);
		}
	});

	test("version names node too", async () => {
		const { handlers } = createRecorder();
		expect((await type(["--version"], handlers, createTerminal())).out).toMatch(/^candor \d+\.\d+\.\d+ \(node v\d+\.\d+\.\d+\)\n$/);
	});
});

describe("errors of handlers", () => {
	const failing = (thrown: unknown) => ({
		...createRecorder().handlers,
		schema: async () => {
			throw thrown;
		},
	});

	test("exit as their consequence says, with the remedy", async () => {
		expect(await type(["schema"], failing(teacherError("no answer", "start the server")), createTerminal())).toEqual({
			code: 4,
			out: "",
			err: "error: no answer\nstart the server\n",
		});
		expect((await type(["schema"], failing(configurationError("a: x\nb: y")), createTerminal())).err).toBe("error:\n  a: x\n  b: y\n");
	});

	test("unexpected ones take one line, and show the stack only when asked", async () => {
		expect(await type(["schema"], failing(new TypeError("x is not a function\nmore")), createTerminal())).toEqual({
			code: 1,
			out: "",
			err: "unexpected error: x is not a function (CANDOR_DEBUG=1 shows where)\n",
		});
		const { err } = await type(["schema"], failing(new TypeError("boom")), createTerminal({ env: { CANDOR_DEBUG: "1" } }));
		expect(err).toMatch(/^unexpected error: boom\n.*TypeError: boom\n\s+at /);
		expect((await type(["schema"], failing("a string"), createTerminal())).err).toBe("unexpected error: a string (CANDOR_DEBUG=1 shows where)\n");
	});

	test("are red on a terminal, unless NO_COLOR", async () => {
		const error = configurationError("x");
		expect((await type(["schema"], failing(error), createTerminal({ tty: true }))).err).toBe("\u001b[31merror:\u001b[39m x\n");
		expect((await type(["schema"], failing(error), createTerminal({ tty: true, env: { NO_COLOR: "1" } }))).err).toBe("error: x\n");
		expect((await type(["schema"], failing(error), createTerminal({ tty: true, env: { TERM: "dumb" } }))).err).toBe("error: x\n");
		expect((await type(["schema"], failing(error), createTerminal({ env: { FORCE_COLOR: "1" } }))).err).toBe("\u001b[31merror:\u001b[39m x\n");
	});
});
