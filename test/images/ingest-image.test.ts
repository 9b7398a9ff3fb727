import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, open, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createImageStore, ingestImage } from "../../src/images/index.js";
import { exitCodes, type ImageRef, imageRefSchema } from "../../src/records/index.js";
import { animate, blackPng, chunkNames, draw } from "./pictures.js";

let folder: string;
let root: string;
let runFolder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "candor-test-"));
	root = join(folder, "photos");
	runFolder = join(folder, "run");
	await mkdir(root);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function ingest(name: string, bytes?: Buffer | string) {
	if (bytes !== undefined) await writeFile(join(root, name), bytes);
	return ingestImage(join(root, name), { roots: [root], runFolder });
}

async function stored(name: string, bytes: Buffer): Promise<{ image: ImageRef; bytes: Buffer }> {
	const result = await ingest(name, bytes);
	if ("rejection" in result) throw new Error(`${result.rejection.reason}: ${result.rejection.detail}`);
	return { image: imageRefSchema.parse(result.image), bytes: await readFile(join(runFolder, result.image.path)) };
}

async function reason(name: string, bytes?: Buffer | string): Promise<string> {
	const result = await ingest(name, bytes);
	return "rejection" in result ? result.rejection.reason : "stored";
}

describe("pictures that keep their bytes", () => {
	it.each<[string, () => Promise<Buffer>]>([
		["a JPEG", () => draw(64, 48).jpeg().toBuffer()],
		["a progressive JPEG", () => draw(64, 48).jpeg({ progressive: true }).toBuffer()],
		["a JPEG with an sRGB profile and orientation 1", () => draw(64, 48).withIccProfile("srgb").withMetadata({ orientation: 1 }).jpeg().toBuffer()],
		["a gray JPEG", () => draw(64, 48).toColourspace("b-w").jpeg().toBuffer()],
		["a PNG", () => draw(64, 48).png().toBuffer()],
		["a gray PNG", () => draw(64, 48).toColourspace("b-w").png().toBuffer()],
		["an opaque PNG with a palette", () => draw(64, 48).png({ palette: true }).toBuffer()],
	])("%s", async (_, make) => {
		const bytes = await make();
		const result = await stored("picture", bytes);
		expect(result.bytes.equals(bytes)).toBe(true);
		const sha256 = createHash("sha256").update(bytes).digest("hex");
		const extension = bytes[0] === 0xff ? "jpg" : "png";
		expect(result.image).toEqual({ path: `images/${sha256.slice(0, 2)}/${sha256}.${extension}`, sha256, width: 64, height: 48 });
	});

	it("every photograph that comes with the program", async () => {
		const photos = join(import.meta.dirname, "../../datasets/sample/photos");
		for (const name of (await readdir(photos)).slice(0, 12)) {
			const result = await ingestImage(name, { roots: [photos], runFolder });
			if ("rejection" in result) throw new Error(result.rejection.detail);
			expect((await readFile(join(runFolder, result.image.path))).equals(await readFile(join(photos, name)))).toBe(true);
		}
	});

	it("goes by what is in a file, not by its name", async () => {
		expect((await stored("photo.jpg", await draw(40, 40).png().toBuffer())).image.path).toMatch(/\.png$/);
		expect((await stored("Zürich – Brücke 橋 🌉.png", await draw(40, 40).jpeg().toBuffer())).image.path).toMatch(/\.jpg$/);
	});
});

