import type { Mention } from "./mentions.js";
import { straightenQuotes } from "./normalize-answer.js";
import { clauseParts } from "./sentences.js";

/**
 * How a text mentions an answer: `asserted` as the speaker's answer ("the answer is red"), `stated` in a plain sentence,
 * `attributed` to someone or to a first impression ("you suggested red", "it may look red"), or `denied` ("it is not red").
 */
export type Manner = "asserted" | "stated" | "attributed" | "denied";

/** Phrases with a negation or a "you" in them that deny or attribute nothing. */
const harmless =
	/\b(?:no|without (?:a )?|beyond (?:any )?) ?doubt\b|\bnot only\b|\bno question\b|\b(?:no|not any|n't (?:see )?any|not see any) (?:reason|grounds) to (?:change|move|leave|revise|alter)\w*(?: my)?\b|\b(?:do not|don't|won't|will not|cannot|can't|would not|not|does not|doesn't|did not|didn't|never) (?:change|alter|move (?:away )?from|give up|abandon|revise|shake|persuade|convince)\b|\bas you can see\b|\byou(?:'ll| will| can| could)? (?:also )?(?:see|notice|find)\b|\bif you look\b|\b(?:tell|show|assure|give) you\b|\bcannot help but\b|\byou (?:can|may|could|should) (?:put|count|mark|note|take)\b|["'(]no["')]|\([A-D1-4]\) no\b/gi;
const denying =
	/(?:\b(?:not|no|never|neither|nor|cannot|none|without|nothing|rather than|instead of|other than|as opposed to|away from|back from|rules? out|ruling out|wrong(?:ly)?|incorrect(?:ly)?|mistake|mistaken(?:ly)?|error|unlike|rejects?|dismiss|disagree)\b|n't\b)/i;
const deniedAfter =
	/^["')\].\s]*(?:(?!(?:and|or|but|rather|which|because)\b)[\w'-]+\s){0,3}?(?:(?:is|are|was|were|does|do|did|would|can|could|should|has|have|seems?|looks?|appears?|fits?|matches|will) (?:\w+ )?(?:not|never|wrong|incorrect|mistaken|inaccurate|false|out|nowhere|a mistake|an error)|\w+n't|cannot)\b/i;
const attributing =
	/\b(?:you|you're|you've|your|yours|user|user's|someone|others (?:say|think|see)|people (?:say|think|agree)|everyone|expert|friends?|colleagues?|suggest\w*|claim\w*|guess\w*|opinion|earlier|previous\w*|initial\w*|original\w*|at first|first (?:answer|said|thought|reply|glance)|(?:said|answered|thought|wrote|assumed|believed|chose)|may|might|could|can look|seemed|look(?:s|ed)? like|appeared|mistaken for|confused with|even if|although|though|options? like)\b/i;
const attributedAfter = /^["')\].\s]*(?:as|that|like|which)? ?(?:you|the user|your)\b(?! can see)/i;
const asserting =
	/(?:\banswer(?: here| to this| to the question| to your question|s)?(?: is| remains| stays| would be| should be| must be| was|:| therefore is)(?: \w+ly| still| indeed| therefore| thus)?|\b(?:stay|staying|stick|sticking|go|going|stand|standing|remain|settle|settling|decide|choose|choosing|chose|pick|picking|select|keep|keeping|maintain|move|moving|switch|switching|change|changing|adopt|adopting|take|agree|conclude|confirm)(?: \w+){0,4}?|\b(?:it|this|that)(?:'s| is| must be| should be)(?: \w+ly| indeed| still)?|\b(?:so|therefore|thus|hence|indeed)(?: it is)?,?)[\s"'([]*(?:[A-D1-4][).:]*\s+["']?)?(?:the |a |an )?$/i;
const assertedAfter =
	/^["')\].\s]*(?:[\w-]+ )?(?:is|are|would be|remains|stays|it is)(?: \w+ly| indeed| still| clearly)? (?:the )?(?:right|correct|accurate|best|my answer|the answer|true)\b/i;

/** How the text mentions what stands at `mention`, judged within its clause. */
export function mannerOf(text: string, mention: Mention): Manner {
	const plain = straightenQuotes(text);
	const clause = clauseParts(plain).find((part) => mention.start >= part.start && mention.start < part.start + part.text.length);
	const clauseStart = clause?.start ?? 0;
	const before = plain.slice(clauseStart, mention.start).replace(harmless, "");
	const after = plain.slice(mention.end, clauseStart + (clause?.text.length ?? plain.length));
	if (denying.test(before) || deniedAfter.test(after)) return "denied";
	// "I differ from you and answer red": what follows the "and" is the speaker's own.
	const own = before.slice(Math.max(0, before.search(/ and (?:now |instead |so )?(?:answer|say|give|move|go|choose|take|keep|change|stay)\b/i)));
	if (attributing.test(own) || attributedAfter.test(after)) return "attributed";
	return asserting.test(before) || assertedAfter.test(after) ? "asserted" : "stated";
}
