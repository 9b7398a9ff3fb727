import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { configurationError, messageOf } from "../records/index.js";
import { renderTemplate } from "./render-template.js";

/** What the teacher is told: a versioned text under prompts/ with front matter, in sections. */
export interface Prompt {
	readonly name: string;
	/** sha256 of the file's text. */
	readonly hash: string;
	/** Fills a section's slots. @throws Error for an unknown section or a slot without a value */
	render(section: string, values: Readonly<Record<string, unknown>>): string;
}

const frontMatterSchema = z.strictObject({ version: z.int().positive(), purpose: z.string().min(1) });

/**
 * Reads `<folder>/<name>.md`: front matter between lines of three hyphens, then sections that each begin with `# <section>`.
 * @throws CandorError (exit 2) where the file is missing or malformed
 */
export function loadPrompt(folder: string, name: string): Prompt {
	const path = join(folder, `${name}.md`);
	let source: string;
	try {
		source = readFileSync(path, "utf8");
	} catch (error) {
		throw configurationError(`${path}: cannot be read: ${messageOf(error)}`, "restore the prompt file", error);
	}
	const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source.replaceAll("\r\n", "\n"));
	const checked = match === null ? undefined : frontMatterSchema.safeParse(parse(match[1] ?? ""));
	if (match === null || !checked?.success) {
		throw configurationError(`${path}: needs front matter with version and purpose between lines of ---`, "see the other files in prompts/");
	}
	const sections = new Map<string, string>();
	for (const part of (match[2] ?? "").split(/^# /m).slice(1)) {
		const lineEnd = part.indexOf("\n");
		sections.set(part.slice(0, lineEnd).trim(), part.slice(lineEnd + 1).trim());
	}
	return {
		name,
		hash: createHash("sha256").update(source).digest("hex"),
		render(section, values) {
			const template = sections.get(section);
			if (template === undefined)
				throw configurationError(`${path}: has no section "# ${section}"`, `add it; the file has: ${[...sections.keys()].join(", ")}`);
			return renderTemplate(template, values);
		},
	};
}