describe("pictures that are turned into PNG", () => {
	it.each<[string, () => Promise<Buffer>]>([
		["a CMYK JPEG", () => draw(64, 48).toColourspace("cmyk").jpeg().toBuffer()],
		["a 16-bit PNG", () => draw(64, 48).toColourspace("rgb16").png().toBuffer()],
		["a 16-bit gray PNG", () => draw(64, 48).toColourspace("grey16").png().toBuffer()],
		["a JPEG with a wide gamut", () => draw(64, 48).withIccProfile("p3").jpeg().toBuffer()],
		["a PNG with alpha", () => draw(64, 48, 4).png().toBuffer()],
		["a PNG with a palette and alpha", () => draw(64, 48, 4).png({ palette: true }).toBuffer()],
		["a JPEG that lies on its side", () => draw(48, 64).withMetadata({ orientation: 6 }).jpeg().toBuffer()],
		["a WebP", () => draw(64, 48).webp().toBuffer()],
		["a WebP with alpha", () => draw(64, 48, 4).webp().toBuffer()],
		["a still GIF", () => draw(64, 48).gif().toBuffer()],
		["a TIFF", () => draw(64, 48).tiff().toBuffer()],
		["an AVIF", () => draw(64, 48).avif({ effort: 0 }).toBuffer()],
	])("%s", async (_, make) => {
		const bytes = await make();
		const first = await stored("picture", bytes);
		expect(first.image).toMatchObject({ path: expect.stringMatching(/\.png$/), width: 64, height: 48 });
		expect(await sharp(first.bytes).metadata()).toMatchObject({
			format: "png",
			width: 64,
			height: 48,
			space: "srgb",
			depth: "uchar",
			channels: 3,
			hasAlpha: false,
			hasProfile: false,
		});
		expect(chunkNames(first.bytes).filter((name) => name !== "pHYs")).toEqual(["IHDR", "IDAT", "IEND"]);
		await rm(runFolder, { recursive: true });
		expect((await stored("picture", bytes)).bytes.equals(first.bytes)).toBe(true);
	});

	it("stand upright, whichever way the camera was held", async () => {
		const upright = await draw(64, 48).png().toBuffer();
		const pixels = await sharp(upright).raw().toBuffer();
		for (const [orientation, degrees] of [
			[3, 180],
			[6, 270],
			[8, 90],
		] as const) {
			const turned = await sharp(upright).rotate(degrees).withMetadata({ orientation }).png().toBuffer();
			const { bytes, image } = await stored("turned.png", turned);
			expect(image).toMatchObject({ width: 64, height: 48 });
			expect((await sharp(bytes).raw().toBuffer()).equals(pixels)).toBe(true);
		}
	});

	it("lie on white where they are see-through", async () => {
		const clear = await sharp({ create: { width: 40, height: 40, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } } })
			.png()
			.toBuffer();
		const { bytes } = await stored("clear.png", clear);
		expect([...(await sharp(bytes).raw().toBuffer()).subarray(0, 3)]).toEqual([255, 255, 255]);
	});
});

