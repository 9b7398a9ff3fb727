import type { Argv } from "yargs";
import type { ExitCode } from "../../records/errors.js";
import { switchFlag, textFlag, wholeNumberFlag } from "../flags.js";
import type { Handlers } from "../handlers.js";

const asking = "What is asked for:";
const output = "What is shown:";

export const firstAnswersFlags = {
	wrong: wholeNumberFlag("wrong", 1, { group: asking, describe: "Wrong answers in all, shared among the tasks as the config shares rows" }),
	out: textFlag("out", {
		group: asking,
		describe: "The folder for answers, replies and pictures",
		defaultDescription: "the config's out, with -first-answers after it",
	}),
	json: switchFlag({ group: output, describe: "Print the summary as JSON" }),
	quiet: switchFlag({ group: output, describe: "Print errors only" }),
	"no-progress": switchFlag({ group: output, describe: "Show no progress" }),
};

export function addFirstAnswersCommand(yargs: Argv, handle: Handlers["firstAnswers"], finish: (code: ExitCode) => void): Argv {
	return yargs.command(
		"first-answers <config>",
		"Ask the student bare questions until it has been wrong often enough, for dialogue.firstAnswers",
		(command) =>
			command
				.positional("config", { type: "string", demandOption: true, describe: "The config file; its student is asked about its source" })
				.options(firstAnswersFlags)
				.demandOption("wrong")
				.example("$0 first-answers candor.yaml --wrong 2000", "some 12,000 questions, where a sixth of the answers is wrong"),
		async (given) =>
			finish(
				await handle({
					config: given.config,
					wrong: given.wrong,
					out: given.out,
					json: given.json === true,
					quiet: given.quiet === true,
					progress: given["no-progress"] !== true,
				}),
			),
	);
}
