import { crc32 } from "node:zlib";
import { deflateTokens, Tokens } from "./deflate.js";

/** Pixels row by row, four bytes each, of which the last is opacity and not looked at. */
export interface Pixels {
	readonly width: number;
	readonly height: number;
	readonly data: Uint8Array;
}

/** As many whole pixels as one copy can hold. */
const longestRun = 85;
const maxDistance = 32_768;
const hashBits = 14;

/** An opaque 8-bit RGB PNG. The same pixels give the same bytes on every machine. */
export function encodePng(pixels: Pixels): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(pixels.width, 0);
	header.writeUInt32BE(pixels.height, 4);
	header.set([8, 2, 0, 0, 0], 8);
	const sum = Buffer.alloc(4);
	sum.writeUInt32BE(sumRows(pixels));
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk("IHDR", header),
		chunk("IDAT", Buffer.concat([Buffer.from([0x78, 0x9c]), deflateTokens(tokenize(pixels)), sum])),
		chunk("IEND", Buffer.alloc(0)),
	]);
}

/**
 * Each row is a 0, for a filter that leaves the pixels as they are, and its pixels: as copies of the pixel before, of the row
 * above, or of where the same two pixels came last. Whole pixels are compared, which is much faster than bytes.
 */
function tokenize({ width, height, data }: Pixels): Tokens {
	const tokens = new Tokens();
	const words = new Uint32Array(data.buffer, data.byteOffset, width * height);
	const lastSeen = new Int32Array(1 << hashBits).fill(-1);
	const rowBytes = width * 3 + 1;
	for (let y = 0; y < height; y++) {
		tokens.add(0, 0);
		const rowStart = y * width;
		const rowEnd = rowStart + width;
		let at = rowStart;
		while (at < rowEnd) {
			const limit = Math.min(longestRun, rowEnd - at);
			let distance = 3;
			let length = at > rowStart ? runLength(words, at - 1, at, limit) : 0;
			if (length < limit && y > 0 && rowBytes <= maxDistance) {
				const above = runLength(words, at - width, at, limit);
				if (above > length) {
					length = above;
					distance = rowBytes;
				}
			}
			if (length < 3 && limit > 1) {
				const hash = (Math.imul(words[at] as number, 0x9e3779b1) ^ Math.imul(words[at + 1] as number, 0x85ebca6b)) >>> (32 - hashBits);
				const seen = lastSeen[hash] as number;
				lastSeen[hash] = at;
				if (seen >= 0) {
					const seenRow = Math.floor(seen / width);
					const back = (at - seen) * 3 + (y - seenRow);
					// A copy may not run into the 0 at the beginning of a row.
					const other = back <= maxDistance ? runLength(words, seen, at, Math.min(limit, (seenRow + 1) * width - seen)) : 0;
					if (other > length) {
						length = other;
						distance = back;
					}
				}
			}
			if (length > 1 || (length === 1 && distance === 3)) {
				tokens.add(256 + length * 3, distance);
				at += length;
			} else {
				for (let channel = 0; channel < 3; channel++) tokens.add(data[at * 4 + channel] as number, 0);
				at++;
			}
		}
	}
	return tokens;
}

function runLength(words: Uint32Array, from: number, at: number, limit: number): number {
	let length = 0;
	while (length < limit && words[from + length] === words[at + length]) length++;
	return length;
}

function chunk(type: string, data: Uint8Array): Buffer {
	const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const frame = Buffer.alloc(body.length + 8);
	frame.writeUInt32BE(data.length, 0);
	frame.set(body, 4);
	frame.writeUInt32BE(crc32(body), body.length + 4);
	return frame;
}

/** Adler-32 of the rows as they are in the file. */
function sumRows({ width, height, data }: Pixels): number {
	let a = 1;
	let b = 0;
	let at = 0;
	for (let y = 0; y < height; y++) {
		b += a;
		const end = at + width * 4;
		while (at < end) {
			// So many sums fit a double many times over; they are taken modulo once in a while.
			const stop = Math.min(end, at + 4096);
			for (; at < stop; at += 4) {
				a += data[at] as number;
				b += a;
				a += data[at + 1] as number;
				b += a;
				a += data[at + 2] as number;
				b += a;
			}
			a %= 65_521;
			b %= 65_521;
		}
	}
	return ((b << 16) | a) >>> 0;
}
