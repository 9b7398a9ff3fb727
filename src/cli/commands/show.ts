import type { Argv } from "yargs";
import type { ExitCode } from "../../records/errors.js";
import { switchFlag } from "../flags.js";
import type { Handlers } from "../handlers.js";

export const showFlags = {
	json: switchFlag({ group: "What is shown:", describe: "Print it as JSON" }),
};

export function addShowCommand(yargs: Argv, handle: Handlers["show"], finish: (code: ExitCode) => void): Argv {
	return yargs.command(
		"show <run> <id>",
		"Show how one row came about: its turns, what the teacher was asked, what it replied",
		(command) =>
			command
				.positional("run", { type: "string", demandOption: true, describe: "The run's folder" })
				.positional("id", { type: "string", demandOption: true, describe: "A row's id, or a candidate's group" })
				.options(showFlags)
				.example("$0 show datasets/runs/quickstart <id>", "ids are in the rows and in rejects.jsonl"),
		async (given) => finish(await handle({ run: given.run, id: given.id, json: given.json === true })),
	);
}
