import { asNumber } from "../language/numbers.js";
import { sameMeaning } from "../language/synonyms.js";

/** How often each answer follows each question opening ("what color is"): which answers could stand in for one another. */
export type OpeningProfile = ReadonlyMap<string, number>;

/** An answer with what decides what it could stand in for; made once, since every answer meets all others. */
export interface AnswerTraits {
	readonly answer: string;
	readonly number: number | undefined;
	readonly profile: OpeningProfile;
	/** The profile's length, squared. */
	readonly square: number;
}

/** Unlikely, but never impossible: with every pair possible, frequent answers always find enough partners. */
const floor = 0.02;

/** The first words of a question, which tell what kind of answer it wants. */
export function openingOf(questionText: string): string {
	return questionText
		.toLowerCase()
		.replace(/[^a-z0-9' ]/g, "")
		.split(/\s+/)
		.slice(0, 3)
		.join(" ");
}

export function traitsOf(answer: string, profile: OpeningProfile): AnswerTraits {
	let square = 0;
	for (const value of profile.values()) square += value * value;
	return { answer, number: asNumber(answer), profile, square };
}

/**
 * How plausible two answers are in place of one another: symmetric, 0 for the same meaning and for nothing else, at most 1.
 * Numbers are the closer the more plausible; other answers by how alike the questions are that they answer.
 */
export function plausibility(a: AnswerTraits, b: AnswerTraits): number {
	if (sameMeaning(a.answer, b.answer)) return 0;
	if (a.number !== undefined && b.number !== undefined) {
		return Math.max(floor, 1 / (a.number - b.number) ** 2);
	}
	if ((a.number === undefined) !== (b.number === undefined)) return floor;
	return Math.max(floor, cosine(a, b));
}

function cosine(a: AnswerTraits, b: AnswerTraits): number {
	let dot = 0;
	for (const [key, value] of a.profile) dot += value * (b.profile.get(key) ?? 0);
	return a.square > 0 && b.square > 0 ? dot / Math.sqrt(a.square * b.square) : 0;
}
