import { normalizeAnswer } from "./normalize-answer.js";
import { rememberResults } from "./remember-results.js";
import { answerWords, synonymsOf } from "./synonyms.js";
import { type Token, tokenize } from "./tokens.js";
import { singularOf, verbStems } from "./word-forms.js";
import { polarityOf, yesNoMentions } from "./yes-no.js";

/** Where in a text something is mentioned. */
export interface Mention {
	readonly start: number;
	readonly end: number;
}

/** Words with which an answer is attached ("on the left"): a text may put others, or none. */
const prepositions = new Set(["on", "in", "at", "to", "of", "by", "for", "with"]);
/** "the one on the left", "this one": no count of one. */
const beforePronounOne = new Set([
	"the",
	"that",
	"this",
	"which",
	"another",
	"other",
	"each",
	"every",
	"any",
	"no",
	"either",
	"neither",
	"first",
	"last",
	"right",
	"wrong",
	"correct",
	"as",
	"left",
]);

/**
 * Whether a text mentions an answer, in whole words: any case and spelling (gray, grey), singular or plural, number word or
 * numeral; a phrase also without its preposition ("on the left", "the left side"). For "yes" and "no" whether the text says
 * so, in a word or by what it states ("There is a dog").
 */
export function mentionsAnswer(text: string, answer: string): boolean {
	return findMentions(text, answer).length > 0;
}

/** Where a text mentions an answer. @see mentionsAnswer */
export function findMentions(text: string, answer: string): Mention[] {
	const polarity = polarityOf(answer);
	if (polarity !== undefined) return yesNoMentions(text, polarity);
	const tokens = tokenize(text);
	const words = answerWords(answer);
	const exact = findSequence(text, tokens, words);
	if (exact.length > 0) return exact;
	const content = trimPrepositions(words);
	return content.length === 0 || content.length === words.length ? [] : findSequence(text, tokens, content);
}

/**
 * Like `mentionsAnswer`, and also counts synonyms ("couch" for "sofa") and other forms of a verb ("sits" for "sitting").
 * For asking whether a reply names the right answer; too generous for catching a wrong one.
 */
export function mentionsMeaning(text: string, answer: string): boolean {
	return findMeaning(text, answer).length > 0;
}

/** Where a text mentions an answer or something that means the same. @see mentionsMeaning */
export function findMeaning(text: string, answer: string): Mention[] {
	const direct = findMentions(text, answer);
	if (polarityOf(answer) !== undefined) return direct;
	const tokens = tokenize(text);
	const count = Number(normalizeAnswer(answer));
	const counted = Number.isInteger(count) ? findCount(text, count) : [];
	const synonyms = synonymsOf(answer).flatMap((term) => findSequence(text, tokens, term.split(" ")));
	const all = [...direct, ...counted, ...synonyms, ...findVerb(tokens, answerWords(answer))].sort((a, b) => a.start - b.start || b.end - a.end);
	return all.filter((mention, index) => mention.start !== all[index - 1]?.start);
}

/**
 * Whether a text mentions an option: its text, or its letter in a form that can be nothing else: "(B)", "B)", "B.",
 * "option B", or the whole text.
 */
export function mentionsOption(text: string, option: string, letter?: string): boolean {
	return mentionsAnswer(text, option) || (letter !== undefined && findLetter(text, letter).length > 0);
}

/** Where a text names an option's letter. @see mentionsOption */
export function findLetter(text: string, letter: string): Mention[] {
	const name = nameOf(letter);
	const found: Mention[] = [];
	// Few texts hold the letter at all, and those hold it seldom.
	for (let start = name === "" ? -1 : text.indexOf(name); start >= 0; ) {
		const mention = letterAt(text, start, name);
		if (mention !== undefined) found.push(mention);
		start = text.indexOf(name, mention?.end ?? start + 1);
	}
	return found;
}

const nameOf = rememberResults((letter: string): string => letter.replace(/[^\p{L}\p{N}]/gu, ""));

function letterAt(text: string, start: number, name: string): Mention | undefined {
	const end = start + name.length;
	if (text[start - 1] === "(" && text[end] === ")") return { start: start - 1, end: end + 1 };
	const pattern = letterPattern(name);
	pattern.lastIndex = start;
	return pattern.test(text) ? { start, end: pattern.lastIndex } : undefined;
}

