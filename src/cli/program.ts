import { readFileSync } from "node:fs";
import yargs from "yargs";
import { suggestion } from "../config/suggest.js";
import { configurationError, type ExitCode, exitCodes, messageOf } from "../records/errors.js";
import { addBatchCommand, batchFlags } from "./commands/batch.js";
import { addFirstAnswersCommand, firstAnswersFlags } from "./commands/first-answers.js";
import { addInitCommand } from "./commands/init.js";
import { addLedgerCommand, ledgerFlags } from "./commands/ledger.js";
import { addPlanCommand, planFlags } from "./commands/plan.js";
import { addPreviewCommand, previewFlags } from "./commands/preview.js";
import { addProjectCommand, projectFlags } from "./commands/project.js";
import { addRetryCommand, retryFlags } from "./commands/retry.js";
import { addRunCommand, runFlags } from "./commands/run.js";
import { addScenesCommand, scenesFlags } from "./commands/scenes.js";
import { addSchemaCommand } from "./commands/schema.js";
import { addShowCommand, showFlags } from "./commands/show.js";
import { addValidateCommand, validateFlags } from "./commands/validate.js";
import type { Handlers } from "./handlers.js";
import type { Terminal } from "./terminal.js";

export interface Program {
	/**
	 * Reads the arguments and does what they say.
	 * @throws CandorError (exit 2) for arguments that say nothing possible, and whatever the handler throws
	 */
	parse(args: readonly string[]): Promise<ExitCode>;
}

const flagsByCommand: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
	run: runFlags,
	plan: planFlags,
	validate: validateFlags,
	preview: previewFlags,
	show: showFlags,
	project: projectFlags,
	"first-answers": firstAnswersFlags,
	scenes: scenesFlags,
	ledger: ledgerFlags,
	retry: retryFlags,
	batch: batchFlags,
	init: {},
	schema: {},
};

/** The command line, with what its commands do. */
export function createProgram(handlers: Handlers, terminal: Terminal): Program {
	return {
		parse: async (args) => {
			refuseSwitchValues(args);
			let code: ExitCode = exitCodes.ok;
			const parser = createParser(args, handlers, terminal, (given) => {
				code = given;
			});
			// The callback takes yargs' own output (help, version), which it would otherwise write past the terminal.
			await parser.parseAsync([...args], {}, (_error: unknown, _given: unknown, text: string) => {
				if (text !== "") {
					terminal.out(`${text}\n`);
				}
			});
			return code;
		},
	};
}

function createParser(args: readonly string[], handlers: Handlers, terminal: Terminal, finish: (code: ExitCode) => void) {
	const parser = yargs()
		.scriptName("candor")
		.detectLocale(false)
		.parserConfiguration({
			"boolean-negation": false,
			"camel-case-expansion": false,
			"dot-notation": false,
			"greedy-arrays": false,
			"parse-numbers": false,
			"parse-positional-numbers": false,
		})
		.usage(
			"$0 <command>\n\nTraining data that teaches a vision-language model to hold its ground when the user is wrong, and to change its mind when the user is right.",
		);
	addRunCommand(parser, handlers.run, finish);
	addPlanCommand(parser, handlers.plan, finish);
	addValidateCommand(parser, handlers.validate, finish);
	addPreviewCommand(parser, handlers.preview, finish);
	addShowCommand(parser, handlers.show, finish);
	addProjectCommand(parser, handlers.project, finish);
	addFirstAnswersCommand(parser, handlers.firstAnswers, finish);
	addInitCommand(parser, handlers.init, finish);
	addSchemaCommand(parser, handlers.schema, finish);
	addScenesCommand(parser, handlers.scenes, finish);
	addLedgerCommand(parser, handlers.ledger, finish);
	addRetryCommand(parser, handlers.retry, finish);
	addBatchCommand(parser, handlers.batch, finish);
	return parser
		.demandCommand(1, "no command")
		.strict()
		.exitProcess(false)
		.help()
		.alias("help", "h")
		.version(`candor ${readVersion()} (node ${process.version})`)
		.group(["help", "version"], "Other:")
		.example("$0 init my-corpus", "write a starter config")
		.example("$0 run configs/quickstart.yaml", "make a first small dataset, offline")
		.example("$0 preview datasets/runs/quickstart", "read some of its rows")
		.epilogue(
			"Settings: flags over environment (CANDOR_ROWS, CANDOR_TEACHER_BASE_URL, ...) over the config over defaults.\n\n" +
				"Exit status: 0 done, 1 unexpected, 2 config or flags, 3 a check not passed, 4 teacher out of reach, 5 budget reached, 130/143 interrupted.",
		)
		.wrap(Math.max(60, Math.min(100, terminal.columns())))
		.fail((message, error) => {
			// Yargs' own errors, and those of our flags' coercions, which it wraps: both come as YError.
			throw error === undefined || error === null || error.name === "YError" ? usageError(message || messageOf(error), args) : error;
		});
}

