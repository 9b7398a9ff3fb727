import type { Argv } from "yargs";
import type { ExitCode } from "../../records/errors.js";
import { switchFlag } from "../flags.js";
import type { Handlers } from "../handlers.js";
import { readSettings, teacherFlags } from "./run.js";

const asking = "What is examined:";
const output = "What is shown:";

export const doctorFlags = {
	student: switchFlag({ group: asking, describe: "Examine the config's student, too" }),
	...teacherFlags,
	json: switchFlag({ group: output, describe: "Print what was found as JSON" }),
};

export function addDoctorCommand(yargs: Argv, handle: Handlers["doctor"], finish: (code: ExitCode) => void): Argv {
	return yargs.command(
		"doctor <config>",
		"Find out, with a few small requests, what the teacher's server can do and which settings suit it",
		(command) =>
			command
				.positional("config", { type: "string", demandOption: true, describe: "The config file; nothing is made of it" })
				.options(doctorFlags)
				.example("$0 doctor configs/local-vllm.yaml", "before the first run")
				.example("$0 doctor candor.yaml --teacher.model llava", "whether another model sees pictures"),
		async (given) => finish(await handle({ config: given.config, settings: readSettings(given), student: given.student === true, json: given.json === true })),
	);
}
