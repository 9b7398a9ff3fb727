import { readNumberWords } from "./number-words.js";
import { rememberResults } from "./remember-results.js";
import { spellAlike } from "./spelling.js";

const articles = new Set(["a", "an", "the"]);
/** White space is single spaces by then. */
const opening = new Set("\"'`([{* ");
const closing = new Set("\"'`)]}*.,;:!? ");
const typographic = /[\u2010-\u2015\u2018\u2019\u201C\u201D\u02BC\u2032\u2033]/;

/** Straight quotes, apostrophes and hyphens for their typographic forms. */
export function straightenQuotes(text: string): string {
	// Nearly every text is plain already.
	if (!typographic.test(text)) return text;
	return text
		.replace(/[\u2018\u2019\u02BC\u2032]/g, "'")
		.replace(/[\u201C\u201D\u2033]/g, '"')
		.replace(/[\u2010-\u2015]/g, "-");
}

/**
 * The form in which two spellings of one answer are equal: NFC, lower case, no articles, quotes or end punctuation, single
 * spaces, numerals for number words ("twenty-one" is "21"), American spelling. Text that would vanish stays as it is.
 */
export const normalizeAnswer = rememberResults((text: string): string => {
	const plain = straightenQuotes(text.normalize("NFC")).toLowerCase().replace(/\s+/g, " ").trim();
	const bare = stripEdges(plain);
	const words = bare
		.split(" ")
		.flatMap(splitNumberCompound)
		.map((word) => spellAlike(stripEdges(word)));
	const kept = words.filter((word) => word !== "" && !articles.has(word));
	const normalized = joinNumbers(kept).join(" ");
	return normalized === "" ? plain : normalized;
});

/** Character by character: a pattern anchored at the end takes quadratic time on a hostile text. */
function stripEdges(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && opening.has(text.charAt(start))) start++;
	while (end > start && closing.has(text.charAt(end - 1))) end--;
	return text.slice(start, end);
}

/** "twenty-one" is two words; "blue-green" stays one. */
function splitNumberCompound(word: string): string[] {
	const parts = stripEdges(word).split("-");
	return parts.length > 1 && readNumberWords(parts, 0)?.length === parts.length ? parts : [word];
}

function joinNumbers(words: readonly string[]): string[] {
	const joined: string[] = [];
	for (let index = 0; index < words.length; ) {
		const word = words[index] ?? "";
		// "no one" is a person, not a number.
		const number = words[index - 1] === "no" && word === "one" ? undefined : readNumberWords(words, index);
		joined.push(number === undefined ? word : String(number.value));
		index += number?.length ?? 1;
	}
	return joined;
}
