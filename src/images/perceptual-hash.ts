import { sharp } from "./decoder.js";

/**
 * What a picture looks like, in four 32-bit words: two of a DCT hash, two of a gradient hash. Copies that were scaled, compressed
 * again or made brighter differ in few bits.
 */
export type PerceptualHash = Uint32Array;

/** @unit pixels */
const side = 32;
/** Frequencies kept in each direction; the constant ones, which tell brightness only, are left out. */
const frequencies = 8;

/** cosines[u * side + x]: the DCT-II basis of the frequencies that are kept. */
const cosines = Float64Array.from({ length: frequencies * side }, (_, index) => {
	const u = Math.floor(index / side) + 1;
	return Math.cos((((2 * (index % side) + 1) * u) / (2 * side)) * Math.PI);
});

/**
 * @param bytes a picture as it is stored, so plain and upright
 * @throws what the decoder says of a damaged one
 */
export async function hashPicture(bytes: Buffer): Promise<PerceptualHash> {
	// Shrinking while a JPEG is decoded saves nothing here, and moves copies in other formats apart by up to 6 bits.
	const gray = await sharp(bytes).greyscale().resize(side, side, { fit: "fill", fastShrinkOnLoad: false }).raw().toBuffer();
	// From the small picture: decoding the large one twice would take twice as long.
	const tiny = await sharp(gray, { raw: { width: side, height: side, channels: 1 } })
		.resize(9, 8, { fit: "fill" })
		.greyscale()
		.raw()
		.toBuffer();
	return Uint32Array.from([...hashFrequencies(gray), ...hashGradients(tiny)]);
}

/** A bit for each low frequency: whether it is above the median of them (Zauner, 2010, section 3.2.1). */
function hashFrequencies(gray: Buffer): number[] {
	const rows = new Float64Array(side * frequencies);
	for (let y = 0; y < side; y++)
		for (let u = 0; u < frequencies; u++) {
			let sum = 0;
			for (let x = 0; x < side; x++) sum += (gray[y * side + x] ?? 0) * (cosines[u * side + x] ?? 0);
			rows[y * frequencies + u] = sum;
		}
	const values = new Float64Array(frequencies * frequencies);
	for (let v = 0; v < frequencies; v++)
		for (let u = 0; u < frequencies; u++) {
			let sum = 0;
			for (let y = 0; y < side; y++) sum += (rows[y * frequencies + u] ?? 0) * (cosines[v * side + y] ?? 0);
			values[v * frequencies + u] = sum;
		}
	const sorted = Float64Array.from(values).sort();
	const median = ((sorted[31] ?? 0) + (sorted[32] ?? 0)) / 2;
	return packBits(Array.from(values, (value) => value > median));
}

/** A bit for each of 8 x 8 places: whether it gets brighter to the right. */
function hashGradients(tiny: Buffer): number[] {
	return packBits(
		Array.from({ length: 64 }, (_, index) => {
			const at = Math.floor(index / 8) * 9 + (index % 8);
			return (tiny[at + 1] ?? 0) > (tiny[at] ?? 0);
		}),
	);
}

function packBits(bits: readonly boolean[]): number[] {
	const words = [0, 0];
	for (const [index, bit] of bits.entries()) if (bit) words[index >> 5] = ((words[index >> 5] ?? 0) | (1 << (31 - (index & 31)))) >>> 0;
	return words;
}

/** In how many of 64 bits two hashes differ, by frequencies and by gradients. */
export function compareHashes(a: PerceptualHash, b: PerceptualHash): { frequencies: number; gradients: number } {
	const differ = (word: number) => countBits((a[word] ?? 0) ^ (b[word] ?? 0));
	return { frequencies: differ(0) + differ(1), gradients: differ(2) + differ(3) };
}

/** 16 hex digits of the frequencies, then 16 of the gradients. */
export function formatHash(hash: PerceptualHash): string {
	return Array.from(hash, (word) => word.toString(16).padStart(8, "0")).join("");
}

/** Reads what `formatHash` wrote; 16 digits are the frequencies alone. */
export function parseHash(hex: string): PerceptualHash {
	return Uint32Array.from(hex.match(/.{8}/g) ?? [], (word) => Number.parseInt(word, 16));
}

/** How many bits of a 32-bit number are set. */
function countBits(word: number): number {
	let v = word - ((word >>> 1) & 0x5555_5555);
	v = (v & 0x3333_3333) + ((v >>> 2) & 0x3333_3333);
	return Math.imul((v + (v >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
