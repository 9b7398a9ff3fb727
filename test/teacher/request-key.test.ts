import { hash } from "node:crypto";
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

test("the key is the hash of the canonical JSON of what the reply depends on: ledgers outlive versions", () => {
	const image = makeImageRef();
	fc.assert(
		fc.property(
			fc.string({ unit: "binary" }),
			fc.option(fc.dictionary(fc.string(), fc.jsonValue()), { nil: undefined }),
			fc.option(fc.double({ min: 0.1, max: 1, noNaN: true }), { nil: undefined }),
			fc.option(fc.string(), { nil: undefined }),
			(text, json, topP, salt) => {
				const sampling = { temperature: 0.7, maxOutputTokens: 64, seed: 3, ...(topP === undefined ? {} : { topP }) };
				const schema = json === undefined ? {} : { schema: { name: "s", json } };
				const request = makeRequest(text, { image, sampling, ...schema, ...(salt === undefined ? {} : { salt }) });
				const messages = [
					{ role: "system", content: [{ type: "text", text: "Be brief." }] },
					{
						role: "user",
						content: [
							{ type: "image", image: { sha256: image.sha256 } },
							{ type: "text", text },
						],
					},
				];
				const whole = canonicalJson({ model: "fake-vlm", sampling, messages, ...schema, attempt: 1, salt });
				expect(requestKey(request)).toBe(hash("sha256", whole, "hex"));
			},
		),
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
