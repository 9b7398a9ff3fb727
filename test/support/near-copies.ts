import { sharp } from "../../src/images/decoder.js";

/** What becomes of a picture on its way through the web, by name: each still shows the same. */
export const nearCopies: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer>>> = {
	"compressed again": (bytes) => sharp(bytes).jpeg({ quality: 60 }).toBuffer(),
	"in another format": (bytes) => sharp(bytes).png().toBuffer(),
	"half the size": async (bytes) => {
		const { width } = await sharp(bytes).metadata();
		return sharp(bytes)
			.resize(Math.round(width / 2))
			.jpeg({ quality: 90 })
			.toBuffer();
	},
	brighter: (bytes) => sharp(bytes).modulate({ brightness: 1.1 }).jpeg({ quality: 90 }).toBuffer(),
	darker: (bytes) => sharp(bytes).modulate({ brightness: 0.9 }).jpeg({ quality: 90 }).toBuffer(),
	"cropped on all sides": (bytes) => cropPicture(bytes, 0.5, 0.5),
	"half the size, brighter, compressed": async (bytes) => {
		const { width } = await sharp(bytes).metadata();
		return sharp(bytes)
			.resize(Math.round(width / 2))
			.modulate({ brightness: 1.1 })
			.jpeg({ quality: 60 })
			.toBuffer();
	},
};

/** 97 % of each side; `x` and `y` say which part of the rest lies before it. */
export async function cropPicture(bytes: Buffer, x: number, y: number): Promise<Buffer> {
	const { width, height } = await sharp(bytes).metadata();
	const kept = { width: Math.round(width * 0.97), height: Math.round(height * 0.97) };
	const area = { ...kept, left: Math.round((width - kept.width) * x), top: Math.round((height - kept.height) * y) };
	return sharp(bytes).extract(area).jpeg({ quality: 90 }).toBuffer();
}
