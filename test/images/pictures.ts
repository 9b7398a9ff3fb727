import { deflateSync } from "node:zlib";
import sharp from "sharp";

/** Pixels with something in every corner: no two rows and no two columns alike. */
export function draw(width: number, height: number, channels: 3 | 4 = 3) {
	const pixels = Buffer.alloc(width * height * channels);
	for (let at = 0; at < pixels.length; at++) {
		const pixel = Math.floor(at / channels);
		const value = [(pixel % width) * 3, Math.floor(pixel / width) * 5, pixel * 7, 128][at % channels] ?? 0;
		pixels[at] = value % 256;
	}
	return sharp(pixels, { raw: { width, height, channels } });
}

/** The checksum of a PNG chunk (PNG, annex D). */
function crc32(bytes: Buffer): number {
	let crc = 0xffff_ffff;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1;
	}
	return (crc ^ 0xffff_ffff) >>> 0;
}

function chunk(type: string, data: Buffer): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const checksum = Buffer.alloc(4);
	checksum.writeUInt32BE(crc32(named));
	return Buffer.concat([length, named, checksum]);
}

/** A black PNG of one bit a pixel: a few kilobytes however many pixels it has. `data`: what stands for the pixels instead. */
export function blackPng(width: number, height: number, data?: Buffer): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header[8] = 1;
	const pixels = data ?? deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))));
	return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

/** A PNG that says it is animated (an APNG), made from a plain one. */
export function animate(png: Buffer, frames: number): Buffer {
	const control = Buffer.alloc(8);
	control.writeUInt32BE(frames);
	const afterHeader = 8 + 25;
	return Buffer.concat([png.subarray(0, afterHeader), chunk("acTL", control), png.subarray(afterHeader)]);
}

/** The names of a PNG's chunks, in order and each once. */
export function chunkNames(png: Buffer): string[] {
	const names: string[] = [];
	for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) names.push(png.toString("latin1", at + 4, at + 8));
	return [...new Set(names)];
}