/** The forms without brackets around it in which a letter can be nothing else, for trying at one place. */
const letterPattern = rememberResults((name: string): RegExp => {
	const forms = [
		`(?<![\\p{L}\\p{N}.(])${name}\\)`,
		`(?<=\\b(?:[Oo]ption|[Cc]hoice|[Ll]etter|[Aa]nswer)s? ["'(]?)${name}(?![\\p{L}\\p{N}'])`,
		`(?<=^["']?)${name}(?=[.:]? ?["']?$)`,
		`(?<=^["']?)${name}(?=[.:] )`,
		// "the answer is B": a digit there is a number, an A may be an article.
		...(/^\d$/.test(name)
			? []
			: [`(?<=\\b(?:is|was|be|with|to|on|as|for|pick|choose|keep|say|not|or|and|than|of) ["']?)${name}(?=["']?(?:[.,;:!?]|$${name === "A" ? "" : "| "}))`]),
	];
	return new RegExp(forms.join("|"), "uy");
});

function findSequence(text: string, tokens: readonly Token[], words: readonly string[]): Mention[] {
	if (words.length === 0) return [];
	const found: Mention[] = [];
	for (let start = 0; start + words.length <= tokens.length; start++) {
		if (!words.every((word, offset) => tokens[start + offset]?.form === word)) continue;
		const first = tokens[start];
		const last = tokens[start + words.length - 1];
		if (first === undefined || last === undefined) continue;
		if (words.length === 1 && isOtherSense(text, tokens, start)) continue;
		found.push({ start: first.start, end: last.end });
	}
	return found;
}

/** The one word found is there in another sense: "the one on the left", "you are right", "what is left". */
function isOtherSense(text: string, tokens: readonly Token[], index: number): boolean {
	const token = tokens[index];
	if (token === undefined || !(token.word === "one" || token.form === "right" || token.form === "left")) return false;
	const before =
		text
			.slice(0, token.start)
			.toLowerCase()
			.match(/([\p{L}']+)[ ]*$/u)?.[1] ?? "";
	if (token.word === "one")
		return beforePronounOne.has(before) || /^ (?:that|who|which|i|you|shown|listed|with|given|could|might|can)\b/i.test(text.slice(token.end));
	if (token.form === "right")
		return (
			(/^(?:you're|you|are|i'm|is|was|were|be|were|am|all|it's|that's|he's|quite|absolutely|indeed)$/.test(before) &&
				!/^ (?:side|of|hand|edge|half|part)\b/i.test(text.slice(token.end))) ||
			/^ (?:answer|option|choice|one|about|to|that|here|now|on)\b/i.test(text.slice(token.end))
		);
	return /^(?:is|are|was|were|has|have|had|nothing|be)$/.test(before);
}

function trimPrepositions(words: readonly string[]): readonly string[] {
	const first = words.findIndex((word) => !prepositions.has(word));
	const last = words.findLastIndex((word) => !prepositions.has(word));
	return first < 0 ? [] : words.slice(first, last + 1);
}

/** Counts said without the number: "a single boat", "a pair of swans", "there are no boats". */
const countsInWords: Readonly<Record<number, RegExp>> = {
	0: /\b(?:no|none|zero|nobody|nothing|not (?:a|any)|n't (?:a|any))\b/gi,
	1: /\b(?:single|sole|lone|only (?:a|an|the)|just (?:a|an|the))\b/gi,
	2: /\b(?:both|pair of|couple of)\b/gi,
	12: /\bdozen\b/gi,
};

function findCount(text: string, count: number): Mention[] {
	const pattern = countsInWords[count];
	return pattern === undefined ? [] : [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** "sits" or "sat down" for "sitting"; where the answer has an object, that too: "takes a photo". */
function findVerb(tokens: readonly Token[], words: readonly string[]): Mention[] {
	const [verb = "", ...rest] = words;
	const stems = verbStems(verb);
	if (stems.length === 0) return [];
	const objects = rest.filter((word) => !prepositions.has(word));
	return tokens.flatMap((token, index) => {
		if (!stems.includes(token.form) && !stems.includes(singularOf(token.form))) return [];
		const near = tokens.slice(index + 1, index + 5).map((next) => next.form);
		return objects.every((object) => near.includes(object)) ? [{ start: token.start, end: token.end }] : [];
	});
}
