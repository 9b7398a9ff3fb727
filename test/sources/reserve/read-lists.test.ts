import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { exitCodes } from "../../../src/records/index.js";
import { digestExclusions, readExclusions } from "../../../src/sources/reserve/read-lists.js";

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "candor-lists-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(text: string | Buffer): string {
	const path = join(folder, "list.txt");
	writeFileSync(path, text);
	return path;
}

it("reads ids as they stand, without blank lines and comments", async () => {
	const { questions } = await readExclusions({ questions: write("\ufeff# mine\n17\r\n\n  vg/3#2  \n# 18\nid with space\n17") });
	expect([...questions]).toEqual(["17", "vg/3#2", "id with space"]);
});

it("reads pictures by sha256 and by perceptual hash", async () => {
	const path = write(`${"AB".repeat(32)}\n# a hash\n0123456789abcdef\n`);
	const { pictures } = await readExclusions({ pictures: path });
	expect(pictures).toEqual([
		{ where: `${path}:1`, sha256: "ab".repeat(32) },
		{ where: `${path}:3`, hash: Uint32Array.from([0x0123_4567, 0x89ab_cdef]) },
	]);
});

it.each([
	["questions", "1\n2\na\u0007b\n", 3, "a\\u0007b"],
	["questions", Buffer.from([0x31, 0x0a, 0xff, 0xfe]), 2, "\ufffd"],
	["questions", `x\n${"y".repeat(501)}`, 2, "yyyy"],
	["pictures", "# one\nphotos/a.jpg\n", 2, "photos/a.jpg"],
	["pictures", `${"a".repeat(63)}\n`, 1, "aaaa"],
	["pictures", `${"a".repeat(64)} a.jpg\n`, 1, "aaaa"],
] as const)("names file, line and value of a bad line in a list of %s", async (list, text, line, value) => {
	const path = write(text);
	const thrown = await readExclusions({ [list]: path }).catch((error: unknown) => error);
	expect(thrown).toMatchObject({ exitCode: exitCodes.configuration, message: expect.stringContaining(`${path}:${line}: `) });
	expect(thrown).toMatchObject({ message: expect.stringContaining(value), remedy: expect.stringMatching(/\w/) });
});

it.each(["questions", "pictures"] as const)("names the setting of a list of %s that is not there", async (list) => {
	for (const read of [readExclusions, digestExclusions]) {
		const thrown = await read({ [list]: join(folder, "none.txt") }).catch((error: unknown) => error);
		expect(thrown).toMatchObject({ exitCode: exitCodes.configuration, message: expect.stringContaining(`reserve.exclude.${list}`) });
	}
});

it("tells a list's content by its digest", async () => {
	const first = await digestExclusions({ questions: write("1\n") });
	const second = await digestExclusions({ questions: write("2\n") });
	expect(Object.keys(first)).toEqual(Object.keys(second));
	expect(first).not.toEqual(second);
});
