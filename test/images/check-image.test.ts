import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkStoredImage, ingestImage } from "../../src/images/index.js";
import type { ImageRef } from "../../src/records/index.js";
import { draw } from "./pictures.js";

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "candor-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Puts bytes where their content belongs, without any check. */
async function put(bytes: Buffer, extension: "jpg" | "png"): Promise<ImageRef> {
	const sha256 = createHash("sha256").update(bytes).digest("hex");
	const image = { path: `images/${sha256.slice(0, 2)}/${sha256}.${extension}`, sha256, width: 64, height: 48 };
	await mkdir(dirname(join(folder, image.path)), { recursive: true });
	await writeFile(join(folder, image.path), bytes);
	return image;
}

describe("checkStoredImage", () => {
	it("finds nothing wrong with what was stored", async () => {
		for (const bytes of [await draw(64, 48).jpeg().toBuffer(), await draw(64, 48, 4).webp().toBuffer()]) {
			await writeFile(join(folder, "a"), bytes);
			const result = await ingestImage("a", { roots: [folder], runFolder: folder });
			if ("rejection" in result) throw new Error(result.rejection.detail);
			expect(await checkStoredImage(folder, result.image)).toBeUndefined();
		}
	});

	it("says what is wrong", async () => {
		const jpeg = await draw(64, 48).jpeg().toBuffer();
		const image = await put(jpeg, "jpg");
		expect(await checkStoredImage(folder, { ...image, width: 65 })).toBe(`${image.path} is 64x48, and the row says 65x48.`);
		expect(await checkStoredImage(folder, { ...image, path: "images/../../../etc/passwd.jpg" })).toMatch(/is not named after its sha256/);
		expect(await checkStoredImage(folder, await put(jpeg, "png"))).toMatch(/is not a PNG file\.$/);
		expect(await checkStoredImage(folder, await put(jpeg.subarray(0, -200), "jpg"))).toMatch(/cannot be decoded: .+\.$/);
		await writeFile(join(folder, image.path), Buffer.concat([jpeg, Buffer.from("x")]));
		expect(await checkStoredImage(folder, image)).toMatch(/has other content than its name says/);
		await rm(join(folder, image.path));
		expect(await checkStoredImage(folder, image)).toMatch(/cannot be read: .*no such file.*\.$/);
		expect(await readFile(join(folder, (await put(jpeg, "jpg")).path))).toHaveLength(jpeg.length);
	});
});
