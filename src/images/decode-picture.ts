import type { Metadata } from "sharp";
import { messageOf, type Rejection, reject } from "../records/index.js";
import { sharp } from "./decoder.js";
import { isSrgbProfile } from "./icc-profile.js";
import { readPngChunks } from "./png-chunks.js";
import { type PictureFormat, sniffFormat } from "./sniff-format.js";

/** A picture as it is stored: its bytes, what they are, and its size once upright. */
export interface Picture {
	readonly bytes: Buffer;
	readonly extension: "jpg" | "png";
	readonly width: number;
	readonly height: number;
}

const maxMegapixels = 100;
/** Shorter sides are smaller than one patch of most vision encoders. @unit pixels */
const minSide = 32;
const maxAspect = 20;

/** libjpeg calls damaged data a warning, so those stop a JPEG; in PNG and TIFF warnings are about metadata. */
function decoder(bytes: Buffer, format: PictureFormat) {
	return sharp(bytes, { limitInputPixels: maxMegapixels * 1_000_000, failOn: format === "jpeg" ? "warning" : "error" });
}

function unreadable(name: string, why: string): { rejection: Rejection } {
	return reject("image-unreadable", `${name} cannot be decoded: ${why}`);
}

/** What the header alone gives away; nothing is decoded. */
function judgeHeader(name: string, metadata: Metadata, frames: number): { rejection: Rejection } | undefined {
	const { width, height } = metadata;
	if (width * height > maxMegapixels * 1_000_000) {
		return reject("image-too-many-pixels", `${name} is ${width}x${height}; at most ${maxMegapixels} megapixels are read`);
	}
	if (frames > 1) return reject("image-animated", `${name} holds ${frames} pictures, and it is unclear which one a question means`);
	if (Math.min(width, height) < minSide || Math.max(width, height) > maxAspect * Math.min(width, height)) {
		return reject("image-bad-shape", `${name} is ${width}x${height}; sides must be ${minSide} or more, and none over ${maxAspect} times the other`);
	}
	return undefined;
}

/**
 * Whether every reader sees these bytes as they are meant: upright, 8 bits or fewer, gray or sRGB, nothing see-through. Gray ones
 * are kept too, since trainers turn whatever they read into RGB.
 */
function isPlain(metadata: Metadata): boolean {
	return (
		(metadata.format === "jpeg" || metadata.format === "png") &&
		(metadata.orientation ?? 1) === 1 &&
		metadata.depth === "uchar" &&
		(metadata.space === "srgb" || metadata.space === "b-w") &&
		!metadata.hasAlpha &&
		(metadata.icc === undefined || isSrgbProfile(metadata.icc))
	);
}

/** Any picture as an upright 8-bit sRGB PNG without metadata; what is see-through lies on white. */
async function convert(bytes: Buffer, format: PictureFormat): Promise<Picture> {
	const { data, info } = await decoder(bytes, format)
		.autoOrient()
		.flatten({ background: "white" })
		.toColourspace("srgb")
		.png({ compressionLevel: 6, adaptiveFiltering: false, palette: false })
		.toBuffer({ resolveWithObject: true });
	return { bytes: data, extension: "png", width: info.width, height: info.height };
}

/** Decodes every pixel of a picture that is stored as it is, and gives its size. @throws what the decoder says of a damaged one */
export async function decodeFully(bytes: Buffer, format: "jpeg" | "png"): Promise<{ width: number; height: number }> {
	// Every pixel is decoded; one channel of them is enough to have in memory.
	const { info } = await decoder(bytes, format).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
	return { width: info.width, height: info.height };
}

/**
 * What is stored for the bytes of a file: the same bytes where they are a plain JPEG or PNG, else a PNG made of them. Either way
 * every pixel was decoded.
 * @param name what messages call the file
 */
export async function decodePicture(bytes: Buffer, name: string): Promise<Picture | { rejection: Rejection }> {
	return readPicture(bytes, name, (format) => decodeFully(bytes, format));
}

/** As {@link decodePicture}, but from the header alone where the bytes are kept: damage further on is not seen. */
export async function measurePicture(bytes: Buffer, name: string): Promise<Picture | { rejection: Rejection }> {
	return readPicture(bytes, name, async (_, { width, height }) => ({ width, height }));
}

async function readPicture(
	bytes: Buffer,
	name: string,
	sizeOf: (format: "jpeg" | "png", metadata: Metadata) => Promise<{ width: number; height: number }>,
): Promise<Picture | { rejection: Rejection }> {
	const sniffed = sniffFormat(bytes);
	if (sniffed === undefined) return unreadable(name, "its first bytes are not those of a picture");
	if ("refused" in sniffed) return reject("image-unsupported", `${name} is a ${sniffed.refused} file; JPEG, PNG, WebP, AVIF, TIFF and still GIF are read`);
	const { format } = sniffed;
	try {
		const metadata = await sharp(bytes, { limitInputPixels: false }).metadata();
		const png = format === "png" ? readPngChunks(bytes) : undefined;
		const rejection = judgeHeader(name, metadata, png?.frames ?? metadata.pages ?? 1);
		if (rejection !== undefined) return rejection;
		if (png?.whole === false) return unreadable(name, "the end of the file is missing");
		if (!isPlain(metadata) || (format !== "jpeg" && format !== "png")) return await convert(bytes, format);
		return { bytes, extension: format === "jpeg" ? "jpg" : "png", ...(await sizeOf(format, metadata)) };
	} catch (error) {
		return unreadable(name, messageOf(error).trim().replaceAll("\n", "; "));
	}
}
