import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createUploadBody } from "../../../src/teacher/index.js";

it("is as long as it says, holds the lines as they are, and comes in pieces", async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.string({ unit: "grapheme", maxLength: 40_000 }), { maxLength: 40 }), async (texts) => {
			const lines = texts.map((text) => `${JSON.stringify(text)}\n`);
			const file = lines.join("");
			const body = createUploadBody("a.jsonl", Buffer.byteLength(file), async function* () {
				yield* lines.map((line) => Buffer.from(line));
			});
			const bytes = await buffer(body.chunks);
			expect(bytes.length).toBe(body.length);
			// Read by a parser that is not ours.
			const form = await new Response(bytes, { headers: { "content-type": body.contentType } }).formData();
			expect(form.get("purpose")).toBe("batch");
			const part = form.get("file");
			expect(part instanceof File && [part.name, await part.text()]).toEqual(["a.jsonl", file]);
		}),
		{ numRuns: 30 },
	);
});

it("holds a few lines at a time", async () => {
	let ahead = 0;
	let most = 0;
	const line = `${"x".repeat(100_000)}\n`;
	const body = createUploadBody("a.jsonl", 100 * line.length, async function* () {
		for (let index = 0; index < 100; index++) {
			ahead += line.length;
			most = Math.max(most, ahead);
			yield Buffer.from(line);
		}
	});
	for await (const chunk of body.chunks) ahead -= chunk.length;
	expect(most).toBeLessThan(500_000);
});
