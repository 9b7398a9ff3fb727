import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CandorError, exitCodes } from "../../src/records/index.js";
import { stringifyRow, writeFileAtomic } from "../../src/shards/index.js";
import { inFolder, onSmallDisk, thrownBy } from "./folders.js";

describe("stringifyRow", () => {
	it("writes ASCII on one line that means the same, for any value", () => {
		fc.assert(
			fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
				const json = stringifyRow(value);
				expect(json).toMatch(/^[\x20-\x7e]*$/);
				expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
			}),
			{ seed: 1 },
		);
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (text) => {
				const json = stringifyRow({ [text]: text });
				expect(json).toMatch(/^[\x20-\x7e]*$/);
				expect(JSON.parse(json)).toEqual({ [text]: text });
			}),
			{ seed: 2 },
		);
	});

	it.each([
		["\u2028\u2029", '"\\u2028\\u2029"'],
		["\u0085\u007f", '"\\u0085\\u007f"'],
		["🌉", '"\\ud83c\\udf09"'],
		["\ud83c", '"\\ud83c"'],
		["\udf09x", '"\\udf09x"'],
		["é~\n", '"\\u00e9~\\n"'],
		["\\u00e9", '"\\\\u00e9"'],
	])("escapes %j", (text, json) => {
		expect(stringifyRow(text)).toBe(json);
		expect(JSON.parse(json)).toBe(text);
	});

	it("refuses what JSON has no word for", () => {
		expect(() => stringifyRow(undefined)).toThrow(TypeError);
	});
});

describe("writeFileAtomic", () => {
	it("replaces a file, and the leftover of a dead run", async () => {
		await inFolder(async (folder) => {
			const path = join(folder, "card.md");
			await writeFile(path, "old");
			await writeFile(`${path}.tmp`, "half of something much longer");
			await writeFileAtomic(path, "new");
			expect(await readFile(path, "utf8")).toBe("new");
			expect(await readdir(folder)).toEqual(["card.md"]);
		});
	});

	it("names the file that cannot be written, and leaves nothing behind", async () => {
		await inFolder(async (folder) => {
			const path = join(folder, "taken");
			await mkdir(join(path, "inside"), { recursive: true });
			const error = await thrownBy(() => writeFileAtomic(path, "new"));
			expect(error).toBeInstanceOf(CandorError);
			expect(error).toMatchObject({ exitCode: exitCodes.unexpected, message: expect.stringContaining(path) });
			expect(await readdir(folder)).toEqual(["taken"]);
		});
	});

	it("keeps the old file on a full disk", async () => {
		await onSmallDisk(async (folder) => {
			const path = join(folder, "manifest.json");
			await writeFileAtomic(path, "old");
			const error = await thrownBy(() => writeFileAtomic(path, Buffer.alloc(2 * 1024 * 1024)));
			expect(error).toMatchObject({ message: `cannot write ${path}: the disk is full`, remedy: expect.stringContaining("Free some disk space") });
			expect(await readFile(path, "utf8")).toBe("old");
			expect(await readdir(folder)).toEqual(["manifest.json"]);
		});
	});
});
