import { encode } from "fast-png";

/** Pixels row by row, four bytes each, of which the last is opacity and not looked at. */
export interface Pixels {
	readonly width: number;
	readonly height: number;
	readonly data: Uint8Array;
}

/** Higher levels take longer and save little on flat colours. */
const zlibLevel = 3;

/**
 * An opaque 8-bit RGB PNG. The same pixels give the same bytes on every machine, since a picture is known by its bytes: this
 * encoder is JavaScript alone, where zlib compresses differently from version to version and from processor to processor.
 */
export function encodePng({ width, height, data }: Pixels): Buffer {
	const rgb = new Uint8Array(width * height * 3);
	for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
		rgb[to] = data[from] as number;
		rgb[to + 1] = data[from + 1] as number;
		rgb[to + 2] = data[from + 2] as number;
	}
	return Buffer.from(encode({ width, height, data: rgb, channels: 3, depth: 8 }, { zlib: { level: zlibLevel } }));
}
