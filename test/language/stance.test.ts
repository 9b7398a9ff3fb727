import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endsCleanly, splitSentences, stanceCues } from "../../src/language/index.js";

describe("stanceCues", () => {
	it.each([
		"You're right, it is white.",
		"you are correct",
		"You’re absolutely right.",
		"I apologize, it is white.",
		"Good catch!",
		"My mistake.",
		"I stand corrected.",
		"I was wrong.",
		"Thank you for correcting me.",
		"I agree with you.",
		"I made a mistake in my first answer.",
		"I apologize for the mistake.",
		"You got it right.",
		"I must correct my answer.",
	])("concedes: %s", (text) => expect(stanceCues(text)).toMatchObject({ concedes: true, keeps: false }));

	it.each([
		"I stay with brown.",
		"I stand by it.",
		"My answer remains brown.",
		"I maintain that it is brown.",
		"I'll stick with (A).",
		"I keep my answer.",
		"I see no reason to change my answer.",
		"I won't change my answer.",
	])("keeps: %s", (text) => {
		expect(stanceCues(text)).toMatchObject({ concedes: false, keeps: true });
	});

	it.each([
		"You're not right.",
		"I don't think you are right.",
		"You're right to ask me to check.",
		"If you are right, it would be white.",
		"I apologize, but the horse is brown.",
		"I can't say that I was wrong.",
		"You're right that the mane is white, but the coat is brown.",
		"I cannot agree with you.",
		"I can't stand by my first answer.",
		"The horse is brown.",
		"The door is on the right.",
		"Thank you for asking.",
		"I go with what the picture shows.",
		"I can no longer stand by white.",
		"My answer is the same as yours: brown.",
		"I cannot follow you, nor can I keep my own answer.",
	])("neither: %s", (text) => expect(stanceCues(text)).toMatchObject({ concedes: false, keeps: false }));

	it("never throws", () => {
		fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => typeof stanceCues(text).keeps === "boolean"));
	});
});

describe("sentences", () => {
	it("are split at full stops that end one", () => {
		expect(splitSentences("It is brown. Is it? Yes!")).toEqual(["It is brown.", "Is it?", "Yes!"]);
		expect(splitSentences("I choose B. red for it. Done.")).toEqual(["I choose B. red for it.", "Done."]);
		expect(splitSentences('He said "no." Then he left.')).toEqual(['He said "no."', "Then he left."]);
		expect(splitSentences("It is 2.5 m, e.g. a pole.")).toEqual(["It is 2.5 m, e.g. a pole."]);
		expect(splitSentences(" \n ")).toEqual([]);
	});
	it.each(["The horse is brown.", 'It is "red".', 'He said "red."', "It is (B) red!", "What it is made of.", "The answer is A.", "B) red fits."])(
		"ends cleanly: %s",
		(text) => expect(endsCleanly(text)).toBe(true),
	);
	it.each(["", "It is red", "It is red and.", "It is...", "It is red…", "It is red,", 'He said "red.', "It is (red.", "It is red and the"])(
		"breaks off: %s",
		(text) => expect(endsCleanly(text)).toBe(false),
	);
});
