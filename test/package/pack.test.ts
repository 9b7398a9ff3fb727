import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { packageFolder } from "../../src/pipeline/package-folder.js";

/** What a user has: the packed program, installed by npm into a folder with nothing else. */

const maxTarballBytes = 6_000_000;
const maxInstalledBytes = 8_000_000;

const ownPipeline = `import { buildSftRow, defineStage, goldCheck, respond, startPipeline, z } from "candor";

const shout = defineStage({
	name: "shout",
	takes: z.object({ reply: z.string() }),
	gives: z.object({ loud: z.string() }),
	prompts: [],
	run: async ({ reply }) => ({ loud: reply.replace(/\\.$/, "!") }),
});

export default startPipeline({ name: "loud", kind: "sft" })
	.pipe(goldCheck)
	.pipe(respond)
	.pipe(shout)
	.toRow((record, facts) => buildSftRow(record.loud, facts));
`;

const ownConfig = `name: loud
seed: 11
pipelines: [./loud.ts]
rows: 12
out: runs/loud
onShort: spread
source:
  type: sample
teacher:
  type: scripted
`;

const packedSchema = z.tuple([
	z.looseObject({ filename: z.string(), size: z.number(), unpackedSize: z.number(), files: z.array(z.looseObject({ path: z.string() })) }),
]);

let folder: string;
let packed: z.infer<typeof packedSchema>[0];

interface Ended {
	readonly code: number;
	readonly out: string;
	readonly err: string;
}

async function start(command: string, args: readonly string[], cwd: string): Promise<Ended> {
	try {
		const { stdout, stderr } = await promisify(execFile)(command, args, { cwd, env: cleanEnvironment(), maxBuffer: 64 * 1024 * 1024 });
		return { code: 0, out: stdout, err: stderr };
	} catch (thrown) {
		const ended = thrown as { code: number; stdout: string; stderr: string };
		return { code: ended.code, out: ended.stdout, err: ended.stderr };
	}
}

/** npm tells its scripts, and so the tests, where they run: what is started here must not take that for its own. */
function cleanEnvironment(): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !/^npm_(?!config_(?:registry|cache|userconfig)$)|^INIT_CWD$|^VITEST|^NODE_ENV$/.test(name)),
	);
}

const candor = (...args: string[]) => start("npx", ["--no-install", "candor", ...args], folder);

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "candor-package-"));
	const pack = await start("npm", ["pack", "--json", "--pack-destination", folder], packageFolder());
	expect(pack, pack.err).toMatchObject({ code: 0 });
	[packed] = packedSchema.parse(JSON.parse(pack.out.slice(pack.out.search(/^\[/m))));
	writeFileSync(join(folder, "package.json"), '{ "name": "user", "private": true, "type": "module" }\n');
	const install = await start("npm", ["install", "--prefer-offline", "--omit=dev", "--no-audit", "--no-fund", join(folder, packed.filename)], folder);
	expect(install, install.err).toMatchObject({ code: 0 });
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the tarball holds what the program needs and what its documents point to, and nothing else", () => {
	const paths = packed.files.map(({ path }) => path);
	const needed = [
		"LICENSE",
		"README.md",
		"ARCHITECTURE.md",
		"CHANGELOG.md",
		"config.schema.json",
		"configs/quickstart.yaml",
		"datasets/sample/README.md",
		"datasets/sample/questions.jsonl",
		"datasets/sample/sources.json",
		"dist/pipelines/srt.js",
		"dist/src/cli/main.js",
		"dist/src/index.d.ts",
		"prompts/challenges.yaml",
		"prompts/scripted.yaml",
	];
	expect(needed.filter((path) => !paths.includes(path))).toEqual([]);
	const rooms = ["dist/src/", "dist/pipelines/", "prompts/", "configs/", "datasets/sample/", "docs/", "examples/"];
	const alone = ["LICENSE", "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "config.schema.json", "package.json"];
	expect(paths.filter((path) => !alone.includes(path) && !rooms.some((room) => path.startsWith(room)))).toEqual([]);
	expect(paths.filter((path) => /\.(?:test\.\w+|map|tgz)$|\.env/.test(path))).toEqual([]);
	expect(packed.size).toBeLessThan(maxTarballBytes);
	expect(packed.unpackedSize).toBeLessThan(maxInstalledBytes);
});

