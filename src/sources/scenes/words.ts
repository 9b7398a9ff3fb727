import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { packageFolder } from "../../pipeline/package-folder.js";
import type { Random } from "../../pipeline/random.js";
import { renderTemplate } from "../../pipeline/render-template.js";
import { configurationError, messageOf } from "../../records/index.js";

const texts = z.array(z.string().min(1)).min(1);
const fileSchema = z.strictObject({
	version: z.int().positive(),
	openings: z.strictObject({ indoor: texts, sport: texts, day: texts, dusk: texts, night: texts }),
	places: texts,
	questions: z.record(z.string(), texts),
	reasons: z.record(z.string(), texts),
	descriptions: z.strictObject({
		opening: z.string(),
		light: z.strictObject({ day: z.string(), dusk: z.string(), night: z.string() }),
		weather: z.strictObject({ sunny: z.string(), cloudy: z.string(), rainy: z.string(), snowy: z.string(), foggy: z.string() }),
		thing: z.string(),
		person: z.string(),
		count: z.string(),
		hidden: z.string(),
		sport: z.string(),
	}),
});

/** What scenes are talked about with: prompts/scenes.yaml. */
export interface SceneWords {
	/** sha256 of the file's text. */
	readonly hash: string;
	readonly openings: z.infer<typeof fileSchema>["openings"];
	readonly places: readonly string[];
	readonly descriptions: z.infer<typeof fileSchema>["descriptions"];
	/** A question of the template, or of the one that the beginning of its name stands for (`sport` for `sport-tennis`). */
	question(template: string, slots: Readonly<Record<string, string>>, rng: Random): string;
	reason(template: string, slots: Readonly<Record<string, string>>, rng: Random): string;
}

let loaded: SceneWords | undefined;

/** @throws CandorError (exit 2) where the file is missing or malformed */
export function loadSceneWords(): SceneWords {
	loaded ??= readWords(join(packageFolder(), "prompts", "scenes.yaml"));
	return loaded;
}

function readWords(path: string): SceneWords {
	let source: string;
	let file: z.infer<typeof fileSchema>;
	try {
		source = readFileSync(path, "utf8");
		file = fileSchema.parse(parse(source));
	} catch (error) {
		const detail = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
		throw configurationError(`${path}: cannot be used: ${detail}`, "restore the file, or fix the field it names", error);
	}
	const find = (section: "questions" | "reasons", template: string): readonly string[] => {
		const parts = template.split("-");
		for (let length = parts.length; length > 0; length--) {
			const found = file[section][parts.slice(0, length).join("-")];
			if (found !== undefined) return found;
		}
		throw configurationError(`${path}: has nothing for "${template}" under ${section}`, "restore the file");
	};
	return {
		hash: createHash("sha256").update(source).digest("hex"),
		openings: file.openings,
		places: file.places,
		descriptions: file.descriptions,
		question: (template, slots, rng) => renderTemplate(rng.pick(find("questions", template)), slots),
		reason: (template, slots, rng) => renderTemplate(rng.pick(find("reasons", template)), slots),
	};
}
