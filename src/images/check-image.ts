import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ImageRef, messageOf } from "../records/index.js";
import { decodeFully } from "./decode-picture.js";
import { sniffFormat } from "./sniff-format.js";
import { picturePath } from "./store-picture.js";

/**
 * Checks a stored picture against what a row says of it: name, content, size, and that every pixel decodes.
 * @returns a sentence that describes the problem; undefined where there is none
 */
export async function checkStoredImage(runFolder: string, image: ImageRef): Promise<string | undefined> {
	const extension = image.path.endsWith(".jpg") ? "jpg" : "png";
	// Also keeps a forged path from leading out of the run's folder.
	if (image.path !== picturePath(image.sha256, extension)) return `${image.path} is not named after its sha256, ${image.sha256}.`;
	let bytes: Buffer;
	try {
		bytes = await readFile(join(runFolder, image.path));
	} catch (error) {
		return `${image.path} cannot be read: ${messageOf(error)}.`;
	}
	const sha256 = createHash("sha256").update(bytes).digest("hex");
	if (sha256 !== image.sha256) return `${image.path} has other content than its name says: its sha256 is ${sha256}.`;
	const format = extension === "jpg" ? "jpeg" : "png";
	const sniffed = sniffFormat(bytes);
	if (sniffed === undefined || !("format" in sniffed) || sniffed.format !== format) return `${image.path} is not a ${format.toUpperCase()} file.`;
	try {
		const { width, height } = await decodeFully(bytes, format);
		if (width === image.width && height === image.height) return undefined;
		return `${image.path} is ${width}x${height}, and the row says ${image.width}x${image.height}.`;
	} catch (error) {
		return `${image.path} cannot be decoded: ${messageOf(error).trim().replaceAll("\n", "; ")}.`;
	}
}
