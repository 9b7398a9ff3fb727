import { crc32 } from "node:zlib";
import { deflate } from "./deflate.js";

/** Pixels row by row, three bytes each. */
export interface Pixels {
	readonly width: number;
	readonly height: number;
	readonly data: Uint8Array;
}

/** An opaque 8-bit RGB PNG. The same pixels give the same bytes on every machine. */
export function encodePng({ width, height, data }: Pixels): Buffer {
	const row = width * 3;
	const rows = new Uint8Array((row + 1) * height);
	// Each row begins with the number of its filter; 0 leaves the pixels as they are, which suits flat colors.
	for (let y = 0; y < height; y++) rows.set(data.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 2, 0, 0, 0], 8);
	const sum = Buffer.alloc(4);
	sum.writeUInt32BE(adler32(rows));
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk("IHDR", header),
		chunk("IDAT", Buffer.concat([Buffer.from([0x78, 0x9c]), deflate(rows, [3, row + 1]), sum])),
		chunk("IEND", Buffer.alloc(0)),
	]);
}

function chunk(type: string, data: Uint8Array): Buffer {
	const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const frame = Buffer.alloc(body.length + 8);
	frame.writeUInt32BE(data.length, 0);
	frame.set(body, 4);
	frame.writeUInt32BE(crc32(body), body.length + 4);
	return frame;
}

function adler32(bytes: Uint8Array): number {
	let a = 1;
	let b = 0;
	for (let at = 0; at < bytes.length; ) {
		// So many sums fit 32 bits before they have to be taken modulo.
		const end = Math.min(at + 3800, bytes.length);
		for (; at < end; at++) {
			a += bytes[at] ?? 0;
			b += a;
		}
		a %= 65_521;
		b %= 65_521;
	}
	return ((b << 16) | a) >>> 0;
}
