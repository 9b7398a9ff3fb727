import { asNumber } from "../language/numbers.js";
import { sameMeaning } from "../language/synonyms.js";

/** How often each answer follows each question opening ("what color is"): which answers could stand in for one another. */
export type OpeningProfile = ReadonlyMap<string, number>;

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

/**
 * How plausible two answers are in place of one another: symmetric, 0 for the same meaning, at most 1.
 * Numbers are the closer the more plausible; other answers by how alike the questions are that they answer.
 */
export function plausibility(a: string, b: string, profileA: OpeningProfile, profileB: OpeningProfile): number {
	if (sameMeaning(a, b)) return 0;
	const numberA = asNumber(a);
	const numberB = asNumber(b);
	if (numberA !== undefined && numberB !== undefined) {
		return Math.max(floor, 1 / (numberA - numberB) ** 2);
	}
	if ((numberA === undefined) !== (numberB === undefined)) return floor;
	return Math.max(floor, cosine(profileA, profileB));
}

function cosine(a: OpeningProfile, b: OpeningProfile): number {
	let dot = 0;
	let squareA = 0;
	let squareB = 0;
	for (const [key, value] of a) {
		dot += value * (b.get(key) ?? 0);
		squareA += value * value;
	}
	for (const value of b.values()) squareB += value * value;
	return squareA > 0 && squareB > 0 ? dot / Math.sqrt(squareA * squareB) : 0;
}
