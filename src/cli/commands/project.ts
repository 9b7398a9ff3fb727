import type { Argv } from "yargs";
import { suggestion } from "../../config/suggest.js";
import { configurationError, type ExitCode } from "../../records/errors.js";
import { listFlag, switchFlag, textFlag, wholeNumberFlag } from "../flags.js";
import type { Handlers } from "../handlers.js";

const taking = "Which rows are taken:";
const output = "What is shown:";

export const projectFlags = {
	out: textFlag("out", { group: "What is written:", describe: "The new folder; one that the same command made is made anew" }),
	where: listFlag("where", {
		group: taking,
		describe: "Only rows with one of these values in a field of meta (scenario=misleading,corrective); may be given several times: a row must fit all",
		defaultDescription: "all",
	}),
	first: wholeNumberFlag("first", 1, { group: taking, describe: "Of those, the first so many of each pipeline: the smaller corpus of the same shares" }),
	pipeline: listFlag("pipeline", { group: taking, describe: "Only this pipeline; may be given several times", defaultDescription: "all" }),
	trace: textFlag("trace", { group: taking, describe: "none: without their reasoning, srt rows become plain ones; other pipelines are left out" }),
	json: switchFlag({ group: output, describe: "Print the summary as JSON" }),
};

export function addProjectCommand(yargs: Argv, handle: Handlers["project"], finish: (code: ExitCode) => void): Argv {
	return yargs.command(
		"project <run>",
		"Take some of a run's rows as a corpus of its own; asks nobody anything",
		(command) =>
			command
				.positional("run", { type: "string", demandOption: true, describe: "The run's folder" })
				.options(projectFlags)
				.demandOption("out")
				.example("$0 project datasets/runs/quickstart --out datasets/runs/naive --pipeline sft --where scenario=misleading", "naive SFT: misleading rows only")
				.example("$0 project datasets/runs/quickstart --out datasets/runs/plain --trace none", "srt rows without their reasoning"),
		async (given) =>
			finish(
				await handle({
					run: given.run,
					out: given.out,
					where: given.where ?? [],
					first: given.first,
					trace: given.trace === undefined ? undefined : readTrace(given.trace),
					pipelines: given.pipeline ?? [],
					json: given.json === true,
				}),
			),
	);
}

function readTrace(text: string): "none" {
	if (text === "none") return text;
	throw configurationError(`--trace: "${text}" is not allowed: must be none${suggestion(text, ["none"])}`);
}
