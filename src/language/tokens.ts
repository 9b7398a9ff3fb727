import { straightenQuotes } from "./normalize-answer.js";
import { isNumberWord, readNumberWords } from "./number-words.js";
import { recentTexts, rememberResults } from "./remember-results.js";
import { spellAlike } from "./spelling.js";
import { singularOf } from "./word-forms.js";

/** A word of a text: where it stands, as it is written in lower case, and in the form in which words are compared. */
export interface Token {
	readonly start: number;
	readonly end: number;
	readonly word: string;
	readonly form: string;
}

/** Words of a text in order, articles left out. Number words that belong together are one token ("twenty-one": 21). */
export const tokenize = rememberResults((text: string): readonly Token[] => {
	// Same length as the text, so that positions hold.
	const plain = straightenQuotes(text);
	const words = [...plain.matchAll(/\d+(?:[.,]\d+)*|[\p{L}\p{M}\d]+(?:'[\p{L}]+)*/gu)].map((match) => ({
		start: match.index,
		end: match.index + match[0].length,
		word: match[0].toLowerCase(),
	}));
	const tokens: Token[] = [];
	for (let index = 0; index < words.length; ) {
		const first = words[index];
		if (first === undefined) break;
		const number = isNumberWord(first.word) ? readNumberWords(adjacentWords(words, index, plain), 0) : undefined;
		const last = words[index + (number?.length ?? 1) - 1] ?? first;
		const form = number === undefined ? singularOf(spellAlike(first.word.endsWith("'s") ? first.word.slice(0, -2) : first.word)) : String(number.value);
		if (form !== "an" && form !== "the" && !isArticleA(plain, first)) tokens.push({ start: first.start, end: last.end, word: first.word, form });
		index += number?.length ?? 1;
	}
	return tokens;
}, recentTexts);

/** Up to four words from `index` on that only spaces or hyphens part: "two, three" are two numbers. */
function adjacentWords(words: readonly { start: number; end: number; word: string }[], index: number, text: string): string[] {
	const adjacent: string[] = [];
	for (const [offset, word] of words.slice(index, index + 4).entries()) {
		const before = words[index + offset - 1];
		if (offset > 0 && before !== undefined && !/^[ -]+$/.test(text.slice(before.end, word.start))) break;
		adjacent.push(word.word);
	}
	return adjacent;
}

/** The article, and not the letter of an option: "(A)", "A.", "option A". */
function isArticleA(text: string, { start, end, word }: { start: number; end: number; word: string }): boolean {
	return word === "a" && /^ [\p{L}\d"(]/u.test(text.slice(end, end + 2)) && text[start - 1] !== "(";
}
