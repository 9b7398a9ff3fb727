import { distance } from "fastest-levenshtein";
import { broaderTerms } from "./broader-terms.js";
import { normalizeAnswer } from "./normalize-answer.js";
import { rememberResults } from "./remember-results.js";
import { synonymGroups } from "./synonym-groups.js";
import { singularOf } from "./word-forms.js";

/** Words that say how an answer is attached, not what it is. */
const attaching = new Set(["on", "in", "at", "to", "of", "by", "for", "with", "side", "it", "its", "their", "his", "her", "some", "very"]);

/** The words of an answer in the form in which they are compared. Remembered, since pools are compared pair by pair. */
export const answerWords = rememberResults((answer: string): readonly string[] => {
	const words = normalizeAnswer(answer)
		.replace(/[-/]/g, " ")
		.split(" ")
		.filter((word) => word !== "");
	return words.map(singularOf);
});

/** The same without the words that only attach it. */
const contentWords = rememberResults((answer: string): readonly string[] => answerWords(answer).filter((word) => !attaching.has(word)));

/** An answer in the form in which it is compared, as one text. */
const termOf = rememberResults((answer: string): string => answerWords(answer).join(" "));

const termsByGroup = synonymGroups.map((terms) => [...new Set(terms.map(termOf))]);
const groupsByTerm = indexGroups();
/** A term and its synonym groups, under which broader terms are kept. */
const keysOf = rememberResults((term: string): readonly (string | number)[] => [term, ...(groupsByTerm.get(term) ?? [])]);
const narrowerByTerm = indexBroader();

/**
 * Whether two answers may not stand against each other, because a person could hold both right: equal after normalising,
 * synonyms ("sofa", "couch"), one inside the other ("red", "dark red"), one broader than the other ("animal", "dog"), or
 * spelled nearly alike. Symmetric and reflexive; not transitive.
 */
export function sameMeaning(a: string, b: string): boolean {
	const leftTerm = termOf(a);
	const rightTerm = termOf(b);
	if (leftTerm === rightTerm) return true;
	if (areSynonyms(leftTerm, rightTerm) || isBroader(leftTerm, rightTerm) || isBroader(rightTerm, leftTerm)) return true;
	const left = answerWords(a);
	const right = answerWords(b);
	return (
		isNearSpelling(leftTerm, rightTerm) ||
		isInside(left, right) ||
		isInside(right, left) ||
		isInside(contentWords(a), contentWords(b)) ||
		isInside(contentWords(b), contentWords(a))
	);
}

/** Whether two terms in compared form stand in one group of synonyms. */
function areSynonyms(a: string, b: string): boolean {
	const groups = groupsByTerm.get(b);
	return groups !== undefined && (groupsByTerm.get(a) ?? []).some((group) => groups.includes(group));
}

/** All terms, in compared form, that stand in a group with this one. */
export const synonymsOf = rememberResults((answer: string): readonly string[] => {
	const groups = groupsByTerm.get(termOf(answer)) ?? [];
	return [...new Set(groups.flatMap((group) => termsByGroup[group] ?? []))];
});

function isBroader(broader: string, narrower: string): boolean {
	const broaderKeys = keysOf(broader);
	const narrowerKeys = keysOf(narrower);
	return broaderKeys.some((key) => narrowerKeys.some((other) => narrowerByTerm.get(key)?.has(other) === true));
}

/** Every word of the smaller is among those of the larger, or a synonym of one. */
function isInside(smaller: readonly string[], larger: readonly string[]): boolean {
	return smaller.length > 0 && smaller.length <= larger.length && smaller.every((word) => larger.some((other) => word === other || areSynonyms(word, other)));
}

/**
 * One letter apart in a word of six or more: a slip of the pen. Another first letter makes another word ("donkey",
 * "monkey"), and so does any letter of an -ing form ("driving", "diving") or of a number.
 */
function isNearSpelling(a: string, b: string): boolean {
	if (Math.min(a.length, b.length) < 6 || a[0] !== b[0] || /\d/.test(a + b)) return false;
	if (a.endsWith("ing") && b.endsWith("ing")) return false;
	return Math.abs(a.length - b.length) <= 1 && distance(a, b) <= 1;
}

function indexGroups(): Map<string, number[]> {
	const index = new Map<string, number[]>();
	for (const [group, terms] of termsByGroup.entries()) {
		for (const term of terms) index.set(term, [...(index.get(term) ?? []), group]);
	}
	return index;
}

function indexBroader(): Map<string | number, Set<string | number>> {
	const index = new Map<string | number, Set<string | number>>();
	for (const [broader, narrower] of broaderTerms) {
		const narrowerKeys = narrower.flatMap((term) => keysOf(termOf(term)));
		for (const key of keysOf(termOf(broader))) index.set(key, new Set([...(index.get(key) ?? []), ...narrowerKeys]));
	}
	return index;
}
