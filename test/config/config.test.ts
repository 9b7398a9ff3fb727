import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Config, compareConfigs, configJsonSchema, configSchema, formatConfig, hashConfig, loadConfig } from "../../src/config/index.js";

const base = "out: x\nsource: {type: sample}\n";
let folder: string;
let file: string;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "candor-config-"));
	file = join(folder, "c.yaml");
});
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string, env: Record<string, string> = {}, flags: { flag: string; path: string; value: unknown }[] = []) {
	writeFileSync(file, text);
	return loadConfig({ file, env, flags });
}

function make(change: object = {}): Config {
	return configSchema.parse({ out: "x", source: { type: "sample" }, ...change });
}

describe("loadConfig", () => {
	test("flags over environment over file over defaults, and says which", () => {
		const text = `${base}rows: 1\nseed: 2\nattempts: 4\n`;
		const { config, origins } = load(text, { CANDOR_ROWS: "10", CANDOR_SEED: " 20 ", CANDOR_NAME: "" }, [{ flag: "--rows", path: "rows", value: 100 }]);
		expect([config.rows, config.seed, config.attempts, config.name]).toEqual([100, 20, 4, "candor"]);
		expect(origins.get("rows")).toEqual({ from: "flag", where: "--rows" });
		expect(origins.get("seed")).toEqual({ from: "environment", where: "CANDOR_SEED" });
		expect(origins.get("attempts")).toEqual({ from: "file", where: `${file}:5:11` });
		expect(origins.get("name")).toEqual({ from: "default" });
		expect(origins.get("teacher.temperature")).toEqual({ from: "default" });
	});

	test("the environment reads lists, mappings and nested names", () => {
		const { config, origins } = load(base, {
			CANDOR_PIPELINES: "dpo, srt",
			CANDOR_DIALOGUE_SCENARIOS: "{misleading: 1, corrective: 2}",
			CANDOR_DIALOGUE_TASKS: "equal",
			CANDOR_TEACHER_BASE_URL: "http://localhost:1/v1",
			CANDOR_TEACHER_TOP_P: "0.5",
			CANDOR_TEACHER_API_KEY_ENV: "MY_KEY",
			CANDOR_DEBUG: "1",
			CANDOR_SOMETHING_ELSE: "of another program",
		});
		expect(config.pipelines).toEqual(["dpo", "srt"]);
		expect(config.dialogue.scenarios).toEqual({ misleading: 1, corrective: 2 });
		expect(config.teacher).toMatchObject({ baseUrl: "http://localhost:1/v1", topP: 0.5, apiKeyEnv: "MY_KEY" });
		expect(origins.get("dialogue.scenarios.corrective")).toEqual({ from: "environment", where: "CANDOR_DIALOGUE_SCENARIOS" });
	});

	test("a mark at the beginning, JSON, aliases and unquoted numbers as keys are all fine", () => {
		expect(load(`\ufeff${base}`).config.out).toBe("x");
		expect(load(JSON.stringify({ $schema: "s.json", out: "x", source: { type: "sample" } })).config.out).toBe("x");
		const aliased = load("out: &o x\nname: *o\nsource: {type: sample}\ndialogue: {formats: {1234: 1}}\n");
		expect(aliased.config).toMatchObject({ name: "x", dialogue: { formats: { "1234": 1 } } });
		expect(aliased.origins.get("dialogue.formats.1234")?.where).toBe(`${file}:4:28`);
	});

	test("paths of the file begin at the file, those of the environment at the working directory, out stays", () => {
		const text = "out: runs/x\nsource: {type: jsonl, path: q.jsonl, images: pics}\npipelines: [./p.ts, srt]\ndialogue: {firstAnswers: {file: a.jsonl}}\n";
		const { config } = load(text, { CANDOR_SOURCE_IMAGES: "elsewhere" });
		expect(config.source).toMatchObject({ path: join(folder, "q.jsonl"), images: resolve("elsewhere") });
		expect(config.pipelines).toEqual([join(folder, "p.ts"), "srt"]);
		expect(config.dialogue.firstAnswers).toEqual({ file: join(folder, "a.jsonl") });
		expect(config.out).toBe("runs/x");
	});

	test("names of models, tasks and files are no secrets", () => {
		for (const model of [
			"Qwen/Qwen2.5-VL-72B-Instruct-AWQ",
			"meta-llama/Llama-3.2-90B-Vision-Instruct",
			"gpt-4o-2024-08-06",
			"qwen2.5vl:7b",
			"OpenGVLab/InternVL3_5-241B-A28B",
		]) {
			expect(load(`${base}teacher: {type: openai, baseUrl: "http://a/v1", model: "${model}"}\n`).config.teacher.model).toBe(model);
		}
	});

	test("every config that ships is good", () => {
		const shipped = readdirSync("configs").filter((name) => name.endsWith(".yaml"));
		expect(shipped).toEqual(expect.arrayContaining(["local-vllm.yaml", "ollama.yaml", "openai.yaml", "own-data.yaml", "quickstart.yaml"]));
		for (const name of shipped) {
			const path = join("configs", name);
			expect(readFileSync(path, "utf8")).toMatch(/^# yaml-language-server: \$schema=\.\.\/config\.schema\.json\n/);
			expect(loadConfig({ file: path, env: {}, flags: [] }).config.name).toBe(name.replace(".yaml", ""));
		}
	});
});

describe("formatConfig", () => {
	test("names each value's origin", () => {
		const text = formatConfig(load(`${base}rows: 5\n`, { CANDOR_SEED: "3" }, [{ flag: "--out", path: "out", value: "y" }]));
		expect(text).toContain(`rows: 5 # ${file}:3:7\n`);
		expect(text).toContain("seed: 3 # CANDOR_SEED\n");
		expect(text).toContain("out: y # --out\n");
		expect(text).toContain("pipelines: [ srt, sft, dpo ] # default\n");
		expect(text).toContain("    both-wrong: 10 # default\n");
	});

	test("is itself a config, of the same meaning", () => {
		for (const name of readdirSync("configs").filter((entry) => entry.endsWith(".yaml"))) {
			const first = loadConfig({ file: join("configs", name), env: {}, flags: [] });
			expect(load(formatConfig(first)).config).toEqual(first.config);
		}
	});
});

describe("hashConfig and compareConfigs", () => {
	test("do not see where the run and the files lie, nor the order of keys", () => {
		const at = (place: string): Config =>
			make({ out: place, pipelines: [`${place}/p.ts`], source: { type: "jsonl", path: `${place}/q.jsonl`, images: `${place}/pics` } });
		expect(hashConfig(at("/a"))).toBe(hashConfig(at("/b/c")));
		expect(compareConfigs(at("/a"), at("/b/c"))).toEqual([]);
		expect(hashConfig(make({ dialogue: { tasks: { a: 1, b: 2 } } }))).toBe(hashConfig(make({ dialogue: { tasks: { b: 2, a: 1 } } })));
		expect(hashConfig(make())).toMatch(/^[0-9a-f]{64}$/);
	});

	test("only rows, attempts, shards and the teacher can be extended", () => {
		const old = make();
		const now = make({ rows: 200, attempts: 5, shards: { maxRows: 5 }, teacher: { hint: "always" }, seed: 1, dialogue: { maxAnswerShare: 0.5 } });
		expect(compareConfigs(old, now)).toEqual([
			{ path: "attempts", was: 3, now: 5, extendable: true },
			{ path: "dialogue.maxAnswerShare", was: 0.4, now: 0.5, extendable: false },
			{ path: "rows", was: 100, now: 200, extendable: true },
			{ path: "seed", was: 0, now: 1, extendable: false },
			{ path: "shards.maxRows", was: 10_000, now: 5, extendable: true },
			{ path: "teacher.hint", was: "never", now: "always", extendable: true },
		]);
	});

	test("what is there on one side only is a change too", () => {
		const changes = compareConfigs(make({ dialogue: { tasks: { color: 1 } } }), make());
		expect(changes).toEqual([
			{ path: "dialogue.tasks", was: undefined, now: "equal", extendable: false },
			{ path: "dialogue.tasks.color", was: 1, now: undefined, extendable: false },
		]);
	});

	test("the hash differs exactly where something changed", () => {
		const configs = fc.record({ rows: fc.integer({ min: 1, max: 3 }), seed: fc.integer({ min: 0, max: 2 }), onShort: fc.constantFrom("skip", "fail") });
		fc.assert(
			fc.property(configs, configs, (a, b) => {
				const same = hashConfig(make(a)) === hashConfig(make(b));
				expect(same).toBe(compareConfigs(make(a), make(b)).length === 0);
			}),
		);
	});
});

test("config.schema.json is the schema's own", () => {
	expect(JSON.parse(readFileSync("config.schema.json", "utf8"))).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
});
