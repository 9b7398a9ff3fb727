import type { Argv } from "yargs";
import type { ExitCode } from "../../records/errors.js";
import type { Handlers } from "../handlers.js";

export function addSchemaCommand(yargs: Argv, handle: Handlers["schema"], finish: (code: ExitCode) => void): Argv {
	return yargs.command(
		"schema",
		"Print the config's JSON Schema: every setting with its meaning, unit and default",
		(command) => command.example("$0 schema > config.schema.json", "for an editor"),
		async () => finish(await handle()),
	);
}
