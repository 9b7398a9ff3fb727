import type { Argv } from "yargs";
import type { ExitCode } from "../../records/errors.js";
import { listFlag, switchFlag } from "../flags.js";
import type { Handlers } from "../handlers.js";

const which = "Which candidates:";
const output = "What is shown:";

export const retryFlags = {
	reason: listFlag("reason", { group: which, describe: "Those rejected for this reason, as rejects.jsonl has it; may be given several times" }),
	pipeline: listFlag("pipeline", { group: which, describe: "Only those of this pipeline; may be given several times", defaultDescription: "all" }),
	task: listFlag("task", { group: which, describe: "Only those of this task; may be given several times", defaultDescription: "all" }),
	"dry-run": switchFlag({ group: output, describe: "Say how many candidates that are, and stop" }),
	json: switchFlag({ group: output, describe: "Print the summary (or the counts) as JSON" }),
	quiet: switchFlag({ group: output, describe: "Print errors only" }),
	"no-progress": switchFlag({ group: output, describe: "Show no progress" }),
};

export function addRetryCommand(yargs: Argv, handle: Handlers["retry"], finish: (code: ExitCode) => void): Argv {
	return yargs.command(
		"retry <run>",
		"Give rejected candidates of a run one more attempt, and go on with the run",
		(command) =>
			command
				.positional("run", { type: "string", demandOption: true, describe: "The run's folder" })
				.options(retryFlags)
				.example("$0 retry datasets/runs/mine --reason reply-cut-off --dry-run", "how many candidates that would be")
				.example("$0 retry datasets/runs/mine --reason request-failed --reason reply-unparsable", "ask for those again"),
		async (given) =>
			finish(
				await handle({
					run: given.run,
					reasons: given.reason ?? [],
					pipelines: given.pipeline ?? [],
					tasks: given.task ?? [],
					dryRun: given["dry-run"] === true,
					json: given.json === true,
					quiet: given.quiet === true,
					progress: given["no-progress"] !== true,
				}),
			),
	);
}
