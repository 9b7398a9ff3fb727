import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/index.js";
import { CandorError } from "../../src/records/index.js";

const base = "out: x\nsource: {type: sample}\n";
const before = process.cwd();
let folder: string;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "candor-config-"));
	process.chdir(folder);
});
afterAll(() => {
	process.chdir(before);
	rmSync(folder, { recursive: true });
});

function failWith(text: string | Buffer, env: Record<string, string> = {}, flags: { flag: string; path: string; value: unknown }[] = []): CandorError {
	writeFileSync("c.yaml", text);
	return failOn("c.yaml", env, flags);
}

function failOn(file: string, env: Record<string, string> = {}, flags: { flag: string; path: string; value: unknown }[] = []): CandorError {
	try {
		loadConfig({ file, env, flags });
	} catch (thrown) {
		if (thrown instanceof CandorError) {
			expect(thrown.exitCode).toBe(2);
			return thrown;
		}
		throw thrown;
	}
	throw new Error("the config was taken");
}

describe("files that are no config", () => {
	test.each<[string, string | Buffer, string]>([
		["empty", "", "c.yaml: is empty"],
		["only comments", "# nothing\n", "c.yaml: is empty"],
		["a list", "- a\n- b\n", "c.yaml:1:1: holds a list at its top level; a config is a mapping (key: value)"],
		["a single value", "hello\n", "c.yaml:1:1: holds a single value at its top level; a config is a mapping (key: value)"],
		["a key twice", `${base}out: y\n`, "c.yaml:3:1: not valid YAML: this key is there twice in one mapping"],
		["a tab", "source:\n\ttype: sample\n", "c.yaml:2:1: not valid YAML: a tab in the indentation: YAML wants spaces"],
		[
			"a colon too many",
			"out: a: b\n",
			"c.yaml:1:6: not valid YAML: a second colon or a deeper line where a plain value stands: check the indentation, or put the value in quotes",
		],
		["an open quote", "out: 'a\n", "c.yaml:2:1: not valid YAML: missing closing 'quote"],
		["two documents", "out: a\n---\nout: b\n", "c.yaml:2:1: not valid YAML: a second document begins here (---): a config is one document"],
		["a tag", "out: !!js x\n", "c.yaml:1:6: not valid YAML: an unknown tag (!...): write the plain value"],
		["an unknown alias", "out: *a\n", "c.yaml: unresolved alias (the anchor must be set before the alias): a"],
		["an alias within itself", "out: &a {b: *a}\n", "c.yaml: an alias (*name) stands inside what it names"],
		[
			"an alias bomb",
			"a: &x [1, 1]\nb: &y [*x, *x, *x, *x, *x, *x, *x, *x]\nc: &z [*y, *y, *y, *y, *y, *y, *y, *y]\nd: [*z, *z, *z, *z]\n",
			"c.yaml: its aliases (*name) unfold to too much: more than 100 copies",
		],
		["deep flow nesting", "[".repeat(50_000), "c.yaml: nests deeper than 64 levels"],
		["deep block nesting", "- ".repeat(50_000), "c.yaml: nests deeper than 64 levels"],
		["latin-1", Buffer.from([0x6f, 0x75, 0x74, 0x3a, 0x20, 0xe4, 0x0a]), "c.yaml: is not UTF-8 text"],
		["UTF-16", Buffer.from(`\ufeff${base}`, "utf16le"), "c.yaml: is not UTF-8 text"],
		["too large", Buffer.alloc(1024 * 1024 + 1, 0x23), "c.yaml: is 1,048,577 bytes; a config has at most 1,048,576"],
	])("%s", (_name, text, message) => {
		expect(failWith(text).message).toBe(message);
	});

	test("a missing file and a folder", () => {
		expect(failOn("nowhere.yaml").message).toBe("nowhere.yaml: no such file");
		expect(failOn("nowhere.yaml").remedy).toBe("Check the path, or write a starter config: candor init");
		expect(failOn(".").message).toBe(".: is a folder, not a config file");
	});
});