/** yargs' complaints in our words, with the flag or command that was probably meant. */
function usageError(message: string, args: readonly string[]): Error {
	const commands = Object.keys(flagsByCommand);
	const command = args.find((arg) => commands.includes(arg));
	const help = `See: candor ${command === undefined ? "" : `${command} `}--help`;
	const unknown = /^Unknown (?:argument|command)s?: (.+)$/s.exec(message)?.[1]?.split(", ");
	if (unknown !== undefined) {
		// Without a command the others cannot be judged.
		return configurationError(
			unknown
				.slice(0, command === undefined ? 1 : undefined)
				.map((name) => describeUnknown(name, command, args))
				.join("\n"),
			help,
		);
	}
	const withoutValue = /^Not enough arguments following: (.+)$/.exec(message)?.[1];
	if (withoutValue !== undefined) {
		return configurationError(`--${withoutValue}: needs a value`, help);
	}
	if (message === "no command") {
		const first = args[0];
		return configurationError(
			first === undefined ? `no command: give one of ${commands.join(", ")}` : describeUnknown(first.replace(/^--?|=.*$/gs, ""), undefined, args),
			help,
		);
	}
	if (message.startsWith("Not enough non-option arguments") || message.startsWith("Missing required argument")) {
		return configurationError(`${command ?? "candor"}: ${missing[command ?? ""] ?? "an argument"} is missing`, help);
	}
	return configurationError(message.charAt(0).toLowerCase() + message.slice(1), help);
}

const missing: Readonly<Record<string, string>> = {
	run: "the config file",
	plan: "the config file",
	validate: "a run's folder or a JSONL file",
	preview: "the run's folder",
	"first-answers": "the config file or --wrong",
	show: "the run's folder or the row's id",
	project: "the run's folder or --out",
	ledger: "what to do (stats, verify, export, import, merge) or the run's folder",
	retry: "the run's folder",
	batch: "what to do (status, cancel, export, import), or with what,",
};

function describeUnknown(name: string, command: string | undefined, args: readonly string[]): string {
	const flag = args.find((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`) || (name.length === 1 && /^-[^-]/.test(arg) && arg.includes(name)));
	if (flag !== undefined) {
		const dashes = flag.startsWith("--") ? "--" : "-";
		const known = [...Object.keys(flagsByCommand[command ?? ""] ?? {}), "help", "version"];
		const lastPart = known.find((candidate) => candidate.endsWith(`.${name}`));
		const meant = lastPart === undefined ? suggestion(name, known) : `; did you mean ${lastPart}?`;
		return `${dashes}${name}: unknown flag${meant === "" ? "" : meant.replace("mean ", "mean --")}`;
	}
	if (command !== undefined) {
		return `"${name}": one argument too many for ${command}`;
	}
	const commands = Object.keys(flagsByCommand);
	const meant = suggestion(name, commands);
	return `"${name}": unknown command${meant === "" ? `; give one of ${commands.join(", ")}` : meant}`;
}

/** Yargs takes `--extend=maybe` as a no, silently. */
function refuseSwitchValues(args: readonly string[]): void {
	const switches = ["extend", "yes", "dry-run", "print-config", "json", "quiet", "no-progress", "drop-damaged"];
	for (const arg of args) {
		const [, name, value] = /^--([a-z-]+)=(.*)$/s.exec(arg) ?? [];
		if (name !== undefined && switches.includes(name) && value !== "true" && value !== "false") {
			throw configurationError(`--${name}: takes no value`);
		}
	}
}

/** From the package's own package.json, which lies higher up by another step once built. */
function readVersion(): string {
	for (const up of ["../../package.json", "../../../package.json"]) {
		try {
			const found: unknown = JSON.parse(readFileSync(new URL(up, import.meta.url), "utf8"));
			if (typeof found === "object" && found !== null && "version" in found) {
				return String(found.version);
			}
		} catch {
			// Not there: one step higher.
		}
	}
	return "unknown";
}
