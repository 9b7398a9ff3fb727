import { join } from "node:path";
import type { Pipeline } from "../pipeline/compose.js";
import { loadPrompt, type Prompt } from "../pipeline/load-prompt.js";
import { packageFolder } from "../pipeline/package-folder.js";

/** The prompts that the stages of some pipelines use, by name. */
export function loadPrompts(pipelines: readonly Pipeline[]): Map<string, Prompt> {
	const folder = join(packageFolder(), "prompts");
	const names = [...new Set(pipelines.flatMap(({ stages }) => stages.flatMap(({ prompts }) => prompts)))].sort();
	return new Map(names.map((name) => [name, loadPrompt(folder, name)]));
}
