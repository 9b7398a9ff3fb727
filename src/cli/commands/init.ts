import type { Argv } from "yargs";
import type { ExitCode } from "../../records/errors.js";
import type { Handlers } from "../handlers.js";

export function addInitCommand(yargs: Argv, handle: Handlers["init"], finish: (code: ExitCode) => void): Argv {
	return yargs.command(
		"init [folder]",
		"Write a starter config; overwrites nothing",
		(command) =>
			command
				.positional("folder", { type: "string", default: ".", describe: "Where candor.yaml goes" })
				.example("$0 init my-corpus", "writes my-corpus/candor.yaml"),
		async (given) => finish(await handle({ folder: given.folder })),
	);
}
