import { normalizeAnswer, straightenQuotes } from "./normalize-answer.js";
import { clauseParts } from "./sentences.js";

export type Polarity = "yes" | "no";

/** Whether an answer is a yes or a no. */
export function polarityOf(answer: string): Polarity | undefined {
	const text = normalizeAnswer(answer);
	if (/^(?:yes|yeah|yep)$/.test(text)) return "yes";
	return /^(?:no|nope|nah)$/.test(text) ? "no" : undefined;
}

const saidYes = /\b(?:yes|yeah|yep)\b/gi;
/** The answer, not the determiner of "no dog". */
const saidNo = /\b(?:no|nope)\b(?=["')\]]?(?:[\s]*[.,;:!?\u2014]|$)|["')\]]| (?:is|was|and|as|because|since|rather|instead|to (?:this|the|your)|for)\b)/gi;

const negation =
	/\b(?:no|not|none|nothing|nobody|never|neither|nor|without|absent|missing|cannot|lacks?|lacking|(?:is|are|was|were|do|does|did|ca|could|wo|would|has|have|had)n't)\b/i;
const statement =
	/\b(?:is|are|was|were|has|have|can|there's|it's|see|sees|shows?|shown|appears?|wears?|stands?|sits?|lies|holds?|carries|contains?|includes?|visible|present|rests?|hangs?|runs?|walks?)\b/i;
/** Clauses about the conversation rather than the picture: they state nothing about what there is to see. */
const aboutTalk =
	/\b(?:you|your|you're|answers?|opinion|agree|sure|sorry|apologi[sz]e|mistaken?|wrong|correct|right|reason|doubt|change|understand|suggest\w*|claim\w*|said|point)\b/i;

/**
 * Where a text says yes, or no: in that word, or by stating that something is there ("There is a dog on the left") or is
 * not ("I don't see a dog"). "No dog is visible" says no by its statement, not by its first word.
 */
export function yesNoMentions(text: string, polarity: Polarity): { start: number; end: number }[] {
	const plain = straightenQuotes(text);
	const said = [...plain.matchAll(polarity === "yes" ? saidYes : saidNo)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
	return [...said, ...statedMentions(plain, polarity)].sort((a, b) => a.start - b.start);
}

/** The clauses that state presence or absence. */
function statedMentions(text: string, polarity: Polarity): { start: number; end: number }[] {
	return clauseParts(text)
		.filter((clause) => {
			if (aboutTalk.test(clause.text.replace(/\b(?:on|to|at) (?:the|its) (?:far )?right\b|\bright[- ](?:side|hand)\b/gi, ""))) return false;
			// "No, ..." is a word to the user; what follows it states.
			if (/^\s*(?:no|yes|nope|yeah)[\s,.;:!]*$/i.test(clause.text)) return false;
			const denies = negation.test(clause.text);
			return polarity === "no" ? denies : !denies && statement.test(clause.text);
		})
		.map((clause) => ({ start: clause.start, end: clause.start + clause.text.length }));
}

/** Whether the text says the word itself, in a place where it is an answer. */
export function isSaidOutright(text: string, mention: { start: number; end: number }): boolean {
	return /^(?:yes|yeah|yep|no|nope)$/i.test(text.slice(mention.start, mention.end));
}
