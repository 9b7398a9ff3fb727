import { sharp } from "../../../images/decoder.js";
import { random } from "../../../pipeline/random.js";
import type { Pixels } from "./encode-png.js";

/** What is done to a picture so that less can be seen in it. In whole numbers: the same on every machine. */

export const degradations = ["none", "blur", "noise", "jpeg", "dark", "low-contrast"] as const;
export type Degradation = (typeof degradations)[number];

/** @param name of the picture, which the noise follows from */
export async function degrade(pixels: Pixels, kind: Degradation, name: string): Promise<Pixels> {
	switch (kind) {
		case "none":
			return pixels;
		case "blur":
			return blur(pixels);
		case "noise":
			return addNoise(pixels, name);
		case "jpeg":
			return compress(pixels);
		case "dark":
			return mapValues(pixels, (value) => (value * 22) / 100);
		case "low-contrast":
			return mapValues(pixels, (value) => 108 + (value - 128) / 6);
	}
}

function mapValues({ data, ...size }: Pixels, change: (value: number) => number): Pixels {
	const table = Uint8Array.from({ length: 256 }, (_, value) => Math.round(change(value)));
	const mapped = new Uint8Array(data.length);
	for (let at = 0; at < data.length; at++) mapped[at] = table[data[at] as number] as number;
	return { ...size, data: mapped };
}

/** Strong enough that small things lose their details at any resolution. */
function blur(pixels: Pixels): Pixels {
	const radius = Math.max(1, Math.round(Math.max(pixels.width, pixels.height) / 160));
	// A box three times is close to a Gaussian.
	let { data } = pixels;
	for (let pass = 0; pass < 3; pass++) data = boxBlur({ ...pixels, data }, radius);
	return { ...pixels, data };
}

function boxBlur({ width, height, data }: Pixels, radius: number): Uint8Array {
	const across = new Uint8Array(data.length);
	for (let y = 0; y < height; y++) smear(data, across, y * width * 4, 4, width, radius);
	const down = new Uint8Array(data.length);
	for (let x = 0; x < width; x++) smear(across, down, x * 4, width * 4, height, radius);
	return down;
}

/** The mean of each value and its neighbors along a line; edges count as going on as they are. */
function smear(from: Uint8Array, to: Uint8Array, start: number, step: number, count: number, radius: number): void {
	const size = 2 * radius + 1;
	for (let channel = 0; channel < 3; channel++) {
		const first = start + channel;
		const last = first + (count - 1) * step;
		let sum = (from[first] as number) * radius;
		for (let index = 0; index < radius; index++) sum += from[Math.min(last, first + index * step)] as number;
		for (let index = 0; index < count; index++) {
			const at = first + index * step;
			sum += from[Math.min(last, at + radius * step)] as number;
			to[at] = Math.floor((sum + radius) / size);
			sum -= from[Math.max(first, at - radius * step)] as number;
		}
	}
}

/** Grain of light and dark, the same for all three colors. */
function addNoise({ data, ...size }: Pixels, name: string): Pixels {
	const rng = random(0, name, "noise");
	// One draw gives four grains of a byte each; two bytes' difference is bell-shaped enough.
	const grains = new Int16Array(4096).map(() => Math.round((rng.next() + rng.next() - 1) * 90));
	const noisy = new Uint8Array(data.length);
	let at = rng.below(grains.length);
	let stride = 1;
	for (let pixel = 0; pixel < data.length; pixel += 4) {
		const grain = grains[at] as number;
		at += stride;
		if (at >= grains.length) {
			at -= grains.length;
			stride = 1 + 2 * rng.below(1024);
		}
		for (let channel = 0; channel < 3; channel++) noisy[pixel + channel] = Math.max(0, Math.min(255, (data[pixel + channel] as number) + grain));
	}
	return { ...size, data: noisy };
}

/** As a JPEG of low quality looks: blocks and false colors. */
async function compress({ width, height, data }: Pixels): Promise<Pixels> {
	const jpeg = await sharp(data, { raw: { width, height, channels: 4 } })
		.jpeg({ quality: 8, chromaSubsampling: "4:2:0" })
		.toBuffer();
	return { width, height, data: await sharp(jpeg).ensureAlpha().raw().toBuffer() };
}
