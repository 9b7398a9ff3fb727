import { existsSync } from "node:fs";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { blackPng, draw } from "../images/pictures.js";
import { change, closeWorld, goodLines, makeWorld, run, type World, writeLines } from "./world.js";

let world: World;
beforeEach(async () => {
	world = await makeWorld();
});
afterEach(() => closeWorld(world));

const png = () => draw(64, 48).png().toBuffer();
const frames = async () => {
	const pages = await Promise.all([draw(64, 48).raw().toBuffer(), draw(64, 48).negate().raw().toBuffer()]);
	return sharp(Buffer.concat(pages), { raw: { width: 64, height: 96, channels: 3, pageHeight: 48 } })
		.gif()
		.toBuffer();
};
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64"/></svg>';

describe("pictures that cost their question, and no other", () => {
	it.each<[string, (path: string) => Promise<unknown>, string]>([
		["missing", async () => {}, "image-missing"],
		["broken off", async (path) => writeFile(path, (await png()).subarray(0, 200)), "image-unreadable"],
		["a JPEG that breaks off", async (path) => writeFile(path, (await draw(200, 200).jpeg().toBuffer()).subarray(0, 900)), "image-unreadable"],
		["empty", (path) => writeFile(path, ""), "image-empty"],
		["a text", (path) => writeFile(path, "I am no picture."), "image-unreadable"],
		["a web page", (path) => writeFile(path, "<!doctype html><html><title>Not found</title></html>"), "image-unreadable"],
		["a folder", (path) => mkdir(path), "image-not-a-file"],
		["animated", async (path) => writeFile(path, await frames()), "image-animated"],
		["of 200 megapixels", (path) => writeFile(path, blackPng(20_000, 10_000)), "image-too-many-pixels"],
		["8 by 8", async (path) => writeFile(path, await draw(8, 8).png().toBuffer()), "image-bad-shape"],
		["SVG", (path) => writeFile(path, svg), "image-unsupported"],
		["a link that leads nowhere", (path) => symlink("nowhere.png", path), "image-missing"],
		["a link to itself", (path) => symlink(path, path), "image-missing"],
		[
			"a link out of the folder",
			async (path) => writeFile(join(world.folder, "x.png"), await png()).then(() => symlink("../x.png", path)),
			"image-outside-folder",
		],
	])("%s", async (_, spoil, reason) => {
		const path = join(world.photos, "p3.png");
		await rm(path);
		await spoil(path);
		const { summary, rejects, rows } = await run(world);
		expect(rejects).toEqual([expect.objectContaining({ id: expect.stringMatching(/^dpo-g/), question: "q3", source: "jsonl", reason, attempts: 1 })]);
		expect(rejects[0]?.detail).toContain("p3.png");
		expect(rows.map(({ meta }) => meta.questionId)).not.toContain("q3");
		expect(summary?.pipelines[0]).toMatchObject({ rows: 9, rejected: { [reason]: 1 }, short: 1 });
	});

	it.each(["../x.png", "../../../../../etc/passwd", "/etc/passwd", "p1.png/../../x.png"])("a path out of the folder: %s", async (image) => {
		await writeFile(join(world.folder, "x.png"), await png());
		await writeLines(world, change({ 3: { image } }));
		const { rejects, rows } = await run(world);
		expect(rejects).toEqual([expect.objectContaining({ question: "q3", reason: "image-outside-folder" })]);
		expect(rows).toHaveLength(9);
	});

	it("of all: the run says so and ends with 3", async () => {
		for (const { image } of goodLines) await writeFile(join(world.photos, image), "");
		const { error, rejects } = await run(world);
		expect(error?.exitCode).toBe(3);
		expect(error?.message).toContain("none of 10 candidates became a row (image-empty 10)");
		expect(error?.remedy).toContain("rejects.jsonl");
		expect(rejects).toHaveLength(10);
	});
});

describe("pictures that are fine although they are odd", () => {
	it.each<[string, () => Promise<Buffer>]>([
		["a JPEG called .png", () => draw(64, 48).jpeg().toBuffer()],
		["a CMYK JPEG", () => draw(64, 48).toColourspace("cmyk").jpeg().toBuffer()],
		["16 bits", () => draw(64, 48).toColourspace("rgb16").png().toBuffer()],
		["a still GIF", () => draw(64, 48).gif().toBuffer()],
		["WebP", () => draw(64, 48).webp().toBuffer()],
		["lying on its side, as EXIF says", () => draw(64, 48).withMetadata({ orientation: 6 }).jpeg().toBuffer()],
	])("%s", async (_, make) => {
		await writeFile(join(world.photos, "p3.png"), await make());
		const { rows, rejects } = await run(world);
		expect(rejects).toEqual([]);
		const row = rows.find(({ meta }) => meta.questionId === "q3");
		expect(existsSync(join(world.out, row?.image.path ?? ""))).toBe(true);
		expect(row?.image).toMatchObject(_.startsWith("lying") ? { width: 48, height: 64 } : { width: 64, height: 48 });
	});

	it("a link within the folder, and names that are hard to write", async () => {
		await symlink("p4.png", join(world.photos, "link.png"));
		await mkdir(join(world.photos, "un der"));
		for (const name of ["un der/cafe\u0301  \ud83c\udf09.png", "%20.png", "-rf"]) await writeFile(join(world.photos, name), await png());
		await writeLines(
			world,
			change({
				1: { image: "link.png" },
				2: { image: "un der/cafe\u0301  \ud83c\udf09.png" },
				3: { image: "%20.png" },
				4: { image: "-rf" },
				5: { image: "./un der/../p5.png" },
			}),
		);
		const { rows, rejects } = await run(world);
		expect(rejects).toEqual([]);
		expect(rows).toHaveLength(10);
	});
});
