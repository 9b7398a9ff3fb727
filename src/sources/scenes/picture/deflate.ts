import { codeLengths, codesOf } from "./huffman.js";

/**
 * Deflate (RFC 1951) in integers only. The libraries at hand compress differently from version to version and from
 * processor to processor, and a picture is known by its bytes.
 */

const lengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBase = [
	1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
];
const distanceExtra = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

const maxLength = 258;
const endOfBlock = 256;

const lengthSymbol = new Uint8Array(maxLength + 1);
for (let length = 3; length <= maxLength; length++) lengthSymbol[length] = lengthBase.findLastIndex((base) => base <= length);

/** Bytes as literals and as copies of earlier ones. */
export class Tokens {
	count = 0;
	/** A literal, or 256 + length. */
	values: Uint16Array = new Uint16Array(1 << 16);
	/** Of a copy: how far back, less one. */
	distances: Uint16Array = new Uint16Array(1 << 16);

	/** @param distance how many bytes back the copy begins; 0 for a literal */
	add(value: number, distance: number): void {
		if (this.count === this.values.length) {
			this.values = grow(this.values);
			this.distances = grow(this.distances);
		}
		this.values[this.count] = value;
		this.distances[this.count] = distance - 1;
		this.count++;
	}
}

function grow(array: Uint16Array): Uint16Array {
	const larger = new Uint16Array(array.length * 2);
	larger.set(array);
	return larger;
}

/** One block of deflate with trees made for these tokens. */
export function deflateTokens(tokens: Tokens): Uint8Array {
	const symbols = new Uint32Array(286);
	const steps = new Uint32Array(30);
	for (let index = 0; index < tokens.count; index++) {
		const value = tokens.values[index] as number;
		const symbol = value < 256 ? value : 257 + (lengthSymbol[value - 256] as number);
		symbols[symbol] = (symbols[symbol] as number) + 1;
		if (value < 256) continue;
		const step = stepOf(tokens.distances[index] as number);
		steps[step] = (steps[step] as number) + 1;
	}
	symbols[endOfBlock] = 1;
	return writeBlock(tokens, codeLengths(symbols), codeLengths(steps));
}

function stepOf(distanceLessOne: number): number {
	const distance = distanceLessOne + 1;
	if (distance <= 4) return distance - 1;
	const bits = 31 - Math.clz32(distance - 1);
	return 2 * bits + (((distance - 1) >> (bits - 1)) & 1);
}

/** Writes bits, the lowest first. A class, since its fields are faster than a closure's variables, and this runs millions of times. */
class BitWriter {
	private readonly out: Uint8Array;
	private used = 0;
	private held = 0;
	private bits = 0;

	constructor(capacity: number) {
		this.out = new Uint8Array(capacity);
	}

	write(value: number, width: number): void {
		this.held |= value << this.bits;
		this.bits += width;
		while (this.bits >= 8) {
			this.out[this.used++] = this.held & 255;
			this.held >>>= 8;
			this.bits -= 8;
		}
	}

	finish(): Uint8Array {
		if (this.bits > 0) this.write(0, 8 - this.bits);
		return this.out.subarray(0, this.used);
	}
}

function writeBlock(tokens: Tokens, symbolLengths: Uint8Array, stepLengths: Uint8Array): Uint8Array {
	const writer = new BitWriter(tokens.count * 6 + 1024);
	const symbolCodes = codesOf(symbolLengths);
	const stepCodes = codesOf(stepLengths);
	// The last block, with trees of its own: 286 symbols, 30 distances.
	writer.write(0b101, 3);
	writer.write(286 - 257, 5);
	writer.write(30 - 1, 5);
	// The lengths 0 to 15 have codes of four bits each: a table costs 160 bytes and needs no tree of its own.
	writer.write(19 - 4, 4);
	for (const symbol of codeLengthOrder) writer.write(symbol < 16 ? 4 : 0, 3);
	const plain = codesOf(new Uint8Array(16).fill(4));
	for (const length of [...symbolLengths, ...stepLengths]) writer.write(plain[length] as number, 4);
	for (let index = 0; index < tokens.count; index++) {
		const value = tokens.values[index] as number;
		if (value < 256) {
			writer.write(symbolCodes[value] as number, symbolLengths[value] as number);
			continue;
		}
		const length = value - 256;
		const symbol = lengthSymbol[length] as number;
		writer.write(symbolCodes[257 + symbol] as number, symbolLengths[257 + symbol] as number);
		writer.write(length - (lengthBase[symbol] as number), lengthExtra[symbol] as number);
		const distance = (tokens.distances[index] as number) + 1;
		const step = stepOf(distance - 1);
		writer.write(stepCodes[step] as number, stepLengths[step] as number);
		writer.write(distance - (distanceBase[step] as number), distanceExtra[step] as number);
	}
	writer.write(symbolCodes[endOfBlock] as number, symbolLengths[endOfBlock] as number);
	return writer.finish();
}
