import type { Argv } from "yargs";
import { suggestion } from "../../config/suggest.js";
import { configurationError, type ExitCode } from "../../records/errors.js";
import { switchFlag, textFlag } from "../flags.js";
import type { Handlers, LedgerArguments } from "../handlers.js";

export const ledgerFlags = {
	out: textFlag("out", { group: "What is written:", describe: "export: this file, whole or not at all", defaultDescription: "standard output" }),
	"drop-damaged": switchFlag({ group: "What is written:", describe: "verify: remove the entries that are damaged; they are asked for again" }),
	json: switchFlag({ group: "What is shown:", describe: "Print the counts as JSON" }),
};

const actions = ["stats", "verify", "export", "import", "merge"] as const;

export function addLedgerCommand(yargs: Argv, handle: Handlers["ledger"], finish: (code: ExitCode) => void): Argv {
	return yargs.command(
		"ledger <action> <run> [more..]",
		"Look into the replies that a run has paid for, check them, carry them elsewhere",
		(command) =>
			command
				.positional("action", {
					type: "string",
					demandOption: true,
					describe:
						"stats: what is in it; verify: read and check every entry; export: as JSON Lines; import FILE: bring those back; merge OTHER..: add other ledgers",
				})
				.positional("run", { type: "string", demandOption: true, describe: "The run's folder, or the ledger's own" })
				.positional("more", { type: "string", array: true, default: [], defaultDescription: "none", describe: "The file to import, or the folders to merge" })
				.options(ledgerFlags)
				.example("$0 ledger stats datasets/runs/quickstart", "how many replies, tokens and failures, and how long they took")
				.example("$0 ledger export datasets/runs/quickstart --out replies.jsonl", "to keep, or to carry to another machine")
				.example("$0 ledger import datasets/runs/again replies.jsonl", "a run there asks for none of them")
				.example("$0 ledger merge datasets/runs/all part-1 part-2", "what several machines have asked, in one"),
		async (given) =>
			finish(
				await handle(
					readAction({
						action: given.action,
						run: given.run,
						more: given.more,
						out: given.out,
						dropDamaged: given["drop-damaged"] === true,
						json: given.json === true,
					}),
				),
			),
	);
}

/** The action with what it takes, and nothing that it does not. */
function readAction(given: { action: string; run: string; more: string[]; out: string | undefined; dropDamaged: boolean; json: boolean }): LedgerArguments {
	const { run, more, out, dropDamaged, json } = given;
	const action = actions.find((name) => name === given.action);
	if (action === undefined) {
		throw usageError(`ledger: "${given.action}" is not allowed: give one of ${actions.join(", ")}${suggestion(given.action, actions)}`);
	}
	if (out !== undefined && action !== "export") throw usageError("--out: is for ledger export only");
	if (dropDamaged && action !== "verify") throw usageError("--drop-damaged: is for ledger verify only");
	const [file, extra] = more;
	switch (action) {
		case "import":
			if (file === undefined) throw usageError("ledger import: the file is missing");
			if (extra !== undefined) throw usageError(`"${extra}": one argument too many for ledger import`);
			return { action, run, file, json };
		case "merge":
			if (file === undefined) throw usageError("ledger merge: the other ledgers are missing");
			return { action, run, others: more, json };
		default:
			if (file !== undefined) throw usageError(`"${file}": one argument too many for ledger ${action}`);
			return action === "verify" ? { action, run, dropDamaged, json } : action === "export" ? { action, run, out, json } : { action, run, json };
	}
}

function usageError(message: string): Error {
	return configurationError(message, "See: candor ledger --help");
}
