import type { Kind, Row } from "../records/index.js";

/** What a rule found. */
export interface Failure {
	/** One sentence for a person: what was found, and where. */
	readonly detail: string;
	/** The stage that wrote the text at fault; absent where the dialogue itself is. */
	readonly stage?: string;
}

/** One thing that a good row is: a pure function over one row. */
export interface Rule {
	/** The reason code of a rejection, in kebab-case; also the name of the rule's file. */
	readonly reason: string;
	/** The kinds of row it speaks about; others pass. */
	readonly kinds: readonly Kind[];
	/** What is wrong with the row, or undefined where nothing is. */
	check(row: Row): Failure | undefined;
}

export function defineRule(rule: Rule): Rule {
	return rule;
}

/** A failure of a text: `stage` is left out where no stage wrote it. */
export function fault(detail: string, text?: { readonly stage?: string }): Failure {
	return text?.stage === undefined ? { detail } : { detail, stage: text.stage };
}

/** A stretch of text for a message: quoted, in one line, shortened. */
export function quote(text: string): string {
	const line = JSON.stringify(text.replace(/\s+/g, " "));
	return line.length <= 80 ? line : `${line.slice(0, 76)}..."`;
}
