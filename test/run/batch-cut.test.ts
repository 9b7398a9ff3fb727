import fc from "fast-check";
import { expect, it } from "vitest";
import { cutBatches } from "../../src/run/batch-cut.js";
import { estimateInputTokens, requestKey, writeRequestLine } from "../../src/teacher/index.js";
import { makeRequest } from "../support/make-request.js";

const line = { baseUrl: "http://localhost/v1", structuredOutput: "none" as const, images: async () => Buffer.from("data:,") };

it("cuts every request into one batch, in order, within all limits where a request is", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3000 }), { maxLength: 40 }),
			fc.record({ maxRequests: fc.integer({ min: 1, max: 9 }), maxBytes: fc.integer({ min: 1000, max: 9000 }), maxTokens: fc.integer({ min: 50, max: 3000 }) }),
			async (texts, limits) => {
				const stored = texts.map((text) => ({ key: requestKey(makeRequest(text)), request: makeRequest(text) }));
				const byKey = new Map(stored.map((one) => [one.key, one]));
				const cuts = [];
				for await (const cut of cutBatches(stored, limits, line, { hasRoom: () => true, price: undefined })) cuts.push(cut);
				expect(cuts.flatMap(({ keys }) => keys)).toEqual(stored.map(({ key }) => key));
				for (const { keys, bytes, tokens } of cuts) {
					const members = keys.flatMap((key) => byKey.get(key) ?? []);
					const lines = await Promise.all(members.map((member) => writeRequestLine(member, line)));
					expect(bytes).toBe(Buffer.concat(lines).length);
					expect(tokens).toBe(members.reduce((sum, { request }) => sum + estimateInputTokens(request).likely, 0));
					if (keys.length === 1) continue;
					expect(keys.length).toBeLessThanOrEqual(limits.maxRequests);
					expect(bytes).toBeLessThanOrEqual(limits.maxBytes);
					expect(tokens).toBeLessThanOrEqual(limits.maxTokens);
				}
			},
		),
		{ numRuns: 40 },
	);
});
