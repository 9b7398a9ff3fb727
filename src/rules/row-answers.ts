import {
	asNumber,
	findLetter,
	findMeaning,
	findMentions,
	isSaidOutright,
	type Manner,
	type Mention,
	mannerOf,
	mentionsAnswer,
	mentionsMeaning,
	normalizeAnswer,
	polarityOf,
	splitSentences,
	stanceCues,
} from "../language/index.js";
import type { Meta } from "../records/index.js";

/** A mention of an answer in a text, with how it is meant. */
export interface JudgedMention extends Mention {
	readonly manner: Manner;
}

/** The letter under which an answer is shown, or undefined where no choices are. */
export function letterOf(meta: Meta, answer: string): string | undefined {
	const index = (meta.choices ?? []).findIndex((choice) => normalizeAnswer(choice) === normalizeAnswer(answer));
	return index < 0 || meta.labels === undefined ? undefined : meta.labels[index];
}

/** Every answer in play that is not the right one: the other choices, the claims, the standing answers. */
function wrongAnswers(meta: Meta): string[] {
	const right = normalizeAnswer(meta.answer);
	const known = [...(meta.choices ?? []), ...meta.claims, ...meta.standingAnswers];
	// A yes/no question has its other answer even where nobody gave it.
	const polarity = polarityOf(meta.answer);
	const opposite = polarity === undefined ? [] : [polarity === "yes" ? "no" : "yes"];
	const wrong = new Map([...known, ...opposite].map((answer) => [normalizeAnswer(answer), answer]));
	wrong.delete(right);
	return [...wrong.values()];
}

/** Where a text names the right answer, in any words that mean it, or by its letter. */
function rightMentions(text: string, meta: Meta): JudgedMention[] {
	return judge(text, [...aboutQuestion(text, meta, findMeaning(text, meta.answer)), ...letterMentions(text, meta, meta.answer)]);
}

/** Where a text names a wrong answer in so many words, or by its letter; `right` are the mentions of the right one. */
function wrongMentions(text: string, meta: Meta, right: readonly JudgedMention[]): (JudgedMention & { answer: string })[] {
	return wrongAnswers(meta)
		.flatMap((answer) => {
			const found = [...aboutQuestion(text, meta, findMentions(text, answer)), ...letterMentions(text, meta, answer)];
			return judge(text, found).map((mention) => ({ ...mention, answer }));
		})
		.filter((mention) => polarityOf(mention.answer) !== undefined || !right.some((other) => other.start <= mention.start && mention.end <= other.end))
		.sort((a, b) => a.start - b.start);
}

/** Says why a reply does not give the right answer, or undefined where it does. */
export function faultOfGoodReply(text: string, meta: Meta): string | undefined {
	const right = rightMentions(text, meta);
	const own = right.filter((mention) => isOwn(mention));
	const takenOver = right.some((mention) => mention.manner === "attributed") && agreesSomehow(text);
	if (own.length === 0 && !takenOver) return `never gives the right answer, ${JSON.stringify(meta.answer)}, as its own`;
	const wrong = wrongMentions(text, meta, right).findLast((mention) => mention.manner === "asserted" && isAnswerLike(text, mention));
	if (wrong === undefined || own.some((mention) => mention.start > wrong.start)) return undefined;
	return `ends by giving ${JSON.stringify(wrong.answer)}, which is wrong`;
}

/** Says why a rejected reply is not a wrong one, or undefined where it is. */
export function faultOfBadReply(text: string, meta: Meta): string | undefined {
	const right = rightMentions(text, meta);
	const wrong = wrongMentions(text, meta, right).filter((mention) => mention.manner !== "denied");
	const lastRight = right.findLast((mention) => mention.manner === "asserted" && isAnswerLike(text, mention));
	if (lastRight !== undefined && !wrong.some((mention) => mention.start > lastRight.start && isOwn(mention)))
		return `ends by giving the right answer, ${JSON.stringify(meta.answer)}`;
	if (wrong.length > 0) return undefined;
	// Without choices a third answer may be any; it only must not be the right one.
	const isOpen = meta.choices === undefined && polarityOf(meta.answer) === undefined;
	return isOpen && !right.some(isOwn) ? undefined : "names no wrong answer";
}

