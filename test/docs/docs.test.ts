import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { fillBlocks, renderBlocks, withoutChance } from "../../scripts/docs-blocks.js";
import { listDocs } from "../../scripts/list-docs.js";
import { listSources } from "../../scripts/list-sources.js";
import { batchFlags } from "../../src/cli/commands/batch.js";
import { doctorFlags } from "../../src/cli/commands/doctor.js";
import { firstAnswersFlags } from "../../src/cli/commands/first-answers.js";
import { ledgerFlags } from "../../src/cli/commands/ledger.js";
import { planFlags } from "../../src/cli/commands/plan.js";
import { previewFlags } from "../../src/cli/commands/preview.js";
import { projectFlags } from "../../src/cli/commands/project.js";
import { retryFlags } from "../../src/cli/commands/retry.js";
import { runFlags } from "../../src/cli/commands/run.js";
import { scenesFlags } from "../../src/cli/commands/scenes.js";
import { showFlags } from "../../src/cli/commands/show.js";
import { validateFlags } from "../../src/cli/commands/validate.js";
import { listSettings } from "../../src/config/settings.js";
import { packageFolder } from "../../src/pipeline/package-folder.js";
import { rules } from "../../src/rules/index.js";

/** For a busy machine: the quickstart is run. @unit milliseconds */
const patienceMs = 120_000;

const root = packageFolder();
const read = (path: string) => readFileSync(join(root, path), "utf8");
const docs = listDocs().map((path) => ({ path, text: read(path) }));
/** Without what the program wrote itself: rows and outputs name things of their own. */
const written = docs.map(({ path, text }) => ({ path, text: text.replace(/(<!-- begin [a-z-]+ -->\n)[\s\S]*?(?=<!-- end -->)/g, "$1") }));

const flags: Readonly<Record<string, object>> = {
	run: runFlags,
	plan: planFlags,
	doctor: doctorFlags,
	batch: batchFlags,
	ledger: ledgerFlags,
	retry: retryFlags,
	validate: validateFlags,
	preview: previewFlags,
	show: showFlags,
	project: projectFlags,
	scenes: scenesFlags,
	"first-answers": firstAnswersFlags,
	init: {},
	schema: {},
};
const ownFolders = /(?<![\w./-])((?:src|test|docs|examples|configs|pipelines|prompts|datasets\/sample|scripts|bench)\/[\w./-]*\w|[\w-]+\.(?:md|schema\.json))/g;

function findAll(text: string, pattern: RegExp): string[] {
	return [...text.matchAll(pattern)].map((match) => match[1] ?? match[0]);
}

/** Texts in backticks, outside of fenced blocks. */
function findCode(text: string): string[] {
	return findAll(text.replace(/^```[\s\S]*?^```/gm, ""), /`([^`\n]+)`/g);
}

/** The anchor that a heading gets. */
function anchorsOf(text: string): string[] {
	return findAll(text, /^#+ (.+)$/gm).map((heading) =>
		heading
			.toLowerCase()
			.replace(/[^\w -]/g, "")
			.replaceAll(" ", "-"),
	);
}

describe("the docs", () => {
	it(
		"show what the program prints today (npm run docs writes it anew)",
		async () => {
			const blocks = await renderBlocks();
			for (const { path, text } of docs) expect(withoutChance(text), path).toBe(withoutChance(fillBlocks(text, blocks)));
			const used = docs.flatMap(({ text }) => findAll(text, /<!-- begin ([a-z-]+) -->/g));
			expect([...blocks.keys()].sort()).toEqual([...new Set(used)].sort());
		},
		patienceMs,
	);

	it.each(written)("$path names files that are there", ({ path, text }) => {
		const ofARun = new Set(["README.md", "manifest.json"]);
		const missing = findAll(text, ownFolders).filter(
			(name) => !ofARun.has(name) && !existsSync(join(root, name)) && !existsSync(join(root, dirname(path), name)),
		);
		expect(missing).toEqual([]);
	});

	it.each(written)("$path links to pages and headings that are there", ({ path, text }) => {
		for (const link of findAll(text, /\]\(([^)\s]+)\)/g).filter((target) => !/^https?:/.test(target))) {
			const [file = "", anchor] = link.split("#");
			const target = file === "" ? path : join(dirname(path), file);
			expect(existsSync(join(root, target)), `${link} in ${path}`).toBe(true);
			if (anchor !== undefined) expect(anchorsOf(read(target)), `${link} in ${path}`).toContain(anchor);
		}
		for (const picture of findAll(text, /<img src="([^"]+)"/g)) expect(existsSync(join(root, dirname(path), picture)), picture).toBe(true);
	});

	it.each(written)("$path names scripts, commands, flags and settings that are there", ({ text }) => {
		const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
		for (const script of [...findAll(text, /npm run ([\w:-]+)/g), ...findAll(text, /npm (test|start)\b/g)]) expect(Object.keys(scripts)).toContain(script);
		for (const [, command = "", rest = ""] of text.matchAll(/(?:npx |`)candor ([a-z][a-z-]*)([^`\n]*)/g)) {
			expect(Object.keys(flags)).toContain(command);
			for (const flag of findAll(rest, /--([a-z][\w.-]*)/g)) expect([...Object.keys(flags[command] ?? {}), "help"], `candor ${command}`).toContain(flag);
		}
		const anyFlag = [...Object.values(flags).flatMap(Object.keys), "help"];
		for (const flag of findCode(text).flatMap((code) => findAll(code, /^--([a-z][\w.-]*)/g))) expect(anyFlag).toContain(flag);
		const settings = listSettings().map(({ path: setting }) => setting);
		for (const setting of findCode(text).flatMap((code) => findAll(code, /^((?:source|dialogue|teacher|dpo|shards)\.(?!ts$)\w+)/g))) {
			expect(
				settings.some((known) => known === setting || known.startsWith(`${setting}.`)),
				setting,
			).toBe(true);
		}
	});

	it("call functions and types by their names", () => {
		const sources = listSources()
			.map((path) => read(path))
			.join("\n");
		const known = new Set(sources.match(/\w+/g));
		for (const page of ["ARCHITECTURE.md", join("docs", "own-pipeline.md")]) {
			const names = findCode(read(page)).filter((code) => /^[a-z]+(?:[A-Z]\w*)+$|^[A-Z][a-z]\w+$/.test(code));
			expect(
				names.filter((name) => !known.has(name)),
				page,
			).toEqual([]);
		}
	});

	it("explain every reason code", () => {
		const page = findCode(read(join("docs", "formats.md")));
		const thrown = listSources()
			.filter((path) => !path.startsWith(join("src", "run")))
			.flatMap((path) => findAll(read(path), /(?:reject\(|bad\(|reason: )\s*"([a-z-]+)"/g));
		const codes = new Set([...rules.map(({ reason }) => reason), ...thrown]);
		expect([...codes].filter((code) => !page.includes(code))).toEqual([]);
	});

	it("list every setting", () => {
		const table = read(join("docs", "settings.md"));
		expect(findAll(table, /`(CANDOR_\w+)` \|$/gm).sort()).toEqual(
			listSettings()
				.map(({ variable }) => variable)
				.sort(),
		);
	});
});
