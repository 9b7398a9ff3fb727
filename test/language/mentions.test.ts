import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findLetter, mannerOf, mentionsAnswer, mentionsMeaning, mentionsOption } from "../../src/language/index.js";

describe("mentionsAnswer", () => {
	it.each([
		["The horse is Brown.", "brown"],
		["A grey horse.", "gray"],
		["There are two dogs.", "2"],
		["I count 2.", "two"],
		["twenty-one birds", "21"],
		["Three dogs", "dog"],
		["A dog's ear.", "dogs"],
		["It stands in the background.", "in the background"],
		["The background holds it.", "in the background"],
		["to the left of it", "on the left"],
		["You're right, it is on the right side.", "on the right"],
		["There is a dog on the left.", "yes"],
		["Yes.", "yes"],
		["I don't see a dog.", "no"],
		["No, I would not say so.", "no"],
		["No dog is visible.", "no"],
		["There is only one dog.", "1"],
		["(B) taking photos", "taking a photo"],
	])("%j mentions %j", (text, answer) => expect(mentionsAnswer(text, answer)).toBe(true));

	it.each([
		["The horse is brownish.", "brown"],
		["A scarred door.", "red"],
		["The one on the left is brown.", "1"],
		["There are 12 dogs.", "2"],
		["There are two, three at most.", "23"],
		["You're right, it is brown.", "right"],
		["Nobody is left.", "left"],
		["There is no dog.", "yes"],
		["There is a dog.", "no"],
		["Your answer is fine.", "yes"],
		["A cat.", "dog"],
	])("%j does not mention %j", (text, answer) => expect(mentionsAnswer(text, answer)).toBe(false));

	it("finds every answer in itself, and never throws", () => {
		fc.assert(
			fc.property(fc.constantFrom("red", "on the left", "yes", "no", "2", "typing", "taking photos", "3 dogs"), (answer) =>
				mentionsAnswer(`The answer is "${answer}".`, answer),
			),
		);
		fc.assert(fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (text, answer) => typeof mentionsMeaning(text, answer) === "boolean"));
	});
});

describe("mentionsMeaning", () => {
	it.each([
		["A couch.", "sofa"],
		["The cat sits.", "sitting"],
		["He takes a photo.", "taking photos"],
		["The door is wooden.", "wood"],
		["A single boat.", "1"],
		["A pair of swans.", "2"],
	])("%j means %j", (text, answer) => {
		expect(mentionsMeaning(text, answer)).toBe(true);
	});
});

describe("mentionsOption", () => {
	it.each([
		["(B)", "B"],
		["B", "B"],
		["B.", "B"],
		["B) red", "B"],
		["I take option B here.", "B"],
		["The answer is B.", "B"],
		["My answer is A", "A"],
		["(2) yes", "2"],
		["option 2", "2"],
	])("%j names %s", (text, letter) => {
		expect(mentionsOption(text, "purple", letter)).toBe(true);
	});
	it.each([
		["A horse stands.", "A"],
		["The answer is a horse.", "A"],
		["Plan B failed.", "B"],
		["There are 2 dogs.", "2"],
		["The answer is 2.", "2"],
		["Big Bob", "B"],
		["I am a B-movie fan", "B"],
	])("%j does not name %s", (text, letter) => {
		expect(findLetter(text, letter)).toEqual([]);
	});
});

describe("mannerOf", () => {
	const manner = (text: string, answer: string): string => {
		const start = text.indexOf(answer);
		return mannerOf(text, { start, end: start + answer.length });
	};
	it.each([
		["The answer is white.", "asserted"],
		["So white is right.", "asserted"],
		["I stay with (B) white.", "asserted"],
		["The coat is white.", "stated"],
		["You suggested white.", "attributed"],
		["It may look white.", "attributed"],
		["I first said white.", "attributed"],
		["It is not white.", "denied"],
		["White? No: white is wrong.", "denied"],
		["It is brown rather than white.", "denied"],
		["There is no doubt that it is white.", "asserted"],
		["I won't change my answer, white.", "stated"],
		["I can't agree with white.", "denied"],
		["It isn't brown, it's white.", "asserted"],
		["You can put me down for (B) white instead.", "stated"],
		["That is why I differ from you and answer white.", "stated"],
	])("%s: %s", (text, expected) => expect(manner(text, "white")).toBe(expected));
});
