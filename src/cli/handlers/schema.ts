import { configJsonSchema } from "../../config/json-schema.js";
import { type ExitCode, exitCodes } from "../../records/errors.js";
import type { Terminal } from "../terminal.js";

export async function handleSchema(terminal: Terminal): Promise<ExitCode> {
	terminal.out(`${JSON.stringify(configJsonSchema(), undefined, 2)}\n`);
	return exitCodes.ok;
}
