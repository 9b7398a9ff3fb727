import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { ImageRef } from "../../src/records/index.js";
import { createImageEncoder } from "../../src/teacher/index.js";
import { makeImageRef } from "../support/make-request.js";
import { withFolder } from "../support/open-stack.js";

function writeImage(folder: string, image: ImageRef, bytes: string): void {
	mkdirSync(dirname(join(folder, image.path)), { recursive: true });
	writeFileSync(join(folder, image.path), bytes);
}

test("a picture becomes a data URL of its kind and is read once", () =>
	withFolder(async (folder) => {
		const reads: string[] = [];
		const encode = createImageEncoder(folder, 1000, (image) => reads.push(image.path));
		const [png, jpg] = [makeImageRef("a", "png"), makeImageRef("b", "jpg")];
		writeImage(folder, png, "one");
		writeImage(folder, jpg, "two");
		const urls = await Promise.all([encode(png), encode(png), encode(jpg)]);
		expect(urls.map(String)).toEqual(["data:image/png;base64,b25l", "data:image/png;base64,b25l", "data:image/jpeg;base64,dHdv"]);
		await encode(png);
		expect(reads).toEqual([png.path, jpg.path]);
	}));

test("the pictures used last stay, within the bytes allowed", () =>
	withFolder(async (folder) => {
		const reads: string[] = [];
		const images = ["a", "b", "c"].map((digit) => makeImageRef(digit));
		for (const image of images) writeImage(folder, image, "x".repeat(60));
		const encode = createImageEncoder(folder, 250, (image) => reads.push(image.sha256.slice(0, 1)));
		for (const index of [0, 1, 0, 2, 0, 1]) await encode(images[index] ?? makeImageRef());
		expect(reads.join("")).toBe("abcb");
	}));

test("a picture larger than all the room is read each time and does not empty it for good", () =>
	withFolder(async (folder) => {
		let reads = 0;
		const image = makeImageRef();
		writeImage(folder, image, "x".repeat(600));
		const encode = createImageEncoder(folder, 10, () => {
			reads += 1;
		});
		expect(await encode(image)).toEqual(await encode(image));
		expect(reads).toBe(2);
	}));

test("a missing picture is named, and read again when it is there", () =>
	withFolder(async (folder) => {
		const encode = createImageEncoder(folder, 1000);
		const image = makeImageRef();
		await expect(encode(image)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(image.path) });
		writeImage(folder, image, "one");
		expect(String(await encode(image))).toBe("data:image/png;base64,b25l");
	}));
