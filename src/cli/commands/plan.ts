import type { Argv } from "yargs";
import type { ExitCode } from "../../records/errors.js";
import { switchFlag } from "../flags.js";
import type { Handlers } from "../handlers.js";
import { readSettings, runFlags } from "./run.js";

const { pipeline, rows, out, seed, "teacher.model": model } = runFlags;

export const planFlags = {
	pipeline,
	rows,
	out,
	seed,
	"teacher.model": model,
	json: switchFlag({ group: "What is shown:", describe: "Print the plan as JSON" }),
};

export function addPlanCommand(yargs: Argv, handle: Handlers["plan"], finish: (code: ExitCode) => void): Argv {
	return yargs.command(
		"plan <config>",
		"Tell what a run would ask and what it would cost, without asking",
		(command) =>
			command
				.positional("config", { type: "string", demandOption: true, describe: "The config file (YAML or JSON)" })
				.options(planFlags)
				.example("$0 plan candor.yaml", "requests, tokens and cost by pipeline and stage")
				.example("$0 plan candor.yaml --rows 10000", "what ten thousand rows of each kind would cost"),
		async (given) =>
			finish(
				await handle({
					config: given.config,
					settings: readSettings(given),
					pipelines: given.pipeline ?? [],
					json: given.json === true,
				}),
			),
	);
}
