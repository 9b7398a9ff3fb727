import { join } from "node:path";
import { loadPrompt } from "../../src/pipeline/load-prompt.js";
import { packageFolder } from "../../src/pipeline/package-folder.js";

export type AskedPrompt = "gold-check" | "textualize" | "reflect" | "conclude" | "respond" | "cave";

/** A prompt that was recognised, with what had been filled in. */
export interface RecognisedPrompt {
	readonly name: AskedPrompt;
	readonly slots: Readonly<Record<string, string>>;
}

const slotsOf: Readonly<Record<AskedPrompt, readonly string[]>> = {
	"gold-check": ["question", "options"],
	textualize: ["question"],
	reflect: ["dialogue", "hint"],
	conclude: ["letter"],
	respond: ["dialogue", "letter", "manner", "hint"],
	cave: ["dialogue", "target", "stance", "words", "chosen"],
};

let patterns: readonly { readonly name: AskedPrompt; readonly pattern: RegExp }[] | undefined;

/** Finds which of our prompts a user message is, and reads its slots. */
export function recognisePrompt(text: string): RecognisedPrompt | undefined {
	patterns ??= (Object.keys(slotsOf) as AskedPrompt[]).map((name) => ({ name, pattern: patternOf(name) }));
	for (const { name, pattern } of patterns) {
		const match = pattern.exec(text);
		if (match !== null) return { name, slots: { ...match.groups } };
	}
	return undefined;
}

function patternOf(name: AskedPrompt): RegExp {
	const marks = Object.fromEntries(slotsOf[name].map((slot) => [slot, `\u0001${slot}\u0001`]));
	const text = loadPrompt(join(packageFolder(), "prompts"), name).render("ask", marks);
	const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
	return new RegExp(`^${escaped.replace(/\u0001(\w+)\u0001/g, String.raw`(?<$1>[\s\S]*?)`)}$`);
}