describe("files that are rejected", () => {
	it("what is not a picture, or is no longer a whole one", async () => {
		const jpeg = await draw(300, 200).jpeg().toBuffer();
		const png = await draw(300, 200).png().toBuffer();
		const damaged = Buffer.from(jpeg).fill(0xff, jpeg.length >> 1, (jpeg.length >> 1) + 200);
		const flipped = Buffer.from(png);
		flipped[png.length >> 1] = (flipped[png.length >> 1] ?? 0) ^ 0xff;
		const bad = [
			jpeg.subarray(0, jpeg.length * 0.6),
			jpeg.subarray(0, -2),
			jpeg.subarray(0, 20),
			damaged,
			png.subarray(0, png.length * 0.6),
			png.subarray(0, -12),
			png.subarray(0, 30),
			flipped,
		];
		for (const bytes of bad) expect(await reason("bad.jpg", bytes)).toBe("image-unreadable");
		for (const make of [draw(300, 200).webp(), draw(300, 200).gif(), draw(300, 200).tiff(), draw(300, 200).avif({ effort: 0 })]) {
			const bytes = await make.toBuffer();
			expect(await reason("bad", bytes.subarray(0, bytes.length * 0.6))).toBe("image-unreadable");
		}
		expect(await reason("text.jpg", "I am not a photograph.")).toBe("image-unreadable");
		expect(await reason("zeros.jpg", Buffer.alloc(5000))).toBe("image-unreadable");
		expect(await reason("empty.jpg", "")).toBe("image-empty");
	});

	it("formats that are not read", async () => {
		const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"></svg>';
		const files = [
			svg,
			`<?xml version="1.0"?>\n<!-- drawn -->\n${svg}`,
			Buffer.from(svg, "utf16le"),
			"%PDF-1.7\n",
			"%!PS-Adobe\n",
			"BM......",
			Buffer.from("\0\0\0\x18ftypheic\0\0\0\0", "latin1"),
			Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0", "latin1"),
		];
		for (const file of files) expect(await reason("drawing.png", file)).toBe("image-unsupported");
	});

	it("moving pictures", async () => {
		const frames = [await draw(64, 48).png().toBuffer(), await draw(64, 48).negate().png().toBuffer()];
		expect(
			await reason(
				"a.gif",
				await sharp(frames, { join: { animated: true } })
					.gif()
					.toBuffer(),
			),
		).toBe("image-animated");
		expect(
			await reason(
				"a.webp",
				await sharp(frames, { join: { animated: true } })
					.webp()
					.toBuffer(),
			),
		).toBe("image-animated");
		expect(await reason("a.png", animate(await draw(64, 48).png().toBuffer(), 2))).toBe("image-animated");
		expect(
			await reason(
				"pages.tiff",
				await sharp(frames, { join: { animated: true } })
					.tiff()
					.toBuffer(),
			),
		).toBe("image-animated");
	});

	it("shapes that no encoder takes", async () => {
		expect(await reason("small.png", await draw(31, 200).png().toBuffer())).toBe("image-bad-shape");
		expect(await reason("long.png", await draw(841, 42).png().toBuffer())).toBe("image-bad-shape");
		expect(await reason("fits.png", await draw(840, 42).png().toBuffer())).toBe("stored");
		expect(await reason("fits.png", await draw(32, 32).png().toBuffer())).toBe("stored");
	});

	it("two hundred megapixels, by the header alone", async () => {
		expect(await reason("black.png", blackPng(2000, 1000))).toBe("stored");
		for (const data of [undefined, Buffer.from("nothing that decodes")]) {
			expect(await ingest("bomb.png", blackPng(20_000, 10_000, data))).toMatchObject({
				rejection: { reason: "image-too-many-pixels", detail: expect.stringContaining("20000x10000") },
			});
		}
	});

	it("files that are too large, without reading them", async () => {
		const handle = await open(join(root, "large.jpg"), "w");
		await handle.truncate(64 * 1024 * 1024 + 1);
		await handle.close();
		expect(await reason("large.jpg")).toBe("image-too-large");
	});

	it("paths that lead nowhere, to no file, or out of the folder", async () => {
		await mkdir(join(root, "folder.jpg"));
		await mkdir(join(folder, "photos-too"));
		const picture = await draw(40, 40).png().toBuffer();
		for (const path of [join(folder, "secret.png"), join(folder, "photos-too", "x.png"), join(root, "inside.png"), join(root, "..dots.png")])
			await writeFile(path, picture);
		await symlink(join(folder, "secret.png"), join(root, "out.png"));
		await symlink("inside.png", join(root, "in.png"));
		await symlink("gone.png", join(root, "broken.png"));
		await symlink("loop.png", join(root, "loop.png"));
		await symlink(folder, join(root, "up"));
		execFileSync("mkfifo", [join(root, "pipe.jpg")]);
		const reasons = async (...names: string[]) => Promise.all(names.map((name) => reason(name)));

		expect(await reasons("gone.png", "broken.png", "loop.png", "inside.png/x.png", `${"n".repeat(300)}.png`, "nul\0.png")).toEqual(
			Array(6).fill("image-missing"),
		);
		expect(await reasons("folder.jpg", "pipe.jpg", ".")).toEqual(Array(3).fill("image-not-a-file"));
		expect(await reasons("out.png", "up/secret.png", "../secret.png", "../photos-too/x.png", "../gone.png")).toEqual(Array(5).fill("image-outside-folder"));
		expect(await reasons("in.png", "..dots.png", "../photos/inside.png", "up/photos/inside.png")).toEqual(Array(4).fill("stored"));
		const direct = async (path: string) => ingestImage(path, { roots: [root], runFolder });
		expect(await direct("../secret.png")).toMatchObject({ rejection: { reason: "image-outside-folder" } });
		expect(await direct("/etc/hostname")).toMatchObject({ rejection: { reason: "image-outside-folder" } });
		expect(await direct("inside.png")).toHaveProperty("image");
	});

	it("says which folder of pictures does not exist", async () => {
		await expect(ingestImage("a.png", { roots: [join(folder, "nowhere")], runFolder })).rejects.toMatchObject({
			exitCode: exitCodes.configuration,
			message: expect.stringContaining("nowhere"),
		});
	});
});

