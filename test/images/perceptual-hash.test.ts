import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import phashPackage from "sharp-phash";
import { beforeAll, describe, expect, it } from "vitest";
import { sharp } from "../../src/images/decoder.js";
import { compareHashes, formatHash, hashPicture, type PerceptualHash, parseHash } from "../../src/images/perceptual-hash.js";
import { packageFolder } from "../../src/pipeline/package-folder.js";
import { indexPictures } from "../../src/sources/reserve/picture-index.js";
import { cropPicture, nearCopies } from "../support/near-copies.js";

/** The package is CommonJS, and its types say that its function is a default within the default. */
const phash = "default" in phashPackage ? phashPackage.default : phashPackage;

const folder = join(packageFolder(), "datasets", "sample", "photos");
const photos = readdirSync(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
/** What `reserve.maxDistance` is for photographs. */
const maxDistance = 10;

let hashes: PerceptualHash[];
beforeAll(async () => {
	hashes = [];
	for (const { bytes } of photos) hashes.push(await hashPicture(bytes));
});

const hashAt = (index: number): PerceptualHash => hashes[index] ?? new Uint32Array();
const pairs = photos.flatMap((_, a) => photos.slice(a + 1).map((__, b) => [a, a + 1 + b] as const));

/** Which photograph each changed one is taken for. */
async function recognise(change: (bytes: Buffer) => Promise<Buffer>): Promise<(string | undefined)[]> {
	const index = indexPictures(
		photos.map(({ name }, at) => ({ name, hash: hashAt(at) })),
		maxDistance,
	);
	const found: (string | undefined)[] = [];
	for (const { bytes } of photos) found.push(index.find("other bytes", await hashPicture(await change(bytes)))?.name);
	return found;
}

describe("the sample's photographs", () => {
	it("are all told apart", () => {
		const distances = pairs.map(([a, b]) => compareHashes(hashAt(a), hashAt(b)));
		expect(distances).toHaveLength(1653);
		expect(Math.min(...distances.map(({ frequencies }) => frequencies))).toBeGreaterThan(1.5 * maxDistance);
		expect(Math.min(...distances.map(({ gradients }) => gradients))).toBeGreaterThan(1.5 * maxDistance);
	});

	it.each(Object.entries(nearCopies))("are known again: %s", async (_, change) => {
		expect(await recognise(change)).toEqual(photos.map(({ name }) => name));
	});

	it("are mostly known again where two sides are cut off, which moves everything", async () => {
		const found = await recognise((bytes) => cropPicture(bytes, 1, 1));
		expect(found.filter((name) => name !== undefined).length).toBeGreaterThan(0.8 * photos.length);
		for (const [index, name] of found.entries()) expect([photos[index]?.name, undefined]).toContain(name);
	});

	it("are others in the mirror: left and right are what questions ask about", async () => {
		for (const [index, { bytes }] of photos.entries()) {
			const { frequencies, gradients } = compareHashes(hashAt(index), await hashPicture(await sharp(bytes).flop().jpeg().toBuffer()));
			expect(frequencies > maxDistance || gradients > 1.5 * maxDistance).toBe(true);
		}
	});

	it("are as near and as far as sharp-phash finds them", async () => {
		const theirs: string[] = [];
		for (const { bytes } of photos) theirs.push(await phash(bytes));
		const copies = await Promise.all(photos.slice(0, 12).map(async ({ bytes }) => (await nearCopies["compressed again"]?.(bytes)) ?? bytes));
		const distance = (a = "", b = "") => [...a].filter((bit, at) => bit !== b[at]).length;
		for (const [index, copy] of copies.entries()) {
			expect(distance(theirs[index], await phash(copy))).toBeLessThanOrEqual(maxDistance);
			expect(compareHashes(hashAt(index), await hashPicture(copy)).frequencies).toBeLessThanOrEqual(maxDistance);
		}
		const ours = pairs.map(([a, b]) => compareHashes(hashAt(a), hashAt(b)).frequencies);
		const other = pairs.map(([a, b]) => distance(theirs[a], theirs[b]));
		expect(correlate(ours, other)).toBeGreaterThan(0.5);
	});
});

it("writes a hash as digits and reads it again", () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 0xffff_ffff }), { minLength: 4, maxLength: 4 }), (words) => {
			const hash = Uint32Array.from(words);
			expect(formatHash(hash)).toMatch(/^[0-9a-f]{32}$/);
			expect(parseHash(formatHash(hash))).toEqual(hash);
			expect(parseHash(formatHash(hash).slice(0, 16))).toEqual(hash.slice(0, 2));
		}),
	);
});

it("counts the bits in which hashes differ", () => {
	fc.assert(
		fc.property(fc.uniqueArray(fc.nat(127)), (flipped) => {
			const a = Uint32Array.from([0x0123_4567, 0x89ab_cdef, 0xffff_ffff, 0]);
			const b = Uint32Array.from(a, (word, index) => flipped.filter((bit) => bit >> 5 === index).reduce((sum, bit) => (sum ^ (1 << (bit & 31))) >>> 0, word));
			expect(compareHashes(a, b)).toEqual({ frequencies: flipped.filter((bit) => bit < 64).length, gradients: flipped.filter((bit) => bit >= 64).length });
		}),
	);
});

/** Pearson's correlation. */
function correlate(xs: readonly number[], ys: readonly number[]): number {
	const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
	const [mx, my] = [mean(xs), mean(ys)];
	const covariance = xs.reduce((sum, x, index) => sum + (x - mx) * ((ys[index] ?? 0) - my), 0);
	const spread = (list: readonly number[], middle: number) => Math.sqrt(list.reduce((sum, value) => sum + (value - middle) ** 2, 0));
	return covariance / (spread(xs, mx) * spread(ys, my));
}
