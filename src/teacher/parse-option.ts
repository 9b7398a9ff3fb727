import type { Labels } from "../records/index.js";
import { stripThinking } from "./strip-thinking.js";

const maxLength = 2000;

/** "The answer is", "I would choose option", "Answer:" */
const introduction =
	/^(?:so|thus|therefore|well)?,?\s*(?:(?:i(?:['’]d| would)? (?:think|say|choose|pick|select|answer|go with)|(?:the|my)?\s*(?:correct|right|best|final)?\s*(?:answer|option|choice))(?:\s+(?:is|would be|should be))?\s*[:=-]?\s*)+/i;

const negation = /\b(?:not|no|never|neither|nor|isn['’]?t|aren['’]?t|wasn['’]?t|rather than|instead of)\b|n['’]t\b/i;

/**
 * Which option a model means: "B", "(B)", "B.", "B) red", "red", "Option B: red", "The answer is B".
 * @returns its index; undefined where none, several, or a letter with another option's text is named.
 */
export function parseOption(text: string, options: readonly string[], labels: Labels = "ABCD"): number | undefined {
	const reply = clean(stripThinking(text).slice(0, maxLength));
	const wanted = options.map(normalise);
	const letters = labels.slice(0, options.length);

	const byText = indexOfText(reply, wanted);
	const rest = reply.replace(introduction, "").trim();
	const labelled = readLabel(rest, letters);
	// "(E) red" where there is no E.
	if (labelled !== undefined && labelled.index < 0 && labelled.isMarked && labelled.tail !== "") return undefined;
	if (labelled === undefined || labelled.index < 0) return byText ?? indexOfText(rest, wanted) ?? findNamed(reply, letters, wanted);

	const { index, tail, isMarked } = labelled;
	if (byText !== undefined && byText !== index) return isMarked ? undefined : byText;
	if (tail === "" || indexOfText(tail, wanted) === index) return index;
	if (namesAnotherLabel(tail, letters, index)) return undefined;
	// "A dog": an article, as "dog" is not what the letter stands for.
	if (!isMarked) return indexOfText(tail, wanted) ?? findNamed(reply, letters, wanted);
	const opening = mentionedAtStart(tail, wanted);
	return opening === undefined || opening === index ? index : undefined;
}

/** A letter or digit that the text begins with; `isMarked`: by itself, in brackets or before a mark, so that it is no article. */
function readLabel(rest: string, letters: string): { index: number; tail: string; isMarked: boolean } | undefined {
	const match = /^[([{]?\s*([A-Za-z1-9])\s*([)\]}.:,;-]*)(\s+[–—:-]+)?(?:\s+|$)/.exec(rest);
	if (match === null) return undefined;
	const [whole, letter = "", marks = "", dash] = match;
	const tail = rest
		.slice(whole.length)
		.replace(/^[\s–—:.,-]+/, "")
		.trim();
	const isMarked = marks !== "" || dash !== undefined || /^[([{]/.test(rest) || tail === "";
	return { index: letters.indexOf(isMarked ? letter.toUpperCase() : letter), tail, isMarked };
}

/** "B or C", "B and (C)", "B or option C" */
function namesAnotherLabel(tail: string, letters: string, index: number): boolean {
	const other = /^(?:or|and|&|\/|,)\s*(?:option\s+)?[([{]?([A-D1-4])(?![\w'’])/.exec(tail) ?? /^[([{]?([B-D1-4])[)\]}]?[.,]?(?:\s|$)/.exec(tail);
	const found = letters.indexOf(other?.[1] ?? "-");
	return found >= 0 && found !== index;
}

/** The one option that a sentence names, by letter or by text; a sentence that denies something is not understood. */
function findNamed(reply: string, letters: string, wanted: readonly string[]): number | undefined {
	const pattern = new RegExp(String.raw`\(([${letters}])\)|\b(?:[Aa]nswer|[Oo]ption|[Cc]hoice)(?:\s+is)?\s*:?\s*\(?([${letters}])\b(?![ \t]+[a-z])`, "g");
	const byLetter = [...new Set([...reply.matchAll(pattern)].map((match) => letters.indexOf(match[1] ?? match[2] ?? "-")))];
	const byText = mentioned(reply, wanted);
	const named = [...new Set([...byLetter, ...byText])];
	return named.length === 1 && !negation.test(withoutOptions(reply, wanted)) ? named[0] : undefined;
}

/** The options whose words occur, where a longer one ("light blue") hides a shorter one in it ("blue"). */
function mentioned(reply: string, wanted: readonly string[]): number[] {
	let text = ` ${normalise(reply)} `;
	const longestFirst = wanted.map((_, index) => index).sort((left, right) => (wanted[right] ?? "").length - (wanted[left] ?? "").length);
	return longestFirst.filter((index) => {
		const needle = ` ${wanted[index]} `;
		if (needle.trim() === "" || !text.includes(needle)) return false;
		text = text.replaceAll(needle, " | ");
		return true;
	});
}

function mentionedAtStart(tail: string, wanted: readonly string[]): number | undefined {
	const text = `${normalise(tail)} `;
	const starting = wanted.map((_, index) => index).filter((index) => wanted[index] !== "" && text.startsWith(`${wanted[index]} `));
	return starting.sort((left, right) => (wanted[right] ?? "").length - (wanted[left] ?? "").length)[0];
}

function withoutOptions(reply: string, wanted: readonly string[]): string {
	return wanted.reduce((text, option) => (option === "" ? text : text.replaceAll(` ${option} `, " | ")), ` ${spell(reply)} `);
}

function indexOfText(text: string, wanted: readonly string[]): number | undefined {
	const spelled = normalise(text);
	const matches = wanted.flatMap((option, index) => (option === spelled && option !== "" ? [index] : []));
	return matches.length === 1 ? matches[0] : undefined;
}

/** Without code fences, emphasis and quotes around the whole. */
function clean(text: string): string {
	return text
		.replace(/```\w*/g, " ")
		.replace(/[*`]+/g, "")
		.trim()
		.replace(/^["'“‘]+|["'”’]+$/g, "")
		.trim();
}

/** Lower case, single spaces, no punctuation; apostrophes stay for "isn't". */
function spell(text: string): string {
	return text
		.normalize("NFKC")
		.toLowerCase()
		.replace(/[^\p{L}\p{N}'’]+/gu, " ")
		.trim();
}

function normalise(text: string): string {
	return spell(text).replace(/^(?:a|an|the) (?=.)/, "");
}
