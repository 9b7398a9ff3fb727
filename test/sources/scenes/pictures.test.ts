import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { decodePicture } from "../../../src/images/decode-picture.js";
import { sharp } from "../../../src/images/decoder.js";
import { random } from "../../../src/pipeline/random.js";
import { openScenes, type ScenesOptions } from "../../../src/sources/scenes/open-scenes.js";
import { degradations, degrade } from "../../../src/sources/scenes/picture/degrade.js";
import { encodePng } from "../../../src/sources/scenes/picture/encode-png.js";
import { defaults, listQuestions } from "./support.js";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const nameOf = (index: number, seed = 0): string => `scene-${seed}-${String(index).padStart(6, "0")}.png`;
/** sha256 of pictures of seed 0. They change with the renderer only: then its version has to change too. */
const golden: [number, string][] = [
	[0, "250ccb2ddf4ea4a60a0ac36dbd4b45d9cecfbba83fd68fbd218a5bb3157df0b1"],
	[7, "115e3b8b3346bc68cdd45685ecd0b2023f8a0ec819c74681baed88eb7536fecb"],
	[19, "c972b343701ba0e87d8307cc800e8bf02b12c2ec6a99569a65b1893241afe779"],
];
const render = (index: number, change: Partial<ScenesOptions> = {}): Promise<Buffer> =>
	openScenes({ ...defaults, ...change }).renderImage(nameOf(index, change.seed));

describe("pictures of scenes", () => {
	it.each(golden)("picture %d is what it always was", async (index, expected) => {
		expect(sha256(await render(index))).toBe(expected);
	});

	it("are upright RGB without opacity, so that a run keeps their bytes", async () => {
		const bytes = await render(4);
		const metadata = await sharp(bytes).metadata();
		expect([metadata.width, metadata.height, metadata.channels, metadata.hasAlpha]).toEqual([640, 480, 3, false]);
		const stored = await decodePicture(bytes, "x.png");
		expect("bytes" in stored && stored.bytes.equals(bytes)).toBe(true);
	});

	it("are the same each time and others for another seed", async () => {
		const seen = new Set<string>();
		for (const seed of [0, 1, 2]) for (let index = 0; index < 12; index++) seen.add(sha256(await render(index, { seed })));
		expect(seen.size).toBe(36);
		expect(sha256(await render(3))).toBe(sha256(await render(3)));
	});

	it.each([64, 333, 2048])("have a longer side of %d, and the same questions", async (resolution) => {
		const { width, height } = await sharp(await render(1, { resolution })).metadata();
		expect([width, height]).toEqual([resolution, Math.round(resolution * 0.75)]);
		expect(await listQuestions({ resolution, pictures: 20 })).toEqual(await listQuestions({ pictures: 20 }));
	});

	it("look different under each degradation, with the same questions", async () => {
		const hashes = await Promise.all(degradations.map(async (degradation) => sha256(await render(2, { degradation, resolution: 320 }))));
		expect(new Set(hashes).size).toBe(degradations.length);
		for (const degradation of degradations) {
			expect(sha256(await render(2, { degradation, resolution: 320 }))).toBe(hashes[degradations.indexOf(degradation)]);
			expect(await listQuestions({ degradation, pictures: 5 })).toEqual(await listQuestions({ pictures: 5 }));
		}
	});

	it("are still of the same scene under each degradation", async () => {
		const pixelsOf = async (change: Partial<ScenesOptions>): Promise<Buffer> =>
			sharp(await render(2, { resolution: 320, ...change }))
				.raw()
				.toBuffer();
		const plain = await pixelsOf({});
		const differences = { none: [0, 0], blur: [2, 20], noise: [15, 40], jpeg: [1, 20], dark: [60, 200], "low-contrast": [30, 120] } as const;
		for (const degradation of degradations) {
			const degraded = await pixelsOf({ degradation });
			const mean = plain.reduce((sum, value, index) => sum + Math.abs(value - (degraded[index] ?? 0)), 0) / plain.length;
			const [low, high] = differences[degradation];
			expect(mean, degradation).toBeGreaterThanOrEqual(low);
			expect(mean, degradation).toBeLessThanOrEqual(high);
		}
	});

	it("keep even colors even when blurred", async () => {
		const data = new Uint8Array(40 * 30 * 4).map((_, index) => [10, 200, 255, 255][index % 4] ?? 0);
		expect((await degrade({ width: 40, height: 30, data }, "blur", "x")).data).toEqual(data.map((value, index) => (index % 4 === 3 ? 0 : value)));
	});

	it("stay the first ones where there are more", async () => {
		const few = await listQuestions({ pictures: 6 });
		expect((await listQuestions({ pictures: 60 })).slice(0, few.length)).toEqual(few);
	});

	it.each(["scene-1-000001.png", "scene-0-000400.png", "../x.png", "scene-0-1.png"])("refuse the name %s", async (name) => {
		await expect(openScenes(defaults).renderImage(name)).rejects.toThrow(/no picture of seed 0/);
	});

	it("are streamed: the first question comes before the last picture is thought of", async () => {
		const questions = openScenes({ ...defaults, pictures: 10_000_000 }).read(() => {});
		const { value } = await questions[Symbol.asyncIterator]().next();
		expect(value?.id).toMatch(/^scene-0-000000-/);
	});

	it("have digests that follow from every setting", async () => {
		const changes: Partial<ScenesOptions>[] = [{}, { pictures: 2 }, { seed: 1 }, { skew: 0 }, { resolution: 64 }, { degradation: "blur" }];
		const digests = await Promise.all(changes.map((change) => openScenes({ ...defaults, ...change }).digests()));
		expect(new Set(digests.map(({ scenes }) => scenes)).size).toBe(changes.length);
	});

	it("are described with what their questions ask for", async () => {
		const source = openScenes(defaults);
		const questions = (await listQuestions({ pictures: 120 })).filter(({ task }) =>
			["color", "scene-recognition", "activity-recognition", "sport-recognition"].includes(task),
		);
		for (const { image, answer } of questions) expect(source.describe(image)).toContain(answer);
	});
});

describe("the encoder", () => {
	it.each([
		[1, 1],
		[2, 3],
		[90, 40],
		[300, 5],
		[11_000, 2],
	])("writes %d by %d pixels that a decoder reads back", async (width, height) => {
		for (const levels of [1, 2, 5, 256]) {
			const rng = random(levels, `${width}`, "pixels");
			const data = new Uint8Array(width * height * 4).map((_, index) => (index % 4 === 3 ? 255 : rng.below(levels) * Math.floor(255 / levels)));
			const back = await sharp(encodePng({ width, height, data })).raw().toBuffer();
			expect(Buffer.compare(back, Buffer.from(data.filter((_, index) => index % 4 !== 3)))).toBe(0);
		}
	});
});
