import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exitCodes } from "../../src/records/index.js";
import { openSpool } from "../../src/shards/index.js";
import { inFolder, onSmallDisk, thrownBy } from "./folders.js";

describe("openSpool", () => {
	it("gives lines back in any order, whether they were written yet or not", async () => {
		await inFolder(async (folder) => {
			const spool = await openSpool(join(folder, "rows.spool"));
			const kept = new Map<number, string>();
			await fc.assert(
				fc.asyncProperty(
					fc.array(
						fc.oneof(
							fc.string({ unit: "binary-ascii" }),
							fc.constant("ü🌉\n"),
							fc.nat(40_000).map((length) => "y".repeat(length)),
						),
						{ maxLength: 30 },
					),
					async (lines) => {
						const handles = await Promise.all(lines.map((line) => spool.append(line)));
						for (const [index, handle] of handles.entries()) kept.set(handle, lines[index] ?? "");
						for (const handle of handles.reverse()) expect(await spool.read(handle)).toBe(kept.get(handle));
					},
				),
				{ numRuns: 40, seed: 1 },
			);
			for (const [handle, line] of kept) expect(await spool.read(handle)).toBe(line);
			await spool.close();
			expect(await readdir(folder)).toEqual([]);
		});
	});

	it("keeps appends and reads that overlap apart", async () => {
		await inFolder(async (folder) => {
			const spool = await openSpool(join(folder, "rows.spool"));
			const lines = Array.from({ length: 300 }, (_, index) => `${index}`.repeat(5000));
			const read = await Promise.all(lines.map(async (line) => spool.read(await spool.append(line))));
			expect(read).toEqual(lines);
			await spool.close();
		});
	});

	it("begins empty where a dead run left a file, and makes its folder", async () => {
		await inFolder(async (folder) => {
			await writeFile(join(folder, "old.spool"), "z".repeat(5000));
			const spool = await openSpool(join(folder, "old.spool"));
			expect(await spool.append("a")).toBe(0);
			expect(await spool.read(0)).toBe("a");
			await spool.close();
			const deeper = await openSpool(join(folder, "a", "b", "rows.spool"));
			await deeper.close();
			expect(await readdir(join(folder, "a", "b"))).toEqual([]);
		});
	});

	it("names the file that cannot be made", async () => {
		await inFolder(async (folder) => {
			expect(await thrownBy(() => openSpool(folder))).toMatchObject({ exitCode: exitCodes.unexpected, message: expect.stringContaining(folder) });
		});
	});

	it("says that the disk is full, and still closes", async () => {
		await onSmallDisk(async (folder) => {
			const path = join(folder, "rows.spool");
			const spool = await openSpool(path);
			const fill = async () => {
				for (let i = 0; i < 400; i++) await spool.append("x".repeat(10_000));
			};
			expect(await thrownBy(fill)).toMatchObject({ exitCode: exitCodes.unexpected, message: `cannot write ${path}: the disk is full` });
			await spool.close();
			expect(await readdir(folder)).toEqual([]);
		});
	});
});
