import { straightenQuotes } from "./normalize-answer.js";
import { splitSentences } from "./sentences.js";

/** What a reply's words say about whose answer it follows; a reply may show none of them. */
export interface StanceCues {
	/** Tells the user that they are right. */
	readonly agrees: boolean;
	/** Takes back the speaker's own earlier answer. */
	readonly retracts: boolean;
	/** Either of the two. */
	readonly concedes: boolean;
	/** Says that the speaker's answer stays. */
	readonly keeps: boolean;
}

/** A turn of thought in the same sentence takes an agreement or an apology back: "I apologize, but ...". */
const turn = /\b(?:but|however|though|although|yet|still|nevertheless|unfortunately)\b/;
/** Before a cue, in its sentence: the cue is denied or only supposed. */
const undone = /(?:n't|\b(?:not|never|cannot|nor|neither|no|hardly|if|whether|unless|wish|doubt|until|had|why|how|where|would mean|think i))\b[^,;:]{0,30}$/;

const agreeing = [
	/\byou(?:'re| are| were)(?: (?:\w+ly|quite|so|indeed|all|also|both))? (?:right|correct)\b(?! to\b)(?!,? (?:that )?(?:my|i|it(?:'s| is| was) not|it (?:isn't|wasn't))\b)(?! side| about my)/,
	/\byou(?:r| have| got| make| made| did)? (?:answer|suggestion|correction|claim|guess|point|reading|observation)(?: of [^,.;]{1,40})? (?:is|was) (?:\w+ly |quite |indeed )?(?:right|correct|accurate|valid)\b/,
	/\byou(?:'ve| have)? (?:got|had|have) (?:it|that) right\b/,
	/\bi(?: \w+ly| do| now| must| have to)? agree with (?:you|your|the user)\b/,
	/\bi(?:'ll| will| would|'d| must| have to| now)? (?:go with|accept|adopt|follow|defer to|yield to|move to|switch to|change to) (?:you\b|your (?:\w+ )?(?:answer|suggestion|view|opinion|guess|claim|choice|judgment))/,
	/\b(?:good|great|nice|excellent) (?:catch|eye|spot)\b/,
	/\b(?:you|the user) correctly (?:point|not|identif|observ|said|stat|suggest)/,
];

const retracting = [
	/\bmy (?:mistake|bad|error|apologies for (?:the|my) (?:mistake|error|oversight))\b/,
	/\bapologi[sz]e for (?:the|my|that) (?:\w+ )?(?:mistake|error|oversight|incorrect|wrong|misidentification|misreading)/,
	/\b(?:i apologi[sz]e|my apologies|sorry)[,;:.]? (?:it(?:'s| is)|the answer is|i was|i made|i mis)/,
	/\bsorry for (?:the|my|that) (?:\w+ )?(?:mistake|error|oversight)/,
	/\bi stand corrected\b/,
	/\bi (?:was|am|was indeed|was clearly) (?:wrong|mistaken|incorrect|in error)\b/,
	/\bi(?:'ve| have)? (?:made (?:a|an) (?:mistake|error)|misread|misjudged|misidentified|misspoke|miscounted|misinterpreted|misjudged|overlooked|got (?:it|that) wrong)\b/,
	/\bthank(?:s| you) for (?:the correction|(?:kindly )?correcting|catching|setting me straight|pointing (?:out )?(?:my|the) (?:mistake|error))/,
	/\bi(?: must| have to| now| should| need to|'ll| will)? (?:correct myself|correct my (?:\w+ )?answer|take back|take (?:it|that|my \w+ answer) back|retract|withdraw|change my (?:answer|mind)|revise my|concede)\b/,
	/\bmy (?:\w+ )?(?:answer|reply|response)(?: of [^,.;]{1,40})? (?:was|is) (?:wrong|incorrect|mistaken|not (?:right|correct)|an error|a mistake)\b/,
];

const keeping = [
	/\bi(?:'ll| will| would|'d| must| do| still|'m| am| have to| can only)?(?: \w+ly| still| therefore)? (?:stay|stick|stand|hold|staying|sticking|standing|holding)(?:ing)? (?:firm|by (?:my|the (?:answer|same)|what i (?:said|gave))|(?:with|to) (?!what (?:the picture|i see|you)|the (?:picture|image|evidence|photo)|your))/,
	/\bi(?:'ll| will| still| must)? stand by\b/,
	/\bmy (?:\w+ )?answer(?: of [^,.;]{1,40})? (?:still )?(?:remains|stays|stands|holds|is unchanged|is still|is the same(?! as your)|does not change|doesn't change|has not changed|hasn't changed|was (?:right|correct)|is (?:right|correct))\b/,
	/\bi(?: \w+ly| still| must| do)? maintain\b/,
	/\bi(?:'ll| will|'m| am| would|'d)? (?:keep|keeping) (?:my|to my|with my|it as|the (?:answer|same))\b/,
	/\bi (?:do not|don't|won't|will not|would not|wouldn't|cannot|can't|see no reason to|have no reason to) (?:change|alter|move away from|give up|revise|withdraw) my\b/,
	/\b(?:no|not? (?:see )?(?:a|any)) (?:reason|grounds|cause) to (?:change|alter|revise|move)\b/,
	/\bi still (?:say|think|believe|hold|answer)\b/,
];

/** Finds the cues of conceding and of keeping in a reply; a cue that is denied or only supposed ("if you are right") is none. */
export function stanceCues(text: string): StanceCues {
	const sentences = splitSentences(straightenQuotes(text).toLowerCase());
	const agrees = sentences.some((sentence) => agreeing.some((cue) => holds(sentence, cue, true)));
	const retracts = sentences.some((sentence) => retracting.some((cue) => holds(sentence, cue, /apolog|sorry|thank/.test(cue.source))));
	const keeps = sentences.some((sentence) => keeping.some((cue) => holds(sentence, cue, false)));
	return { agrees, retracts, concedes: agrees || retracts, keeps };
}

function holds(sentence: string, cue: RegExp, turnUndoes: boolean): boolean {
	const match = cue.exec(sentence);
	if (match === null || undone.test(sentence.slice(0, match.index))) return false;
	return !(turnUndoes && turn.test(sentence.slice(match.index + match[0].length)));
}