describe("values that are not allowed", () => {
	test.each<[string, string, string]>([
		[
			"text for a number",
			`${base}rows: abc\n`,
			'c.yaml:3:7: rows: "abc" is not allowed: must be a whole number from 1 to 10,000,000 or a mapping of names to whole numbers',
		],
		[
			"a quoted number",
			`${base}rows: "12"\n`,
			'c.yaml:3:7: rows: "12" is not allowed: must be a whole number from 1 to 10,000,000 or a mapping of names to whole numbers; leave the quotes out',
		],
		["too small", `${base}seed: -1\n`, "c.yaml:3:7: seed: -1 is not allowed: must be a whole number from 0 to 2,147,483,647"],
		[
			"not whole",
			`${base}rows: 1.5\n`,
			"c.yaml:3:7: rows: 1.5 is not allowed: must be a whole number from 1 to 10,000,000 or a mapping of names to whole numbers",
		],
		[
			"not a number",
			`${base}rows: .nan\n`,
			"c.yaml:3:7: rows: NaN is not allowed: must be a whole number from 1 to 10,000,000 or a mapping of names to whole numbers",
		],
		["huge", `${base}seed: 1e300\n`, "c.yaml:3:7: seed: 1e+300 is not allowed: must be a whole number from 0 to 2,147,483,647"],
		["an open lower end", `${base}teacher: {topP: 0}\n`, "c.yaml:3:17: teacher.topP: 0 is not allowed: must be a number above 0 and at most 1"],
		["no upper end", `${base}shards: {maxBytes: 10}\n`, "c.yaml:3:20: shards.maxBytes: 10 is not allowed: must be a whole number of at least 1,024"],
		["a misspelt choice", `${base}onShort: spraed\n`, 'c.yaml:3:10: onShort: "spraed" is not allowed: must be one of skip, spread, fail; did you mean spread?'],
		["a choice far off", `${base}onShort: wait\n`, 'c.yaml:3:10: onShort: "wait" is not allowed: must be one of skip, spread, fail'],
		[
			"another language",
			`${base}language: de\n`,
			'c.yaml:3:11: language: "de" is not allowed: only en is supported: synonyms, number words and stance rules are English',
		],
		[
			"an unknown source",
			"out: x\nsource: {type: smaple}\n",
			'c.yaml:2:16: source.type: "smaple" is not allowed: must be sample or jsonl or tdiuc or scenes; did you mean sample?',
		],
		["text for a section", "out: x\nsource: jsonl\n", 'c.yaml:2:9: source: "jsonl" is not allowed: must be a mapping with type: sample, jsonl, tdiuc, scenes'],
		["text for a list", `${base}pipelines: srt\n`, 'c.yaml:3:12: pipelines: "srt" is not allowed: must be a list with at least one entry'],
		["an empty list", `${base}pipelines: []\n`, "c.yaml:3:12: pipelines: an empty list is not allowed: must be a list with at least one entry"],
		[
			"a list for shares",
			`${base}dialogue: {tasks: [color]}\n`,
			"c.yaml:3:19: dialogue.tasks: a list is not allowed: must be equal or a mapping of names to shares",
		],
		[
			"a negative share",
			`${base}dialogue: {tasks: {color: -1}}\n`,
			"c.yaml:3:27: dialogue.tasks.color: -1 is not allowed: must be a number from 0 to 1,000,000",
		],
		[
			"a section without value",
			`${base}dialogue:\n  formats:\n`,
			"c.yaml:4:11: dialogue.formats: is empty: must be a mapping of 1234, ABCD, open-ended to shares",
		],
		[
			"no URL",
			`${base}teacher: {baseUrl: "localhost:8000"}\n`,
			'c.yaml:3:20: teacher.baseUrl: "localhost:8000" is not allowed: must be a URL that begins with http:// or https://, such as http://localhost:8000/v1',
		],
		[
			"a name with capitals",
			`${base}name: MyCorpus\n`,
			'c.yaml:3:7: name: "MyCorpus" is not allowed: must be lower-case letters, digits and hyphens that begin with a letter',
		],
		["an unknown key", `${base}rowz: 3\n`, "c.yaml:3:1: rowz: unknown key; did you mean rows?"],
		["an unknown key in a section", `${base}teacher:\n  base_url: http://x\n`, "c.yaml:4:3: teacher.base_url: unknown key; did you mean baseUrl?"],
		["an unknown key far off", `${base}dpo: {zzzzzz: 1}\n`, "c.yaml:3:7: dpo.zzzzzz: unknown key; known here: replies, rejected"],
		[
			"a merge key",
			`${base}dialogue: {tones: {<<: {strong: 1}}}\n`,
			"c.yaml:3:20: dialogue.tones.<<: unknown key; known here: suggestive, euphemistic, strong",
		],
		[
			"the prototype",
			`${base}__proto__: {a: 1}\n`,
			"c.yaml:3:1: __proto__: unknown key; known here: name, language, seed, pipelines, rows, out, attempts, onShort, source, reserve, dialogue, teacher, student, budget, dpo, shards",
		],
		[
			"a misspelt key in an alternative",
			`${base}dialogue: {firstAnswers: {flie: a}}\n`,
			"c.yaml:3:27: dialogue.firstAnswers.flie: unknown key; did you mean file?\nc.yaml:3:26: dialogue.firstAnswers.file: missing: JSONL of {question, answer}: a model's own first answers by question id",
		],
		[
			"missing settings",
			"rows: 3\n",
			"c.yaml:1:1: out: missing: the run's folder, relative to the working directory\nc.yaml:1:1: source: missing: must be a mapping with type: sample, jsonl, tdiuc, scenes",
		],
	])("%s", (_name, text, message) => {
		expect(failWith(text).message).toBe(message);
	});

	test("all at once, misspellings first, then in the file's order, then what is missing", () => {
		const error = failWith("rows: 0\nsorce: {type: sample}\nteacher:\n  concurency: 4\nseed: x\n");
		expect(error.message.split("\n")).toEqual([
			"c.yaml:2:1: sorce: unknown key; did you mean source?",
			"c.yaml:4:3: teacher.concurency: unknown key; did you mean concurrency?",
			"c.yaml:1:7: rows: 0 is not allowed: must be a whole number from 1 to 10,000,000 or a mapping of names to whole numbers",
			'c.yaml:5:7: seed: "x" is not allowed: must be a whole number from 0 to 2,147,483,647',
			"c.yaml:1:1: out: missing: the run's folder, relative to the working directory",
			"c.yaml:1:1: source: missing: must be a mapping with type: sample, jsonl, tdiuc, scenes",
		]);
		expect(error.remedy).toBe("Every setting with its meaning and default: candor schema");
	});

	test("a thousand mistakes are not a thousand lines", () => {
		const keys = Array.from({ length: 1000 }, (_, index) => `zzzzzz${index}: 1\n`).join("");
		const lines = failWith(base + keys).message.split("\n");
		expect(lines).toHaveLength(21);
		expect(lines.at(-1)).toBe("and 980 more");
	});
});

