import { existsSync } from "node:fs";
import { join } from "node:path";
import { createJiti } from "jiti";
import { z } from "zod";
import dpo from "../../pipelines/dpo.js";
import sft from "../../pipelines/sft.js";
import srt from "../../pipelines/srt.js";
import { isPipelinePath } from "../config/index.js";
import { checkComposition, type Pipeline } from "../pipeline/compose.js";
import { packageFolder } from "../pipeline/package-folder.js";
import { configurationError, kindSchema, messageOf } from "../records/index.js";

const builtIn: Readonly<Record<string, Pipeline>> = { srt, sft, dpo };

/** What lies in a run's folder beside its pipelines. */
const ownFolders = new Set(["images", "ledger", "reserved"]);

const shape = z.looseObject({
	name: z.string().regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and hyphens"),
	kind: kindSchema,
	stages: z.array(z.looseObject({ name: z.string() })).min(1),
});

/**
 * The pipelines of the given names and paths. A path is a TypeScript or JavaScript file whose default export is a pipeline.
 * @throws CandorError (exit 2) naming the file, and what does not fit
 */
export async function loadPipelines(names: readonly string[]): Promise<Pipeline[]> {
	const pipelines: Pipeline[] = [];
	for (const name of names) {
		const pipeline = isPipelinePath(name) ? await loadFile(name) : builtIn[name];
		if (pipeline === undefined) {
			throw configurationError(
				`pipeline "${name}": there is no such pipeline; built in are ${Object.keys(builtIn).join(", ")}`,
				"a pipeline of your own is given as a path: ./my-pipeline.ts",
			);
		}
		if (ownFolders.has(pipeline.name)) {
			throw configurationError(`pipeline "${name}": is called "${pipeline.name}", which is a folder of every run`, "give yours another name");
		}
		const twin = pipelines.find((other) => other.name === pipeline.name);
		if (twin !== undefined) {
			throw configurationError(
				`pipeline "${name}": two pipelines of this run are called "${pipeline.name}", and would share a folder`,
				"give yours another name",
			);
		}
		pipelines.push(pipeline);
	}
	return pipelines;
}

async function loadFile(path: string): Promise<Pipeline> {
	if (!existsSync(path)) throw configurationError(`pipeline ${path}: there is no such file`, "paths are relative to the config file");
	// Whatever folder the file lies in, `candor` is this program: stages and schemas must be the very same objects.
	const entry = import.meta.url.endsWith(".ts") ? join(packageFolder(), "src", "index.ts") : join(packageFolder(), "dist", "src", "index.js");
	const jiti = createJiti(import.meta.url, { alias: { candor: entry }, moduleCache: true });
	let loaded: unknown;
	try {
		loaded = await jiti.import(path, { default: true });
	} catch (error) {
		throw configurationError(`pipeline ${path}: cannot be loaded: ${messageOf(error)}`, "see README, section on pipelines of your own", error);
	}
	const checked = shape.safeParse(loaded);
	if (!checked.success || !isPipeline(loaded)) {
		const detail = checked.success ? "toRow is missing" : z.prettifyError(checked.error);
		throw configurationError(
			`pipeline ${path}: its default export is no pipeline: ${detail}`,
			"export default startPipeline({ name, kind }).pipe(stage).toRow(build)",
		);
	}
	checkComposition(loaded, path);
	return loaded;
}

function isPipeline(value: unknown): value is Pipeline {
	return typeof value === "object" && value !== null && "toRow" in value && typeof value.toRow === "function" && "stages" in value;
}
