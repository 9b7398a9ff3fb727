import type { Argv } from "yargs";
import type { ExitCode } from "../../records/errors.js";
import { listFlag, switchFlag, textFlag, wholeNumberFlag } from "../flags.js";
import type { Handlers } from "../handlers.js";

const drawing = "What is drawn:";
const output = "What is shown:";

export const previewFlags = {
	rows: wholeNumberFlag("rows", 1, { group: drawing, describe: "Rows in all", defaultDescription: "20" }),
	seed: wholeNumberFlag("seed", 0, { group: drawing, describe: "Which rows are drawn follows from it", defaultDescription: "0" }),
	pipeline: listFlag("pipeline", { group: drawing, describe: "Only rows of this pipeline; may be given several times", defaultDescription: "all" }),
	html: textFlag("html", {
		group: output,
		describe: "Print nothing, and write the page with the pictures to this file",
		defaultDescription: "preview.html in the run's folder",
	}),
	json: switchFlag({ group: output, describe: "Print the rows as JSON Lines" }),
};

export function addPreviewCommand(yargs: Argv, handle: Handlers["preview"], finish: (code: ExitCode) => void): Argv {
	return yargs.command(
		"preview <run>",
		"Read some rows of a run",
		(command) =>
			command
				.positional("run", { type: "string", demandOption: true, describe: "The run's folder" })
				.options(previewFlags)
				.conflicts("html", "json")
				.example("$0 preview datasets/runs/quickstart", "20 rows in the terminal; with their pictures in preview.html")
				.example("$0 preview datasets/runs/quickstart --html preview.html", "only the page, somewhere else"),
		async (given) =>
			finish(
				await handle({
					run: given.run,
					seed: given.seed ?? 0,
					rows: given.rows ?? 20,
					pipelines: given.pipeline ?? [],
					html: given.html,
					json: given.json === true,
				}),
			),
	);
}
