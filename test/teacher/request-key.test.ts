import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../src/teacher/canonical-json.js";
import { requestKey } from "../../src/teacher/index.js";
import { makeCandidate, makeImageRef, makeRequest } from "../support/make-request.js";

/** The same value with every object's keys in another order. */
function reorder(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(reorder);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.reverse()
			.map(([key, member]) => [key, reorder(member)]),
	);
}

test("canonical JSON does not depend on the order of keys and says the same", () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			expect(canonicalJson(reorder(value))).toBe(canonicalJson(value));
			expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
		}),
	);
});

test("the key does not depend on the order of keys", () => {
	fc.assert(
		fc.property(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), fc.integer({ min: 1 }), (text, json, attempt) => {
			const request = makeRequest(text, { schema: { name: "s", json }, attempt, image: makeImageRef() });
			expect(requestKey(reorder(request) as typeof request)).toBe(requestKey(request));
		}),
	);
});

test("who asks, how urgently and where the picture lies do not count", () => {
	const image = makeImageRef();
	const request = makeRequest("a", { image });
	const other = makeRequest("a", {
		image: { ...image, path: makeImageRef("b").path, width: 9 },
		priority: 7,
		about: { pipeline: "dpo", stage: "cave", candidate: makeCandidate("g2") },
	});
	expect(requestKey(other)).toBe(requestKey(request));
});

test.each([
	["text", makeRequest("b", { image: makeImageRef() })],
	["picture", makeRequest("a", { image: makeImageRef("b") })],
	["no picture", makeRequest("a")],
	["model", makeRequest("a", { image: makeImageRef(), model: "other" })],
	["seed", makeRequest("a", { image: makeImageRef(), sampling: { temperature: 0.7, maxOutputTokens: 64, seed: 2 } })],
	["topP", makeRequest("a", { image: makeImageRef(), sampling: { temperature: 0.7, topP: 0.9, maxOutputTokens: 64, seed: 1 } })],
	["attempt", makeRequest("a", { image: makeImageRef(), attempt: 2 })],
	["schema", makeRequest("a", { image: makeImageRef(), schema: { name: "s", json: {} } })],
	["salt", makeRequest("a", { image: makeImageRef(), salt: "x" })],
])("another %s is another request", (_, other) => {
	expect(requestKey(other)).not.toBe(requestKey(makeRequest("a", { image: makeImageRef() })));
});
