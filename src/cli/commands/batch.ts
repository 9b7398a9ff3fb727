import type { Argv } from "yargs";
import { suggestion } from "../../config/suggest.js";
import { configurationError, type ExitCode } from "../../records/errors.js";
import { switchFlag, textFlag } from "../flags.js";
import type { Handlers } from "../handlers.js";

const output = "What is shown:";
const written = "What is written:";

const json = { json: switchFlag({ group: output, describe: "Print it as JSON" }) };
const extend = { extend: switchFlag({ describe: "Go on with a run whose config now asks for more rows, other shards, more attempts or another teacher" }) };
const exporting = {
	out: textFlag("out", { group: written, describe: "The file of requests", defaultDescription: "the config's out, with -requests.jsonl after it" }),
	images: textFlag("images", {
		group: written,
		describe: "embed: pictures stand in the file; file: only where they lie (vLLM: --allowed-local-media-path)",
		defaultDescription: "embed",
	}),
};
export const batchFlags = { ...exporting, ...extend, ...json };

export function addBatchCommand(yargs: Argv, handle: Handlers["batch"], finish: (code: ExitCode) => void): Argv {
	return yargs.command("batch <action>", "Provider batches of a run, and files of requests for offline engines", (command) =>
		command
			.command(
				"status <run>",
				"Show the batches of a run",
				(action) => action.positional("run", { type: "string", demandOption: true, describe: "The run's folder" }).options(json),
				async (given) => finish(await handle({ action: "status", run: given.run, json: given.json === true })),
			)
			.command(
				"cancel <run>",
				"End the batches of a run that are on their way, and keep what they have brought",
				(action) => action.positional("run", { type: "string", demandOption: true, describe: "The run's folder" }).options(json),
				async (given) => finish(await handle({ action: "cancel", run: given.run, json: given.json === true })),
			)
			.command(
				"export <config>",
				"Write all that a run would ask now to a file, as OpenAI's batches and vllm run-batch read it",
				(action) =>
					action
						.positional("config", { type: "string", demandOption: true, describe: "The config file" })
						.options({ ...exporting, ...extend, ...json })
						.example("$0 batch export candor.yaml --out requests.jsonl", "then: vllm run-batch -i requests.jsonl -o results.jsonl --model ..."),
				async (given) =>
					finish(
						await handle({
							action: "export",
							config: given.config,
							out: given.out,
							images: readImages(given.images ?? "embed"),
							extend: given.extend === true,
							json: given.json === true,
						}),
					),
			)
			.command(
				"import <config> <results>",
				"Put an engine's results into the run; candor run or another export goes on",
				(action) =>
					action
						.positional("config", { type: "string", demandOption: true, describe: "The config file" })
						.positional("results", { type: "string", demandOption: true, describe: "The engine's file of results" })
						.options({ ...extend, ...json }),
				async (given) =>
					finish(await handle({ action: "import", config: given.config, results: given.results, extend: given.extend === true, json: given.json === true })),
			)
			.demandCommand(1, "Missing required argument: action"),
	);
}

function readImages(text: string): "embed" | "file" {
	if (text === "embed" || text === "file") return text;
	throw configurationError(`--images: "${text}" is not allowed: must be embed or file${suggestion(text, ["embed", "file"])}`);
}
