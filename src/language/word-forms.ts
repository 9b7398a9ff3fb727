import pluralize from "pluralize";
import { rememberResults } from "./remember-results.js";

/** Words that look like plurals and are none, or whose singular is another thing. */
const unchanged = new Set([
	"yes",
	"is",
	"was",
	"has",
	"does",
	"this",
	"its",
	"his",
	"us",
	"as",
	"gas",
	"bus",
	"plus",
	"lens",
	"glasses",
	"pants",
	"jeans",
	"canvas",
	"christmas",
	"tennis",
	"cactus",
	"across",
	"less",
	"always",
	"perhaps",
	"outdoors",
	"indoors",
	"sunglasses",
	"news",
	"chess",
]);

/** The singular of a lower-case word; the word itself where it is no plural. Also takes the -s off verbs ("sits" is "sit"). */
export const singularOf = rememberResults((word: string): string => {
	if (word.length <= 3 || (!word.endsWith("s") && !/(men|children|people|feet|teeth|mice|geese)$/.test(word)) || unchanged.has(word)) return word;
	return word === "people" ? "person" : pluralize.singular(word);
});

/** What an -ing form may be the -ing form of: "sitting" of "sitt", "sitte" and "sit". Empty for any other word. */
export function verbStems(word: string): string[] {
	if (word.length < 6 || !word.endsWith("ing")) return [];
	const stem = word.slice(0, -3);
	const undoubled = /([bdgklmnprt])\1$/.test(stem) ? [stem.slice(0, -1)] : [];
	return [stem, `${stem}e`, ...undoubled];
}
