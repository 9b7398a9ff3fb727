/** What a PNG's chunks say that the decoder does not: whether it moves, and whether its end is there. */
export interface PngFacts {
	/** Frames of an APNG; 1 for a plain PNG. */
	readonly frames: number;
	/** Whether the closing IEND chunk was found. */
	readonly whole: boolean;
}

const signatureBytes = 8;
/** Length, type and checksum around a chunk's data. @unit bytes */
const chunkOverheadBytes = 12;

/** Walks the chunks of a PNG without decoding any. */
export function readPngChunks(bytes: Buffer): PngFacts {
	let frames = 1;
	for (let at = signatureBytes; at + chunkOverheadBytes <= bytes.length; ) {
		const length = bytes.readUInt32BE(at);
		const type = bytes.toString("latin1", at + 4, at + 8);
		if (type === "IEND") return { frames, whole: true };
		if (type === "acTL" && length >= 4 && at + 12 <= bytes.length) frames = bytes.readUInt32BE(at + 8);
		at += chunkOverheadBytes + length;
	}
	return { frames, whole: false };
}