describe("settings that do not go together", () => {
	test.each<[string, string, string]>([
		[
			"openai without server and model",
			"teacher: {type: openai}\n",
			"c.yaml:3:10: teacher.baseUrl: missing: teacher.type openai needs the server's address, such as http://localhost:8000/v1\nc.yaml:3:10: teacher.model: missing: teacher.type openai needs the model's name, as the server knows it",
		],
		[
			"the whole endpoint",
			"teacher: {baseUrl: http://a/v1/chat/completions}\n",
			"c.yaml:3:20: teacher.baseUrl: ends in /chat/completions: leave that out; a base URL mostly ends in /v1",
		],
		["all shares 0", "dialogue: {tones: {strong: 0}}\n", "c.yaml:3:19: dialogue.tones: no share is above 0: give at least one a share"],
		["no shares", "dialogue: {tasks: {}}\n", "c.yaml:3:19: dialogue.tasks: no share is above 0: give at least one a share"],
		[
			"scenarios without a timing",
			"dialogue: {scenarios: {misleading: 1, doubt-right: 1}, timings: {one-round: 1}}\n",
			"c.yaml:3:65: dialogue.timings: no share for two-round or multi-round, which doubt-right needs: give it one, or leave them out of dialogue.scenarios",
		],
		[
			"pairs of neutral alone",
			"dialogue: {scenarios: {neutral: 1}}\n",
			"c.yaml:3:23: dialogue.scenarios: only neutral has a share, and neutral makes no pair: the pipeline dpo would be empty",
		],
		[
			"an unknown pipeline",
			"pipelines: [sftt]\n",
			'c.yaml:3:13: pipelines[0]: "sftt": no such pipeline: must be srt, sft, dpo, or the path of a file of your own (./my-pipeline.ts); did you mean sft?',
		],
		["a pipeline twice", "pipelines: [srt, srt]\n", 'c.yaml:3:18: pipelines[1]: "srt" is there twice'],
	])("%s", (_name, text, message) => {
		expect(failWith(base + text).message).toBe(message);
	});
});

