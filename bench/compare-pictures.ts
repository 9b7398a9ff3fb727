import { hash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { random } from "../src/pipeline/random.js";
import type { ImageRef } from "../src/records/index.js";

/** A photograph of a common size in bytes: noise compresses badly, so that few pixels do. */
const sidePixels = 262;
const quality = 92;

/** Writes JPEGs of seeded noise, of about 120 kB each, where a run keeps its pictures. */
export async function writePictures(folder: string, count: number): Promise<ImageRef[]> {
	const pictures: ImageRef[] = [];
	for (let number = 0; number < count; number++) {
		const { below } = random(1, String(number), "noise");
		const pixels = Uint8Array.from({ length: sidePixels * sidePixels * 3 }, () => below(256));
		const jpeg = await sharp(pixels, { raw: { width: sidePixels, height: sidePixels, channels: 3 } })
			.jpeg({ quality, chromaSubsampling: "4:4:4" })
			.toBuffer();
		const sha256 = hash("sha256", jpeg, "hex");
		const path = `images/${sha256.slice(0, 2)}/${sha256}.jpg`;
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), jpeg);
		pictures.push({ path, sha256, width: sidePixels, height: sidePixels });
	}
	return pictures;
}
