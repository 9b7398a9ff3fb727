import type { Argv } from "yargs";
import type { ExitCode } from "../../records/errors.js";
import { switchFlag } from "../flags.js";
import type { Handlers } from "../handlers.js";

export const validateFlags = {
	json: switchFlag({ group: "What is shown:", describe: "Print the report as JSON" }),
};

export function addValidateCommand(yargs: Argv, handle: Handlers["validate"], finish: (code: ExitCode) => void): Argv {
	return yargs.command(
		"validate <paths..>",
		"Check rows against their schema and the rules; exit 3 where one does not pass",
		(command) =>
			command
				.positional("paths", { type: "string", array: true, demandOption: true, describe: "Run folders, pipeline folders or JSONL files" })
				.options(validateFlags)
				.example("$0 validate datasets/runs/quickstart", "all shards of a run")
				.example("$0 validate corpus.jsonl --json", "one file, for a program to read"),
		async (given) => finish(await handle({ paths: given.paths, json: given.json === true })),
	);
}
