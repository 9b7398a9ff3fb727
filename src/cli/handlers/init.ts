import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { configJsonSchema } from "../../config/json-schema.js";
import { configurationError, type ExitCode, exitCodes, messageOf } from "../../records/errors.js";
import { makeFolders } from "../../shards/make-folders.js";
import type { InitArguments } from "../handlers.js";
import type { Terminal } from "../terminal.js";

const starterConfig = `# yaml-language-server: $schema=./candor.schema.json
#
# What to make, and who answers. It works as it stands, offline; change it step by step.

# The run's name, as the dataset card gives it.
name: my-corpus

# Every random choice follows from this number: the same seed makes the same rows.
seed: 7

# What is made: srt (answers that look, weigh up and then conclude), sft (plain replies), dpo (a good and a bad reply).
pipelines: [srt, sft, dpo]

# Rows per pipeline; for dpo, pairs.
rows: 60

# Where the run's folder goes, relative to the working directory.
out: runs/my-corpus

# What happens when a task runs out of questions: skip leaves its places empty, spread gives them to other tasks, fail
# stops.
onShort: spread

# Where the visual questions come from: the sample that comes with Candor.
source:
  type: sample

# Or your own, one JSON object a line, with the names that your file uses:
# source:
#   type: jsonl
#   path: questions.jsonl
#   images: pictures
#   fields:
#     id: id
#     image: image
#     question: question
#     answer: answer
#     task: task

# Who writes the replies: scripted works offline, from what is known about the sample's pictures.
teacher:
  type: scripted

# Or a real model, on any server that speaks OpenAI's chat completions (vLLM, Ollama, a provider):
# teacher:
#   type: openai
#   baseUrl: http://localhost:8000/v1
#   model: Qwen/Qwen2.5-VL-7B-Instruct
#   # The NAME of the environment variable that holds the key; see .env.example.
#   apiKeyEnv: OPENAI_API_KEY
#   concurrency: 16
`;

const environmentExample = `# Keys come from the environment only. Copy this file to .env, fill it in, keep it out of version control, and load it
# before a run:
#   set -a; . ./.env; set +a
OPENAI_API_KEY=

# Any setting of the config can be given here too, for example:
# CANDOR_TEACHER_BASE_URL=http://localhost:8000/v1
# CANDOR_ROWS=200
`;

/**
 * Writes the starter config, its JSON Schema and an example of the environment.
 * @throws CandorError (exit 2) where one of them is there, or the folder cannot be written to
 */
export async function handleInit({ folder }: InitArguments, terminal: Terminal): Promise<ExitCode> {
	const files: Readonly<Record<string, string>> = {
		"candor.yaml": starterConfig,
		"candor.schema.json": `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`,
		".env.example": environmentExample,
	};
	const there = Object.keys(files)
		.map((name) => join(folder, name))
		.filter((path) => existsSync(path));
	if (there.length > 0) {
		throw configurationError(`${there.join(", ")}: already there; nothing was written`, "Give another folder: candor init <folder>");
	}
	try {
		await makeFolders(resolve(folder));
		for (const [name, text] of Object.entries(files)) {
			writeFileSync(join(folder, name), text, { flag: "wx" });
		}
	} catch (thrown) {
		throw configurationError(`${folder}: cannot be written to: ${messageOf(thrown)}`, undefined, thrown);
	}
	const config = join(folder, "candor.yaml");
	terminal.err(`Wrote ${Object.keys(files)
		.map((name) => join(folder, name))
		.join(", ")}.

Next:
  candor run ${config}                  make a first small dataset, offline
  candor run ${config} --print-config   see every setting and where it comes from
`);
	return exitCodes.ok;
}
