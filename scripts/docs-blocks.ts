import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { createHandlers } from "../src/cli/handlers.js";
import { createProgram } from "../src/cli/program.js";
import { configJsonSchema, type JsonNode } from "../src/config/json-schema.js";
import { listSettings } from "../src/config/settings.js";
import { packageFolder } from "../src/pipeline/package-folder.js";
import { parseJsonlList } from "../src/shards/index.js";

/** What stands in the docs between `<!-- begin NAME -->` and `<!-- end -->`: made from the program, so that it stays true. */

/** Where the reader of the docs has put the clone. */
const readersFolder = "/home/you/candor";

/** The rows that the README shows: a line of a quickstart shard. */
const shownRows = [
	{ pipeline: "srt", line: 24 },
	{ pipeline: "sft", line: 12 },
	{ pipeline: "dpo", line: 1 },
] as const;

/** Runs what the docs show and returns the text of every block by name. Takes a few seconds. */
export async function renderBlocks(): Promise<ReadonlyMap<string, string>> {
	const scratch = mkdtempSync(join(tmpdir(), "candor-docs-"));
	try {
		const quickstart = join(scratch, "quickstart");
		const blocks = new Map<string, string>();
		blocks.set("quickstart-output", fence("text", await runProgram(["run", "configs/quickstart.yaml"], quickstart, "datasets/runs/quickstart")));
		for (const { pipeline, line } of shownRows) blocks.set(`row-${pipeline}`, renderRow(quickstart, pipeline, line));
		blocks.set("row-meta", fence("json", JSON.stringify(readRow(quickstart, "srt", shownRows[0].line).meta, undefined, 2)));
		const own = join(scratch, "own-data");
		blocks.set("own-data-output", fence("text", await runProgram(["run", "examples/own-data/candor.yaml"], own, "datasets/runs/own-data-example")));
		blocks.set("own-data-lines", fence("json", readText("examples/own-data/questions.jsonl").split("\n").slice(0, 2).join("\n")));
		blocks.set(
			"own-data-config",
			fence(
				"yaml",
				readText("examples/own-data/candor.yaml")
					.replace(/^[\s\S]*?(?=^source:)/m, "")
					.replace(/\n\nteacher:[\s\S]*$/, ""),
			),
		);
		blocks.set("own-pipeline", fence("ts", readText("examples/describe-then-answer.ts")));
		blocks.set("asking-pipeline", fence("ts", readText("examples/one-sentence.ts")));
		blocks.set("settings", renderSettings());
		return blocks;
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

/** The text with each block's content put between its marks. @throws Error for a block that nobody makes */
export function fillBlocks(markdown: string, blocks: ReadonlyMap<string, string>): string {
	return markdown.replace(/(<!-- begin ([a-z-]+) -->\n)[\s\S]*?(?=<!-- end -->)/g, (_, mark: string, name: string) => {
		const content = blocks.get(name);
		if (content === undefined) throw new Error(`the docs have a block "${name}", which docs-blocks.ts does not make`);
		return `${mark}${content}\n`;
	});
}

/** Without what differs from one machine to another: times, and how Node words a JSON error. */
export function withoutChance(markdown: string): string {
	return markdown.replace(/; \d+ s$/gm, "; N s").replace(/(is not valid JSON: ).*? \(line-unreadable\)/g, "$1... (line-unreadable)");
}

async function runProgram(command: readonly string[], out: string, shownAs: string): Promise<string> {
	let text = "";
	const write = (part: string) => {
		text += part;
	};
	const terminal = { out: write, err: write, env: {}, outIsTty: false, errIsTty: false, columns: () => 80 };
	const [name = "", config = ""] = command;
	const root = packageFolder();
	const code = await createProgram(createHandlers(terminal), terminal).parse([name, join(root, config), "--out", out, "--no-progress"]);
	if (code !== 0) throw new Error(`candor ${command.join(" ")} ended with ${code}: ${text}`);
	return text
		.replaceAll(`folder:   ${out}`, `folder:   ${readersFolder}/${shownAs}`)
		.replaceAll(relative(process.cwd(), out), shownAs)
		.replaceAll(`${root}/`, `${readersFolder}/`)
		.trimEnd();
}

function renderRow(run: string, pipeline: string, line: number): string {
	const row = readRow(run, pipeline, line);
	const { meta, ...trained } = row;
	const { questionId, task, scenario, timing, tone, pressure, question } = meta as Record<string, string>;
	const photo = readPhoto(questionId ?? "");
	const file = `datasets/runs/quickstart/${pipeline}/${pipeline}-00000-of-00001.jsonl`;
	return [
		fence("sh", `sed -n ${line}p ${file} | jq 'del(.meta)'`),
		"",
		`<img src="datasets/sample/photos/${photo}" alt="The row's picture, to which belongs the question: ${question}" width="280">`,
		"",
		`Its \`meta\` says: ${[task, scenario, timing, tone, pressure].filter((fact) => fact !== undefined).join(", ")}.`,
		"",
		fence("json", JSON.stringify(trained, undefined, 2)),
	].join("\n");
}

function readRow(run: string, pipeline: string, line: number): Record<string, unknown> {
	const text = readFileSync(join(run, pipeline, `${pipeline}-00000-of-00001.jsonl`), "utf8").split("\n")[line - 1];
	return JSON.parse(text ?? "") as Record<string, unknown>;
}

function readPhoto(questionId: string): string {
	const path = "datasets/sample/questions.jsonl";
	const questions = parseJsonlList(readText(path), path) as { id: string; image: string }[];
	const photo = questions.find(({ id }) => id === questionId)?.image;
	if (photo === undefined) throw new Error(`${path} has no question ${questionId}`);
	return photo;
}

/** Every setting with its default and meaning. */
function renderSettings(): string {
	const root = configJsonSchema() as JsonNode;
	const rows = listSettings().map(({ path, variable }) => {
		const node = nodeAt(path.split("."), root);
		return `| \`${path}\` | ${node.default === undefined ? "" : `\`${JSON.stringify(node.default)}\``} | ${meanings[path] ?? describe(node)} | \`${variable}\` |`;
	});
	return ["| setting | default | meaning | environment |", "|---|---|---|---|", ...rows].join("\n");
}

/** For settings that the schema does not describe by themselves. */
const meanings: Readonly<Record<string, string>> = {
	"source.type": "`sample`: the photographs and questions that come with Candor. `jsonl`: your own questions, one JSON object a line.",
	"teacher.temperature": "Sampling temperature.",
	"teacher.topP": "Nucleus sampling; absent: the server's own.",
};

function describe(node: JsonNode): string {
	const [text = "", unit] = (node.description ?? "").split(/\s*@unit\s+/);
	if (text === "") throw new Error("a setting has no description");
	return `${text}${unit === undefined ? "" : ` In ${unit}.`}`.replaceAll("|", "\\|");
}

function nodeAt(path: readonly string[], root: JsonNode): JsonNode {
	let nodes: readonly JsonNode[] = [root];
	for (const key of path) nodes = nodes.flatMap((node) => node.oneOf ?? [node]).flatMap((node) => node.properties?.[key] ?? []);
	const [node] = nodes;
	if (node === undefined) throw new Error(`the schema has no ${path.join(".")}`);
	return node;
}

function readText(path: string): string {
	return readFileSync(join(packageFolder(), path), "utf8").trimEnd();
}

function fence(language: string, text: string): string {
	return `\`\`\`${language}\n${text}\n\`\`\``;
}
