import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CandorError, exitCodes } from "../../src/records/index.js";
import { writeShards } from "../../src/shards/index.js";
import { inFolder, onSmallDisk, thrownBy } from "./folders.js";

const wide = { maxRows: 1000, maxBytes: 1024 * 1024 };

describe("writeShards", () => {
	it("splits by rows, and tells what is in each", async () => {
		await inFolder(async (folder) => {
			const shards = await writeShards({ folder: join(folder, "sft"), name: "sft", rows: ["1", "22", "333", "4"], maxRows: 3, maxBytes: 1000 });
			expect(shards.map(({ file, rows, bytes }) => ({ file, rows, bytes }))).toEqual([
				{ file: "sft-00000-of-00002.jsonl", rows: 3, bytes: 9 },
				{ file: "sft-00001-of-00002.jsonl", rows: 1, bytes: 2 },
			]);
			expect((await readdir(join(folder, "sft"))).sort()).toEqual(shards.map((shard) => shard.file));
			for (const shard of shards) {
				const bytes = await readFile(join(folder, "sft", shard.file));
				expect(createHash("sha256").update(bytes).digest("hex")).toBe(shard.sha256);
			}
		});
	});

	it("keeps every row, in order, within both limits", async () => {
		const limits = fc.record({ maxRows: fc.integer({ min: 1, max: 5 }), maxBytes: fc.integer({ min: 1, max: 40 }) });
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.string({ maxLength: 20 }).map((text) => JSON.stringify(text)),
					{ maxLength: 20 },
				),
				limits,
				async (rows, { maxRows, maxBytes }) =>
					inFolder(async (folder) => {
						const shards = await writeShards({ folder, name: "x", rows, maxRows, maxBytes });
						const texts = await Promise.all(shards.map((shard) => readFile(join(folder, shard.file), "utf8")));
						expect(texts.join("")).toBe(rows.map((row) => `${row}\n`).join(""));
						for (const shard of shards) {
							expect(shard.rows).toBeLessThanOrEqual(maxRows);
							expect(shard.bytes <= maxBytes || shard.rows === 1).toBe(true);
						}
					}),
			),
			{ numRuns: 40, seed: 1 },
		);
	});

	it("writes no shard for no rows", async () => {
		await inFolder(async (folder) => {
			expect(await writeShards({ folder, name: "sft", rows: [], ...wide })).toEqual([]);
			expect(await readdir(folder)).toEqual([]);
		});
	});

	it("removes what an earlier sealing and a dead run left, and nothing else", async () => {
		await inFolder(async (folder) => {
			const others = ["manifest.json", "rejects.jsonl", "sft-notes.jsonl", "sft-x-00000-of-00001.jsonl", "srt-00000-of-00001.jsonl"];
			for (const file of [...others, "sft-00007.jsonl.tmp", "sft-00000-of-00002.jsonl", "sft-00001-of-00002.jsonl"])
				await writeFile(join(folder, file), "old\n");
			await writeShards({ folder, name: "sft", rows: ["1"], ...wide });
			expect((await readdir(folder)).sort()).toEqual([...others, "sft-00000-of-00001.jsonl"].sort());
			expect(await readFile(join(folder, "sft-00000-of-00001.jsonl"), "utf8")).toBe("1\n");
		});
	});

	it("refuses a row of two lines", async () => {
		await inFolder(async (folder) => {
			await expect(writeShards({ folder, name: "sft", rows: ["1\n2"], ...wide })).rejects.toThrow(TypeError);
		});
	});

	it("passes on what the rows' source throws, and leaves no file", async () => {
		await inFolder(async (folder) => {
			async function* failing(): AsyncGenerator<string> {
				yield "1";
				throw new Error("the source broke");
			}
			await expect(writeShards({ folder, name: "sft", rows: failing(), ...wide })).rejects.toThrow("the source broke");
			expect(await readdir(folder)).toEqual([]);
		});
	});

	it("names the folder that cannot be made", async () => {
		await inFolder(async (folder) => {
			await writeFile(join(folder, "file"), "");
			const error = await thrownBy(() => writeShards({ folder: join(folder, "file"), name: "sft", rows: ["1"], ...wide }));
			expect(error).toBeInstanceOf(CandorError);
			expect(error).toMatchObject({ exitCode: exitCodes.unexpected, message: expect.stringContaining(join(folder, "file")) });
		});
	});

	it("leaves the earlier shards and nothing half-written on a full disk", async () => {
		await onSmallDisk(async (disk) => {
			const folder = join(disk, "sft");
			await mkdir(folder);
			await writeShards({ folder, name: "sft", rows: ["1"], ...wide });
			const rows = Array.from({ length: 300 }, () => JSON.stringify("x".repeat(10_000)));
			const error = await thrownBy(() => writeShards({ folder, name: "sft", rows, maxRows: 20, maxBytes: 1024 * 1024 }));
			expect(error).toMatchObject({ exitCode: exitCodes.unexpected, message: expect.stringMatching(/sft-0000\d\.jsonl\.tmp: the disk is full$/) });
			expect(await readdir(folder)).toEqual(["sft-00000-of-00001.jsonl"]);
		});
	});
});
