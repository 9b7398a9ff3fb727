import sharp from "sharp";

/** The longer side at most. @unit pixels */
const maxSide = 480;

/** A picture as a data URL, made small enough for a page; nothing where it cannot be read. */
export async function embedPicture(path: string): Promise<string | undefined> {
	try {
		const jpeg = await sharp(path)
			.resize({ width: maxSide, height: maxSide, fit: "inside", withoutEnlargement: true })
			.flatten({ background: "#fff" })
			.jpeg({ quality: 80 })
			.toBuffer();
		return `data:image/jpeg;base64,${jpeg.toString("base64")}`;
	} catch {
		return undefined;
	}
}
