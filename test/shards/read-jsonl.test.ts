import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CandorError, exitCodes } from "../../src/records/index.js";
import { isJsonlProblem, type JsonlItem, parseJsonlChunks, readJsonl } from "../../src/shards/read-jsonl.js";
import { collect, inFolder, thrownBy } from "./folders.js";

async function* inPieces(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
	const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
	for (const [index, edge] of edges.entries()) {
		const next = edges[index + 1];
		if (next !== undefined) yield bytes.subarray(edge, next);
	}
}

async function parse(data: string | Buffer, options: { maxLineBytes?: number } = {}, cuts: readonly number[] = []): Promise<JsonlItem[]> {
	return collect(parseJsonlChunks(inPieces(Buffer.from(data), cuts), options));
}

function values(items: readonly JsonlItem[]): unknown[] {
	return items.map((item) => (isJsonlProblem(item) ? item.problem : item.value));
}

describe("parseJsonlChunks", () => {
	it("gives each value with its line and where it stands", async () => {
		expect(await parse('{"a":1}\n\n[2]\n"é"\n4')).toEqual([
			{ line: 1, byteOffset: 0, value: { a: 1 } },
			{ line: 3, byteOffset: 9, value: [2] },
			{ line: 4, byteOffset: 13, value: "é" },
			{ line: 5, byteOffset: 18, value: 4 },
		]);
	});

	it("finds the same items wherever the file is cut, and each at its offset", async () => {
		const plainLine = fc.json().map((json) => Buffer.from(json));
		const oddLine = fc.oneof(
			fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x0a))),
			fc.constantFrom("", "  ", '{"a":', "é\r", "x".repeat(300)).map((text) => Buffer.from(text)),
		);
		const file = fc
			.tuple(fc.array(fc.oneof(plainLine, oddLine), { maxLength: 12 }), fc.constantFrom("\n", "\r\n"), fc.constantFrom("", "\n", "\ufeff"))
			.map(([lines, end, edge]) => {
				const joined = lines.flatMap((line, index) => (index === 0 ? [line] : [Buffer.from(end), line]));
				return edge === "\n" ? Buffer.concat([...joined, Buffer.from(edge)]) : Buffer.concat([Buffer.from(edge), ...joined]);
			});
		await fc.assert(
			fc.asyncProperty(file, fc.array(fc.nat(4096), { maxLength: 40 }), fc.constantFrom(50, 10_000), async (bytes, cuts, maxLineBytes) => {
				const whole = await parse(bytes, { maxLineBytes });
				expect(await parse(bytes, { maxLineBytes }, cuts)).toEqual(whole);
				for (const item of whole) {
					if (isJsonlProblem(item)) continue;
					const end = bytes.indexOf(0x0a, item.byteOffset);
					const line = bytes.toString("utf8", item.byteOffset, end === -1 ? bytes.length : end);
					expect(JSON.parse(line)).toEqual(item.value);
				}
			}),
			{ numRuns: 300, seed: 1 },
		);
	});

	it("reads back what was written, one byte at a time", async () => {
		const bytes = Buffer.from('\ufeff{"text":"Zürich 🌉"}\r\n[1]\r\n');
		const cuts = Array.from(bytes, (_, index) => index);
		expect(await parse(bytes, {}, cuts)).toEqual([
			{ line: 1, byteOffset: 3, value: { text: "Zürich 🌉" } },
			{ line: 2, byteOffset: 28, value: [1] },
		]);
	});

	it("keeps a bad line's trouble to that line", async () => {
		const items = await parse(Buffer.concat([Buffer.from('1\n"caf'), Buffer.from([0xe9]), Buffer.from('"\n{"a":}\n"a\0b"\n5\n')]));
		expect(items.map((item) => item.line)).toEqual([1, 2, 3, 4, 5]);
		expect(values(items)).toEqual([1, "is not valid UTF-8", expect.stringContaining("is not valid JSON"), expect.stringContaining("NUL bytes"), 5]);
		expect(items[2]).toMatchObject({ excerpt: '{"a":}' });
		expect(items[3]).toMatchObject({ excerpt: '"a\ufffdb"' });
	});

	it("refuses overlong, surrogate and cut UTF-8", async () => {
		for (const bytes of [
			[0xc0, 0xaf],
			[0xed, 0xa0, 0x80],
			[0xf0, 0x9f, 0x8c],
			[0xf5, 0x80, 0x80, 0x80],
		]) {
			expect(values(await parse(Buffer.from([0x22, ...bytes, 0x22])))).toEqual(["is not valid UTF-8"]);
		}
	});

	it("names the encoding of a file that is not UTF-8, once", async () => {
		const utf16 = Buffer.from('\ufeff{"a":1}\n{"a":2}\n', "utf16le");
		expect(values(await parse(utf16))).toEqual([expect.stringContaining("UTF-16")]);
		expect(values(await parse(Buffer.from(utf16).swap16(), {}, [1]))).toEqual([expect.stringContaining("UTF-16")]);
		expect(values(await parse(Buffer.from([0xff, 0xfe, 0, 0, 0x31, 0, 0, 0])))).toEqual([expect.stringContaining("UTF-32")]);
	});

	it("says that a line breaks off where the file has no end", async () => {
		expect(values(await parse('{"a":1}\n{"a":'))).toEqual([{ a: 1 }, expect.stringContaining("breaks off")]);
	});

	it("passes over a line that is too long, and goes on", async () => {
		const items = await parse(`1\n"${"x".repeat(5000)}"\n3\n`, { maxLineBytes: 1000 }, [100, 2000, 2001, 4000]);
		expect(values(items)).toEqual([1, "is too long: 5002 bytes, and 1000 are allowed", 3]);
		expect(items[2]).toMatchObject({ line: 3, byteOffset: 5005 });
		expect(items[1]).toMatchObject({ excerpt: expect.stringMatching(/^"x{100,}…$/) });
	});

	it("does not hold a long line in memory", async () => {
		const piece = Buffer.alloc(1024 * 1024, 0x78);
		let peakBytes = 0;
		async function* endless(): AsyncGenerator<Buffer> {
			for (let i = 0; i < 1000; i++) {
				yield Buffer.from(piece);
				if (i % 50 === 0) {
					peakBytes = Math.max(peakBytes, process.memoryUsage().arrayBuffers);
				}
			}
		}
		const items = await collect(parseJsonlChunks(endless(), { maxLineBytes: 2 * 1024 * 1024 }));
		expect(values(items)).toEqual([expect.stringContaining(`${1000 * 1024 * 1024} bytes`)]);
		expect(peakBytes).toBeLessThan(500 * 1024 * 1024);
	});
});

describe("readJsonl", () => {
	it("reads a file of several chunks", async () => {
		await inFolder(async (folder) => {
			const path = join(folder, "rows.jsonl");
			const rows = Array.from({ length: 30_000 }, (_, id) => ({ id, text: "ä".repeat(id % 90) }));
			await writeFile(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
			expect(values(await collect(readJsonl(path)))).toEqual(rows);
		});
	});

	it("gives nothing for an empty file", async () => {
		await inFolder(async (folder) => {
			const path = join(folder, "empty.jsonl");
			await writeFile(path, "");
			expect(await collect(readJsonl(path))).toEqual([]);
		});
	});

	it("names a file that is missing or is a folder", async () => {
		await inFolder(async (folder) => {
			for (const [path, words] of [
				[join(folder, "nowhere.jsonl"), "does not exist"],
				[folder, "is a folder"],
			] as const) {
				const error = await thrownBy(() => collect(readJsonl(path)));
				expect(error).toBeInstanceOf(CandorError);
				expect(error).toMatchObject({ exitCode: exitCodes.configuration, message: `${path} ${words}${words.startsWith("is") ? ", not a JSONL file" : ""}` });
			}
		});
	});
});