test("the command is there and knows its version", async () => {
	const { version } = z.looseObject({ version: z.string() }).parse(JSON.parse(readFileSync(join(packageFolder(), "package.json"), "utf8")));
	expect(await candor("--version")).toMatchObject({ code: 0, out: `candor ${version} (node ${process.version})\n` });
});

test("a starter config makes a first dataset that validates, and a picture of it", async () => {
	expect(await candor("init", "first")).toMatchObject({ code: 0 });
	const run = await candor("run", "first/candor.yaml", "--rows", "6");
	expect(run, run.err).toMatchObject({ code: 0 });
	for (const pipeline of ["srt", "sft", "dpo"]) expect(readRows("runs/my-corpus", pipeline)).toHaveLength(6);
	expect(await candor("validate", "runs/my-corpus")).toMatchObject({ code: 0 });
	expect(await candor("preview", "runs/my-corpus", "--rows", "1")).toMatchObject({ code: 0 });
	expect(statSync(join(folder, "runs/my-corpus/preview.html")).size).toBeGreaterThan(1000);
});

test("a pipeline of the user's own, with a stage of its own, is type-checked against the package, runs and validates", async () => {
	writeFileSync(join(folder, "loud.ts"), ownPipeline);
	writeFileSync(join(folder, "loud.yaml"), ownConfig);
	expect(await checkTypes("loud.ts")).toEqual({ code: 0, out: "", err: "" });
	const run = await candor("run", "loud.yaml");
	expect(run, run.err).toMatchObject({ code: 0 });
	const rows = readRows("runs/loud", "loud").map((line) => z.looseObject({ turns: z.array(z.looseObject({ text: z.string() })) }).parse(JSON.parse(line)));
	expect(rows).toHaveLength(12);
	for (const { turns } of rows) expect(turns.at(-1)?.text).toMatch(/!$/);
	expect(await candor("validate", "runs/loud")).toMatchObject({ code: 0 });
});

test("a pipeline file may lie where nothing is installed", async () => {
	const elsewhere = mkdtempSync(join(tmpdir(), "candor-elsewhere-"));
	try {
		writeFileSync(join(elsewhere, "loud.ts"), ownPipeline);
		const run = await candor("run", "loud.yaml", "--pipeline", join(elsewhere, "loud.ts"), "--out", join(elsewhere, "run"));
		expect(run, run.err).toMatchObject({ code: 0 });
	} finally {
		rmSync(elsewhere, { recursive: true, force: true });
	}
});

test("stages that do not fit are refused by the compiler, and by the program with exit 2, the file, the stage and the field", async () => {
	writeFileSync(join(folder, "unfit.ts"), ownPipeline.replace("\t.pipe(respond)\n", ""));
	writeFileSync(join(folder, "unfit.yaml"), ownConfig.replace("loud.ts", "unfit.ts").replace("runs/loud", "runs/unfit"));
	const types = await checkTypes("unfit.ts");
	expect(types.code).not.toBe(0);
	expect(types.out).toContain("fields that no earlier stage gives");
	const run = await candor("run", "unfit.yaml");
	expect(run).toMatchObject({ code: 2, out: "" });
	expect(run.err).toMatch(/unfit\.ts: stage "shout" takes "reply", which no stage before it gives/);
	expect(run.err).not.toMatch(/^\s+at /m);
	expect(readdirSync(join(folder, "runs"))).not.toContain("unfit");
});

function readRows(run: string, pipeline: string): string[] {
	return readFileSync(join(folder, run, pipeline, `${pipeline}-00000-of-00001.jsonl`), "utf8")
		.trimEnd()
		.split("\n");
}

function checkTypes(file: string): Promise<Ended> {
	const tsc = join(packageFolder(), "node_modules", "typescript", "bin", "tsc");
	const flags = ["--noEmit", "--strict", "--skipLibCheck", "--exactOptionalPropertyTypes", "--target", "es2023", "--module", "nodenext"];
	return start(process.execPath, [tsc, ...flags, file], folder);
}
