import fc from "fast-check";
import { expect, test } from "vitest";
import { parseOption } from "../../src/teacher/index.js";

const colors = ["blue", "red", "light blue", "dark green"];

test.each([
	["B", 1],
	["b", 1],
	["(B)", 1],
	["(b) red", 1],
	["B.", 1],
	["B:", 1],
	["[B]", 1],
	["B) red", 1],
	["(B) red", 1],
	["B. Red.", 1],
	["B - red", 1],
	["B red", 1],
	["red", 1],
	["Red.", 1],
	['"red"', 1],
	["**B**", 1],
	["**(B) red**", 1],
	["```\nB\n```", 1],
	["Option B: red", 1],
	["Option B", 1],
	["Answer: B", 1],
	["The answer is B", 1],
	["The answer is B.", 1],
	["The correct answer is (B) red.", 1],
	["The correct option is: B", 1],
	["I would choose B.", 1],
	["The best choice would be option B.", 1],
	["The answer is red.", 1],
	["It is red.", 1],
	["The sofa in the picture looks red.", 1],
	["It is light blue.", 2],
	["The light blue one", 2],
	["<think>A? no</think>B", 1],
	["B. The sofa is clearly red, as the light shows.", 1],
	["B, because the sofa is red", 1],
	["Looking at the picture, the answer is (B).", 1],
	["C) light blue", 2],
])("%j names option %i", (text, index) => {
	expect(parseOption(text, colors)).toBe(index);
});

test.each([
	"",
	"E",
	"(E) red",
	"B or C",
	"A and B",
	"(A) or (B)",
	"red or blue",
	"(A) red",
	"B) blue",
	"B: light blue",
	"not red",
	"It isn't red.",
	"purple",
	"It is hard to tell.",
	"Option A or option B",
	"I cannot tell.",
])("%j names none, or contradicts itself", (text) => {
	expect(parseOption(text, colors)).toBeUndefined();
});

test("an article is not a letter, unless it is one", () => {
	expect(parseOption("A dog", ["cat", "dog"])).toBe(1);
	expect(parseOption("a dog", ["cat", "dog"])).toBe(1);
	expect(parseOption("A dog", ["dog", "cat"])).toBe(0);
	expect(parseOption("A", ["cat", "dog"])).toBe(0);
	expect(parseOption("the dog", ["cat", "a dog"])).toBe(1);
});

test("digits as labels, and digits as options", () => {
	expect(parseOption("2", ["cat", "dog"], "1234")).toBe(1);
	expect(parseOption("(2) dog", ["cat", "dog"], "1234")).toBe(1);
	expect(parseOption("Option 2", ["cat", "dog"], "1234")).toBe(1);
	expect(parseOption("3", ["cat", "dog"], "1234")).toBeUndefined();
	expect(parseOption("2", ["3", "2", "1"])).toBe(1);
	expect(parseOption("B) 2", ["3", "2", "1"])).toBe(1);
	expect(parseOption("A) 2", ["3", "2", "1"])).toBeUndefined();
	expect(parseOption("2", ["2", "3"], "1234")).toBeUndefined();
});

test("yes and no are options, not denials", () => {
	expect(parseOption("No.", ["yes", "no"])).toBe(1);
	expect(parseOption("no", ["yes", "no"])).toBe(1);
	expect(parseOption("A) Yes", ["yes", "no"])).toBe(0);
});

test("letter, text and both name every option, in the usual dress", () => {
	const dress = fc.constantFrom<(letter: string, text: string) => string>(
		(letter) => letter,
		(letter) => `(${letter})`,
		(letter) => `The answer is ${letter}.`,
		(letter, text) => `${letter}. ${text}`,
		(letter, text) => `(${letter}) ${text}`,
		(letter, text) => `Option ${letter}: ${text}`,
		(_, text) => text,
		(_, text) => `The answer is ${text}.`,
	);
	const words = fc.uniqueArray(fc.stringMatching(/^[e-z]{3,8}( [e-z]{3,8})?$/), { minLength: 2, maxLength: 4 });
	fc.assert(
		fc.property(words, fc.nat(3), dress, (options, pick, wear) => {
			const index = pick % options.length;
			fc.pre(!options.some((option) => /^(the|not|nor|neither|option|choice|never)\b/.test(option)));
			expect(parseOption(wear("ABCD".charAt(index), options[index] ?? ""), options)).toBe(index);
		}),
	);
	fc.assert(fc.property(fc.string({ unit: "binary" }), fc.array(fc.string(), { maxLength: 4 }), (text, options) => void parseOption(text, options)));
});

test.each([
	"answer is ".repeat(20_000),
	"the ".repeat(50_000),
	"I would say ".repeat(20_000),
	" ".repeat(200_000),
	"(".repeat(200_000),
	"*".repeat(200_000),
	'"'.repeat(200_000),
])("hostile text ends soon", (text) => {
	expect(parseOption(text, colors)).toBeUndefined();
});
