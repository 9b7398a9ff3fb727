import { expect, test } from "vitest";
import { readOption } from "../../src/stages/converse.js";

const animals = ["cat", "dog", "horse", "sheep"];

test.each([
	["B", "dog"],
	["(B) dog", "dog"],
	["a dog", "dog"],
	["dogs", "dog"],
	["The horses.", "horse"],
	["not the dogs", undefined],
	["bird", undefined],
	["", undefined],
])("%j among the animals is %j", (text, option) => {
	expect(readOption(text, animals, "ABCD")).toBe(option);
});

test("a number word is its numeral, and not a letter", () => {
	expect(readOption("two", ["1", "2", "3", "4"], "ABCD")).toBe("2");
	expect(readOption("Three", ["1", "2", "3", "4"], undefined)).toBe("3");
});
