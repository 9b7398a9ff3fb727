import { recentTexts, rememberResults } from "./remember-results.js";

const abbreviation = /\b(?:mr|mrs|ms|dr|st|e\.g|i\.e|etc|vs|approx|no)\.$/i;

/** A stretch of a text, with where it begins. */
export interface Part {
	readonly text: string;
	readonly start: number;
}

/** The sentences of a text, trimmed, in order. An option's letter ("B. red") and common abbreviations end none. */
export function splitSentences(text: string): string[] {
	return sentenceParts(text).map((part) => part.text);
}

/** Sentences with their positions. @see splitSentences */
const sentenceParts = rememberResults((text: string): readonly Part[] => {
	const parts: Part[] = [];
	let start = 0;
	const close = (end: number): void => {
		const raw = text.slice(start, end);
		const trimmed = raw.trim();
		if (trimmed !== "") parts.push({ text: trimmed, start: start + raw.indexOf(trimmed) });
		start = end;
	};
	for (const match of text.matchAll(/[.!?]+["')\]]*(?=\s|$)|\n+/g)) {
		const end = match.index + match[0].length;
		const soFar = text.slice(start, end);
		if (!match[0].startsWith("\n") && (abbreviation.test(soFar) || isLetterStop(soFar, text.slice(end)))) continue;
		close(end);
	}
	close(text.length);
	return parts;
}, recentTexts);

/**
 * The clauses of a text: its sentences, cut at commas, semicolons, colons, dashes and at words that turn the thought
 * ("but", "while", "so"). What is negated or quoted in one clause is not so in the next.
 */
export const clauseParts = rememberResults(
	(text: string): readonly Part[] =>
		sentenceParts(text).flatMap((sentence) => {
			const parts: Part[] = [];
			let start = 0;
			const cuts = [
				...sentence.text.matchAll(
					/[,;:]+\s|\s[-\u2013\u2014]+\s|\u2014|\s(?=(?:but|while|whereas|although|though|however|so|because|since|yet|therefore|even)\s)/gi,
				),
			];
			for (const end of [...cuts.map((cut) => cut.index + cut[0].length), sentence.text.length]) {
				if (end > start) parts.push({ text: sentence.text.slice(start, end), start: sentence.start + start });
				start = end;
			}
			return parts;
		}),
	recentTexts,
);

/** "B. red": a letter or digit with a full stop before more of the same sentence. */
function isLetterStop(soFar: string, rest: string): boolean {
	return /(?:^|\s)["'(]?[A-D1-4]\.$/.test(soFar) && /^\s+[a-z\d]/.test(rest);
}

/** Words that no complete sentence ends with. ("What it is made of." is one; "the answer is A." too.) */
const dangling = /\b(?:the|an|and|or|but|because|my|your|its|their)$/i;

/**
 * Whether a text is complete: it ends with a full stop, exclamation or question mark (quotes and brackets may follow), not
 * with an ellipsis or in the middle of a phrase, and its quotes and brackets are closed.
 */
export function endsCleanly(text: string): boolean {
	const trimmed = text.trim();
	if (!/[.!?]["'”’)\]]*$/.test(trimmed) || /(?:\.\.\.|…)["'”’)\]]*$/.test(trimmed)) return false;
	if (dangling.test(trimmed.replace(/[.!]+$/, ""))) return false;
	return isBalanced(trimmed);
}

function isBalanced(text: string): boolean {
	if ((text.match(/"/g) ?? []).length % 2 !== 0) return false;
	if ((text.match(/“/g) ?? []).length !== (text.match(/”/g) ?? []).length) return false;
	let depth = 0;
	// "A) red" is a letter, not a closing bracket.
	for (const [mark] of text.replace(/(^|[^\p{L}\p{N}(])[A-D1-4]\)/gu, "$1").matchAll(/[()[\]]/g)) {
		depth += mark === "(" || mark === "[" ? 1 : -1;
		if (depth < 0) return false;
	}
	return depth === 0;
}