function isOwn(mention: JudgedMention): boolean {
	return mention.manner === "asserted" || mention.manner === "stated";
}

/** A yes or no counts as an answer in that word only; a statement alone ("there is a cat") may be about something else. */
function isAnswerLike(text: string, mention: Mention): boolean {
	const said = text.slice(mention.start, mention.end);
	return isSaidOutright(text, mention) || countSpaces(said) < 4;
}

function countSpaces(text: string): number {
	return text.split(" ").length - 1;
}

function agreesSomehow(text: string): boolean {
	if (stanceCues(text).agrees) return true;
	return splitSentences(text).some(
		(sentence) => /\b(?:right|correct|agree|confirm\w*|indeed|accurate|matches|fits)\b/i.test(sentence) && !/n't\b|\b(?:not|never|cannot|no)\b/i.test(sentence),
	);
}

function judge(text: string, mentions: readonly Mention[]): JudgedMention[] {
	return mentions.map((mention) => ({ ...mention, manner: mannerOf(text, mention) })).sort((a, b) => a.start - b.start);
}

function letterMentions(text: string, meta: Meta, answer: string): Mention[] {
	const letter = letterOf(meta, answer);
	return letter === undefined ? [] : findLetter(text, letter);
}

/**
 * Of the statements that say yes or no without the word, those count that speak most of what the question asks: in "There is
 * a cat, but I don't see a dog" only the second answers "Is there a dog?". Of numbers, those that do not count other things.
 */
function aboutQuestion(text: string, meta: Meta, mentions: readonly Mention[]): readonly Mention[] {
	if (asNumber(meta.answer) !== undefined) return mentions.filter((mention) => !countsOtherThing(text, meta, mention));
	if (polarityOf(meta.answer) === undefined) return mentions;
	const asked = (meta.question.toLowerCase().match(/\p{L}{3,}/gu) ?? []).filter((word) => !generalWords.has(word));
	const overlap = ({ start, end }: Mention): number => asked.filter((word) => mentionsMeaning(text.slice(start, end), word)).length;
	const statements = [...findMentions(text, "yes"), ...findMentions(text, "no")].filter((mention) => !isSaidOutright(text, mention));
	const most = Math.max(0, ...statements.map(overlap));
	return mentions.filter((mention) => isSaidOutright(text, mention) || overlap(mention) === most);
}

const generalWords = new Set(
	"there are any the this that picture image photo photograph scene does can you see seen visible shown have has and some what with".split(" "),
);

/** "two trees" where dogs are asked for, in a text that also counts dogs ("three dogs"). */
function countsOtherThing(text: string, meta: Meta, mention: Mention): boolean {
	const thing = /^how many ([\p{L}-]+(?: [\p{L}-]+)??) (?:are|is|can|do|does|lie|sit|stand|have|has|were|appear|hang|float|in|on)\b/iu
		.exec(meta.question)?.[1]
		?.split(" ")
		.at(-1);
	if (thing === undefined) return false;
	const counts = (from: number): boolean => mentionsAnswer(/^(?:\W+[\p{L}'-]+){0,3}/u.exec(text.slice(from))?.[0].split(/[.,;:!?]/)[0] ?? "", thing);
	const next = /^ ([\p{L}-]+)/u.exec(text.slice(mention.end))?.[1]?.toLowerCase();
	if (next === undefined || counts(mention.end) || !/[^s]s$/.test(next) || next === "is") return false;
	return [...text.matchAll(/\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b/gi)].some(
		(number) => number.index !== mention.start && counts(number.index + number[0].length),
	);
}
