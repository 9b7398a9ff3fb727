import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asNumber, normalizeAnswer, sameMeaning } from "../../src/language/index.js";
import { synonymGroups } from "../../src/language/synonym-groups.js";
import { singularOf, verbStems } from "../../src/language/word-forms.js";

const anyText = fc.oneof(
	fc.string(),
	fc.string({ unit: "binary" }),
	fc.constantFrom(...synonymGroups.flat(), "constructor", "__proto__", "toString", "", " ", "a", "the", "\ud800"),
);

describe("normalizeAnswer", () => {
	it.each([
		["The Dog.", "dog"],
		["  three   Dogs ", "3 dogs"],
		["twenty-one", "21"],
		["twenty one", "21"],
		["one hundred and two", "100 and 2"],
		["“Grey”", "gray"],
		["a colour TV", "color tv"],
		["No one", "no one"],
		["A", "a"],
		["(B)", "b"],
		["blue-green", "blue-green"],
		["an  airplane!", "airplane"],
		["cafe\u0301", "café"],
		["?", "?"],
	])("%j is %j", (text, normalized) => expect(normalizeAnswer(text)).toBe(normalized));

	it("changes nothing the second time", () => {
		fc.assert(fc.property(anyText, (text) => normalizeAnswer(normalizeAnswer(text)) === normalizeAnswer(text)));
	});
});

describe("asNumber", () => {
	it.each([
		["3", 3],
		["Three.", 3],
		["forty-two", 42],
		["1,000", 1000],
		["none", 0],
		["zero", 0],
		["a couple", 2],
		["2.5", 2.5],
	])("%j is %d", (answer, number) => expect(asNumber(answer)).toBe(number));
	it.each(["no", "two dogs", "many", "B", "", "1e5", "-", "9".repeat(400)])("%j is no number", (answer) => expect(asNumber(answer)).toBeUndefined());
});

describe("sameMeaning", () => {
	it.each([
		["sofa", "couch"],
		["photo", "picture"],
		["car", "automobile"],
		["plane", "jet"],
		["bike", "bicycle"],
		["TV", "television"],
		["kid", "children"],
		["woman", "lady"],
		["yes", "Yeah."],
		["0", "no one"],
		["outdoors", "outside"],
		["the ocean", "sea"],
		["sidewalk", "pavement"],
		["wood", "wooden"],
		["metallic", "metal"],
		["rock", "stone"],
		["fridge", "refrigerator"],
		["cell phone", "phone"],
		["left", "on the left side"],
		["taking a photo", "taking photos"],
		["dog", "animal"],
		["puppy", "dog"],
		["rose", "flower"],
		["daisies", "flowers"],
		["dusk", "sunset"],
		["night", "nighttime"],
		["woods", "forest"],
		["forest", "outdoors"],
		["black", "black and white"],
		["city street", "street"],
		["street", "city"],
		["dark red", "red"],
		["maroon", "red"],
		["tennis", "tennis racket"],
		["grey", "gray"],
		["2", "two dogs"],
		["twenty-one", "21"],
		["motorcyle", "motorcycle"],
		["frisbe e", "frisbee"],
		["osprey", "bird"],
		["kitchen", "indoors"],
		["cap", "hat"],
	])("%s and %s may not stand against each other", (a, b) => expect(sameMeaning(a, b)).toBe(true));

	it.each([
		["dog", "cat"],
		["rose", "daisy"],
		["red", "orange"],
		["red", "blue"],
		["yes", "no"],
		["1", "2"],
		["2", "12"],
		["1", "21"],
		["on the left", "on the right"],
		["in the background", "in the foreground"],
		["at the top", "at the bottom"],
		["walking", "talking"],
		["driving", "diving"],
		["hiking", "biking"],
		["monkey", "donkey"],
		["man", "woman"],
		["night", "dusk"],
		["forest", "meadow"],
		["river", "lake"],
		["winter", "autumn"],
		["standing", "sitting"],
		["typing", "writing"],
		["wood", "metal"],
		["yellow", "white"],
		["tennis", "baseball"],
		["riding", "sitting"],
		["telling time", "taking photos"],
		["swan", "penguin"],
		["kitchen", "museum"],
	])("%s and %s may", (a, b) => expect(sameMeaning(a, b)).toBe(false));

	it("is symmetric and never throws", () => {
		fc.assert(fc.property(anyText, anyText, (a, b) => sameMeaning(a, b) === sameMeaning(b, a)));
	});
	it("holds of an answer and itself", () => {
		fc.assert(fc.property(anyText, (a) => sameMeaning(a, a)));
	});
	it("knows at least 120 groups", () => {
		expect(synonymGroups.length).toBeGreaterThanOrEqual(120);
		for (const group of synonymGroups) expect(sameMeaning(group[0] ?? "", group.at(-1) ?? "")).toBe(true);
	});
});

describe("word forms", () => {
	it("takes off plurals, and leaves words that are none", () => {
		for (const [word, singular] of [
			["dogs", "dog"],
			["people", "person"],
			["women", "woman"],
			["knives", "knife"],
			["yes", "yes"],
			["glasses", "glasses"],
			["tennis", "tennis"],
			["grass", "grass"],
			["sits", "sit"],
		] as const)
			expect(singularOf(word)).toBe(singular);
	});
	it("finds the verb in an -ing form", () => {
		expect(verbStems("sitting")).toContain("sit");
		expect(verbStems("riding")).toContain("ride");
		expect(verbStems("king")).toEqual([]);
	});
});
