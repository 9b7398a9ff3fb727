import { recentTexts, rememberResults } from "../language/remember-results.js";
import type { Row } from "../records/index.js";

/** A text of a row, by name; `stage` wrote it, or none did. */
export interface NamedText {
	readonly name: string;
	readonly text: string;
	readonly stage?: string;
}

/** The texts that a model is trained on (or against): the parts of a trace, the reply, chosen and rejected. */
export function trainedTexts(row: Row): NamedText[] {
	switch (row.kind) {
		case "srt":
			return [
				{ name: "textualization", text: row.trace.textualization, stage: "textualize" },
				{ name: "reflection", text: row.trace.reflection, stage: "reflect" },
				{ name: "conclusion", text: row.trace.conclusion, stage: "conclude" },
			];
		case "sft":
			return [{ name: "the reply", text: row.turns.at(-1)?.text ?? "", stage: "respond" }];
		case "dpo":
			return [
				{ name: "chosen", text: row.chosen, stage: "prefer" },
				{ name: "rejected", text: row.rejected, stage: "cave" },
			];
	}
}

/** The reply that the row teaches: the conclusion, the last turn, or chosen. */
export function goodReply(row: Row): NamedText {
	switch (row.kind) {
		case "srt":
			return { name: "conclusion", text: row.trace.conclusion, stage: "conclude" };
		case "sft":
			return { name: "the reply", text: row.turns.at(-1)?.text ?? "", stage: "respond" };
		case "dpo":
			return { name: "chosen", text: row.chosen, stage: "prefer" };
	}
}

/** The turns up to and including the last challenge; what the reply answers. */
export function dialogueTurns(row: Row): Row["turns"] {
	return row.kind === "dpo" ? row.turns : row.turns.slice(0, -1);
}

/** Every text of a row: system, dialogue, trained texts. The last turn of an `srt` row counts as its parts. */
export function allTexts(row: Row): NamedText[] {
	return [
		...(row.system === undefined ? [] : [{ name: "system", text: row.system }]),
		...dialogueTurns(row).map((turn, index) => ({ name: `turn ${index + 1} (${turn.role})`, text: turn.text })),
		...trainedTexts(row),
	];
}

/** The words of a text, as a person would count them. */
export const countWords = rememberResults((text: string): number => {
	// From a word's first letter or digit to its end.
	return text.match(/[\p{L}\p{N}]\S*/gu)?.length ?? 0;
}, recentTexts);
