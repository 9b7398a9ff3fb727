import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createHandlers } from "../../src/cli/handlers.js";
import { createRecorder, createTerminal, type } from "./support.js";

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "candor-cli-scenes-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("what is typed reaches the handler", async () => {
	const { handlers, calls } = createRecorder();
	await type(
		["scenes", "x", "--pictures", "3", "--seed=4", "--skew", "0.5", "--resolution", "96", "--degradation", "blur", "--json"],
		handlers,
		createTerminal(),
	);
	await type(["scenes", "x"], handlers, createTerminal());
	expect(calls).toEqual([
		{ command: "scenes", given: { folder: "x", settings: { pictures: 3, seed: 4, skew: "0.5", resolution: 96, degradation: "blur" }, json: true } },
		{
			command: "scenes",
			given: { folder: "x", settings: { pictures: undefined, seed: undefined, skew: undefined, resolution: undefined, degradation: undefined }, json: false },
		},
	]);
});

test("writes the folder and says how to use it", async () => {
	const terminal = createTerminal();
	const { code, out, err } = await type(["scenes", folder, "--pictures", "3", "--resolution", "96"], createHandlers(terminal), terminal);
	expect([code, out]).toEqual([0, ""]);
	expect(err).toMatch(/^3 pictures with \d+ questions written to /);
	expect(err).toContain(`path: ${folder}/questions.jsonl, images: ${folder}/images`);
	expect(existsSync(join(folder, "images", "scene-0-000002.png"))).toBe(true);
	const again = createTerminal();
	const json = await type(["scenes", folder, "--pictures", "3", "--resolution", "96", "--json"], createHandlers(again), again);
	expect(JSON.parse(json.out)).toEqual({ pictures: 3, kept: 3, questions: readFileSync(join(folder, "questions.jsonl"), "utf8").trim().split("\n").length });
});

test.each([
	[["--degradation", "dirt"], "--degradation"],
	[["--skew", "much"], "--skew"],
	[["--skew", "4"], "--skew"],
	[["--resolution", "5000"], "--resolution"],
	[["--pictures", "0"], "--pictures"],
])("%j is refused by name", async (flags, name) => {
	const terminal = createTerminal();
	const { code, err } = await type(["scenes", folder, ...flags], createHandlers(terminal), terminal);
	expect(code).toBe(2);
	expect(err).toContain(`error: ${name}: "${flags[1]}" is not allowed`);
	expect(existsSync(join(folder, "scenes.json"))).toBe(false);
});

test.runIf(process.platform === "linux").each([["scenes"], ["init"]])("%s refuses a folder that cannot be made, and does not try for ever", async (command) => {
	const terminal = createTerminal();
	const { code, err } = await type([command, "/proc/candor"], createHandlers(terminal), terminal);
	expect(code).toBe(2);
	expect(err).toContain("/proc/candor: cannot be");
});
