import { resolve } from "node:path";
import { sourceSchema } from "../../config/source-schema.js";
import { configurationError, type ExitCode, exitCodes } from "../../records/errors.js";
import { writeScenes } from "../../sources/scenes/write-scenes.js";
import type { ScenesArguments } from "../handlers.js";
import type { Terminal } from "../terminal.js";

/** Writes a folder of scenes. What can be set, and its defaults, are those of the config's source. */
export async function handleScenes({ folder, settings, json }: ScenesArguments, terminal: Terminal): Promise<ExitCode> {
	const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
	const skew = typeof given.skew === "string" ? { skew: Number(given.skew) } : {};
	const parsed = sourceSchema.safeParse({ type: "scenes", ...given, ...skew });
	if (!parsed.success) {
		const told = parsed.error.issues.map(({ path, message }) => `--${path.join(".")}: "${String(given[String(path[0])])}" is not allowed: ${message}`);
		throw configurationError(told.join("\n"), "See: candor scenes --help");
	}
	if (parsed.data.type !== "scenes") throw new TypeError("the settings are not those of scenes");
	const { type: _, ...options } = parsed.data;
	const { pictures, kept, questions } = await writeScenes(folder, options);
	if (json) {
		terminal.out(`${JSON.stringify({ pictures, kept, questions })}\n`);
		return exitCodes.ok;
	}
	const before = kept === 0 ? "" : ` (${kept} were there already)`;
	const path = resolve(folder);
	terminal.err(`${pictures} pictures${before} with ${questions} questions written to ${folder}

Use them like questions of your own:
  source: { type: jsonl, path: ${path}/questions.jsonl, images: ${path}/images }
`);
	return exitCodes.ok;
}
