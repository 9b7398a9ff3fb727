import { distance } from "fastest-levenshtein";

/**
 * The known word that a wrong one was most likely meant to be: equal but for case and punctuation, or at most a third
 * of its letters away; nothing otherwise, since a far-fetched guess misleads.
 */
export function suggest(wrong: string, known: Iterable<string>): string | undefined {
	const plainWrong = plain(wrong);
	let best: string | undefined;
	let bestDistance = Number.POSITIVE_INFINITY;
	for (const word of known) {
		const plainWord = plain(word);
		const found = isSwapped(plainWrong, plainWord) ? 1 : distance(plainWrong, plainWord);
		if (found < bestDistance && found <= Math.max(1, Math.floor(plainWord.length / 3))) {
			best = word;
			bestDistance = found;
		}
	}
	return best;
}

/** `; did you mean x?`, or nothing. */
export function suggestion(wrong: string, known: Iterable<string>): string {
	const word = suggest(wrong, known);
	return word === undefined ? "" : `; did you mean ${word}?`;
}

/** The same letters in another order, which plain edit distance counts as far apart. */
function isSwapped(a: string, b: string): boolean {
	return a !== b && a.length > 2 && [...a].sort().join("") === [...b].sort().join("");
}

function plain(word: string): string {
	return word
		.slice(0, 64)
		.toLowerCase()
		.replace(/[^a-z0-9]/g, "");
}