describe("secrets", () => {
	test.each<[string, string, string]>([
		[
			"a key for its variable's name",
			"teacher: {apiKeyEnv: sk-abcdefghijklmnop}\n",
			"c.yaml:3:22: teacher.apiKeyEnv: looks like a secret, and a config holds none",
		],
		["a key under a made-up key", "teacher: {apiKey: hf_abcdefghijklmnopqrstu}\n", "c.yaml:3:19: teacher.apiKey: looks like a secret, and a config holds none"],
		["a long token", "teacher: {model: A9b8C7d6E5f4A3b2C1d0E9f8A7b6}\n", "c.yaml:3:18: teacher.model: looks like a secret, and a config holds none"],
		["a password in a URL", "teacher: {baseUrl: 'http://me:hunter2@host/v1'}\n", "c.yaml:3:20: teacher.baseUrl: looks like a secret, and a config holds none"],
		["a key as a key", "sk-abcdefghijklmnop: 1\n", "c.yaml:3:1: (not shown): looks like a secret, and a config holds none"],
		["a key in a list", "pipelines: [srt, sk-abcdefghijklmnop]\n", "c.yaml:3:18: pipelines[1]: looks like a secret, and a config holds none"],
	])("%s", (_name, text, message) => {
		const error = failWith(base + text);
		expect(error.message).toBe(message);
		expect(error.remedy).toBe("Put the key in an environment variable, name that variable in teacher.apiKeyEnv, and replace the key if the file was shared.");
	});

	test("is not repeated where other things are wrong as well", () => {
		const error = failWith(`${base}rows: 0\nteacher: {apikey: sk-abcdefghijklmnop, model: sk-abcdefghijklmnop}\n`);
		expect(error.message).not.toContain("abcdefg");
		expect(error.message.split("\n")).toHaveLength(3);
	});
});

describe("environment and flags", () => {
	test.each<[string, Record<string, string>, string]>([
		[
			"text for a number",
			{ CANDOR_ROWS: "many" },
			'CANDOR_ROWS: rows: "many" is not allowed: must be a whole number from 1 to 10,000,000 or a mapping of names to whole numbers',
		],
		[
			"out of range",
			{ CANDOR_TEACHER_CONCURRENCY: "0" },
			"CANDOR_TEACHER_CONCURRENCY: teacher.concurrency: 0 is not allowed: must be a whole number from 1 to 4,096",
		],
		[
			"a choice",
			{ CANDOR_TEACHER_TYPE: "opnai" },
			'CANDOR_TEACHER_TYPE: teacher.type: "opnai" is not allowed: must be one of scripted, openai; did you mean openai?',
		],
		["a misspelt variable", { CANDOR_TEACHER_BASEURL: "http://x" }, "CANDOR_TEACHER_BASEURL: no such setting; did you mean CANDOR_TEACHER_BASE_URL?"],
		["broken YAML", { CANDOR_DIALOGUE_TASKS: "{color: " }, "CANDOR_DIALOGUE_TASKS: dialogue.tasks: is not valid YAML"],
		[
			"a share within",
			{ CANDOR_DIALOGUE_TASKS: "{color: -1}" },
			"CANDOR_DIALOGUE_TASKS: dialogue.tasks.color: -1 is not allowed: must be a number from 0 to 1,000,000",
		],
		[
			"a list's entry",
			{ CANDOR_PIPELINES: "srt, dop" },
			'CANDOR_PIPELINES: pipelines[1]: "dop": no such pipeline: must be srt, sft, dpo, or the path of a file of your own (./my-pipeline.ts); did you mean dpo?',
		],
	])("%s in the environment", (_name, env, message) => {
		expect(failWith(base, env).message).toBe(message);
	});

	test("a flag is named as it was typed", () => {
		expect(failWith(base, {}, [{ flag: "--concurrency", path: "teacher.concurrency", value: 9999 }]).message).toBe(
			"--concurrency: teacher.concurrency: 9999 is not allowed: must be a whole number from 1 to 4,096",
		);
	});
});
