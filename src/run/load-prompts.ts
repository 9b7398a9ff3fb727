import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Pipeline } from "../pipeline/compose.js";
import { loadPrompt, type Prompt } from "../pipeline/load-prompt.js";
import { packageFolder } from "../pipeline/package-folder.js";
import { hashFile } from "../shards/index.js";

/** The prompts that the stages of some pipelines use, by name. */
export function loadPrompts(pipelines: readonly Pipeline[]): Map<string, Prompt> {
	const folder = join(packageFolder(), "prompts");
	const names = [...new Set(pipelines.flatMap(({ stages }) => stages.flatMap(({ prompts }) => prompts)))].sort();
	return new Map(names.map((name) => [name, loadPrompt(folder, name)]));
}

/** sha256 of each file of wordings and templates, by file name: with the prompts, all the text that rows are made of. */
export async function hashWordings(): Promise<Record<string, string>> {
	const folder = join(packageFolder(), "prompts");
	const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
	return Object.fromEntries(await Promise.all(names.sort().map(async (name) => [name, await hashFile(join(folder, name))])));
}