describe("the store", () => {
	it("stores one file for one content, however many ask at once", async () => {
		const bytes = await draw(64, 48).png().toBuffer();
		for (let i = 0; i < 8; i++) await writeFile(join(root, `${i}.png`), bytes);
		const images = await Promise.all(Array.from({ length: 24 }, (_, i) => ingestImage(`${i % 8}.png`, { roots: [root], runFolder })));
		expect(new Set(images.map((image) => JSON.stringify(image))).size).toBe(1);
		const files = (await readdir(runFolder, { recursive: true })).filter((file) => /\.\w+$/.test(file));
		expect(files).toEqual(images.slice(0, 1).map((image) => ("image" in image ? relative(".", image.image.path) : "")));
	});

	it("leaves a stored file alone, and mends a damaged one", async () => {
		const bytes = await draw(64, 48).jpeg().toBuffer();
		const { image } = await stored("a.jpg", bytes);
		const path = join(runFolder, image.path);
		await utimes(path, 1000, 1000);
		await stored("a.jpg", bytes);
		expect((await stat(path)).mtimeMs).toBe(1_000_000);
		await writeFile(path, bytes.subarray(0, 100));
		expect((await stored("a.jpg", bytes)).bytes.equals(bytes)).toBe(true);
	});

	it("remembers results and rejections by path, and shares work under way", async () => {
		const store = createImageStore({ roots: [root], runFolder });
		await writeFile(join(root, "a.png"), await draw(64, 48).png().toBuffer());
		const [first, second] = await Promise.all([store.ingest("a.png"), store.ingest("a.png")]);
		expect(second).toBe(first);
		const missing = await store.ingest("b.png");
		await rm(join(root, "a.png"));
		expect(await store.ingest("a.png")).toBe(first);
		expect(await store.ingest("b.png")).toBe(missing);
	});

	it("forgets what was longest unused", async () => {
		const store = createImageStore({ roots: [root], runFolder });
		await writeFile(join(root, "kept.png"), await draw(64, 48).png().toBuffer());
		await writeFile(join(root, "lost.png"), await draw(48, 64).png().toBuffer());
		const lost = await store.ingest("lost.png");
		const kept = await store.ingest("kept.png");
		for (let i = 0; i < 4095; i++) {
			await store.ingest(`${i}.png`);
			if (i === 2000) await store.ingest("kept.png");
		}
		expect(await store.ingest("kept.png")).toBe(kept);
		expect(await store.ingest("lost.png")).not.toBe(lost);
	});

	it("does not remember a disk's trouble", async () => {
		const store = createImageStore({ roots: [root], runFolder });
		await writeFile(join(root, "a.png"), await draw(64, 48).png().toBuffer());
		await writeFile(runFolder, "in the way");
		await expect(store.ingest("a.png")).rejects.toMatchObject({ exitCode: exitCodes.unexpected, message: expect.stringContaining("cannot write") });
		await rm(runFolder);
		expect(await store.ingest("a.png")).toHaveProperty("image");
	});

	it("removes what a dead run left half-written", async () => {
		const left = join(runFolder, "images", "ab");
		await mkdir(left, { recursive: true });
		await writeFile(join(left, "abcd.jpg.1234.tmp"), "half");
		await writeFile(join(left, "abcd.jpg"), "whole");
		await createImageStore({ roots: [root], runFolder }).ingest("none.png");
		expect(await readdir(left)).toEqual(["abcd.jpg"]);
	});
});
