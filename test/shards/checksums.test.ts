import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exitCodes } from "../../src/records/index.js";
import { hashFile, writeChecksums } from "../../src/shards/index.js";
import { inFolder, thrownBy } from "./folders.js";

const emptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

describe("writeChecksums", () => {
	it("writes what sha256sum reads, sorted and once each", async () => {
		await inFolder(async (folder) => {
			await mkdir(join(folder, "sft"));
			const files = ["sft/b.jsonl", "README.md", "sft/a b.jsonl", "odd\\name\n.txt", "README.md"];
			for (const file of files) await writeFile(join(folder, file), file === "README.md" ? "" : file);
			await writeChecksums(folder, files);
			const lines = (await readFile(join(folder, "SHA256SUMS"), "utf8")).trimEnd().split("\n");
			expect(lines[0]).toBe(`${emptySha256}  README.md`);
			expect(lines.map((line) => line.replace(/^\\?[0-9a-f]{64} {2}/, ""))).toEqual(["README.md", "odd\\\\name\\n.txt", "sft/a b.jsonl", "sft/b.jsonl"]);
			if (process.platform === "linux") execFileSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], { cwd: folder, stdio: "pipe" });
		});
	});

	it("names a file that is not there", async () => {
		await inFolder(async (folder) => {
			const error = await thrownBy(() => writeChecksums(folder, ["gone.jsonl"]));
			expect(error).toMatchObject({ exitCode: exitCodes.unexpected, message: expect.stringContaining(join(folder, "gone.jsonl")) });
		});
	});

	it("hashes a file larger than one chunk", async () => {
		await inFolder(async (folder) => {
			const path = join(folder, "big");
			await writeFile(path, Buffer.alloc(1_000_000, "a"));
			expect(await hashFile(path)).toBe("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
		});
	});
});
