import type { Argv } from "yargs";
import type { ExitCode } from "../../records/errors.js";
import { listFlag, switchFlag, textFlag, wholeNumberFlag } from "../flags.js";
import type { Handlers, RunArguments } from "../handlers.js";

const making = "What is made:";
const teacher = "Who answers:";
const output = "What is shown:";
const fromConfig = "the config's";

export const runFlags = {
	pipeline: listFlag("pipeline", {
		group: making,
		describe: "Make only this: srt, sft, dpo, or the path of a pipeline file; may be given several times",
		defaultDescription: fromConfig,
	}),
	rows: wholeNumberFlag("rows", 1, { group: making, describe: "Rows per pipeline; for dpo, pairs", defaultDescription: fromConfig }),
	out: textFlag("out", { group: making, describe: "The run's folder, relative to the working directory", defaultDescription: fromConfig }),
	seed: wholeNumberFlag("seed", 0, { group: making, describe: "The number that every random choice follows from", defaultDescription: fromConfig }),
	only: textFlag("only", { group: making, describe: "Only the candidate with this group, to look into one row" }),
	extend: switchFlag({ group: making, describe: "Go on with a run whose config now asks for more rows, other shards, more attempts or another teacher" }),
	concurrency: wholeNumberFlag("concurrency", 1, { group: teacher, describe: "Requests in flight at most", defaultDescription: fromConfig }),
	"teacher.base-url": textFlag("teacher.base-url", {
		group: teacher,
		describe: "The server's address, such as http://localhost:8000/v1",
		defaultDescription: fromConfig,
	}),
	"teacher.model": textFlag("teacher.model", { group: teacher, describe: "The model's name, as the server knows it", defaultDescription: fromConfig }),
	pilot: wholeNumberFlag("pilot", 1, {
		group: making,
		describe: "First make so many rows of each pipeline, show some with what the rest will cost, and ask before going on",
	}),
	yes: switchFlag({ group: making, describe: "Go on after the pilot without being asked" }),
	"dry-run": switchFlag({ group: output, describe: "Ask nobody: print what would be asked and what it would cost, as candor plan does" }),
	"print-config": switchFlag({ group: output, describe: "Print the whole config, with where each value came from, and stop" }),
	json: switchFlag({ group: output, describe: "Print the summary (or the config) as JSON" }),
	quiet: switchFlag({ group: output, describe: "Print errors only" }),
	"no-progress": switchFlag({ group: output, describe: "Show no progress" }),
};

/** The settings that flags stand for, by flag. */
const settingPaths = {
	rows: "rows",
	out: "out",
	seed: "seed",
	concurrency: "teacher.concurrency",
	"teacher.base-url": "teacher.baseUrl",
	"teacher.model": "teacher.model",
} as const;

/** What the flags of a command line say of the config. */
export function readSettings(given: Partial<Record<keyof typeof settingPaths, unknown>>): RunArguments["settings"] {
	return (Object.keys(settingPaths) as (keyof typeof settingPaths)[])
		.filter((flag) => given[flag] !== undefined)
		.map((flag) => ({ flag: `--${flag}`, path: settingPaths[flag], value: given[flag] }));
}

export function addRunCommand(yargs: Argv, handle: Handlers["run"], finish: (code: ExitCode) => void): Argv {
	return yargs.command(
		"run <config>",
		"Make the rows that a config describes, or go on where a run was stopped",
		(command) =>
			command
				.positional("config", { type: "string", demandOption: true, describe: "The config file (YAML or JSON)" })
				.options(runFlags)
				.conflicts("pilot", ["only", "dry-run"])
				.implies("yes", "pilot")
				.example("$0 run configs/quickstart.yaml", "120 rows of each kind, offline")
				.example("$0 run candor.yaml --pipeline srt --rows 50", "a first look at one pipeline")
				.example("$0 run candor.yaml --pilot 20", "twenty rows of each kind, then a question: is it worth the rest?")
				.example("$0 run candor.yaml --rows 10000 --extend", "more rows from the same run")
				.example("$0 run candor.yaml --print-config", "where each setting comes from"),
		async (given) => {
			finish(
				await handle({
					config: given.config,
					settings: readSettings(given),
					pipelines: given.pipeline ?? [],
					only: given.only,
					extend: given.extend === true,
					pilot: given.pilot,
					yes: given.yes === true,
					dryRun: given["dry-run"] === true,
					printConfig: given["print-config"] === true,
					json: given.json === true,
					quiet: given.quiet === true,
					progress: given["no-progress"] !== true,
				}),
			);
		},
	);
}
