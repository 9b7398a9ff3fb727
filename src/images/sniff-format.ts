/** Formats that are read. */
export type PictureFormat = "jpeg" | "png" | "gif" | "webp" | "tiff" | "avif";

/** What a file is by its first bytes: a format that is read, one that is known but refused, or neither. */
export type Sniffed = { readonly format: PictureFormat } | { readonly refused: string } | undefined;

/** As much of a file's beginning is searched for the marks of text formats. @unit bytes */
const headBytes = 1024;

const refusedStarts: readonly (readonly [name: string, start: string])[] = [
	["PDF", "%PDF-"],
	["PostScript", "%!PS"],
	["BMP", "BM"],
	["Photoshop", "8BPS"],
	["icon", "\x00\x00\x01\x00"],
	["JPEG XL", "\xff\x0a"],
	["JPEG XL", "\x00\x00\x00\x0cJXL "],
	["JPEG 2000", "\x00\x00\x00\x0cjP  "],
	["JPEG 2000", "\xff\x4f\xff\x51"],
	["Windows metafile", "\xd7\xcd\xc6\x9a"],
	["gzip-packed (perhaps SVGZ)", "\x1f\x8b"],
];

/** The brand of an ISO media file: AVIF shares its container with HEIC and with films. */
function sniffMedia(head: string): Sniffed {
	const brand = head.slice(8, 12);
	if (brand === "avif") return { format: "avif" };
	if (brand === "avis") return { refused: "AVIF sequence" };
	if (["mif1", "heic", "heix", "hevc", "hevx", "heim", "heis"].includes(brand)) {
		const brands = head.slice(16, Math.min(head.length, 64));
		return brand === "mif1" && brands.includes("avif") ? { format: "avif" } : { refused: "HEIC" };
	}
	return { refused: "film" };
}

/**
 * What a file is, by its first bytes and never by its name. Only what is named here reaches the decoder: the rarer loaders in it
 * are a way in for hostile files, and vector formats look different on every machine's fonts.
 */
export function sniffFormat(bytes: Buffer): Sniffed {
	const head = bytes.toString("latin1", 0, headBytes);
	if (head.startsWith("\xff\xd8\xff")) return { format: "jpeg" };
	if (head.startsWith("\x89PNG\r\n\x1a\n")) return { format: "png" };
	if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) return { format: "gif" };
	if (head.startsWith("RIFF") && head.slice(8, 12) === "WEBP") return { format: "webp" };
	if (["II*\0", "MM\0*", "II+\0", "MM\0+"].some((start) => head.startsWith(start))) return { format: "tiff" };
	if (head.slice(4, 8) === "ftyp") return sniffMedia(head);
	const refused = refusedStarts.find(([, start]) => head.startsWith(start));
	if (refused !== undefined) return { refused: refused[0] };
	if (/<svg[\s>]/i.test(head.replaceAll("\0", ""))) return { refused: "SVG" };
	return undefined;
}
