import { renderAsync } from "@resvg/resvg-js";
import type { Pixels } from "./encode-png.js";

/** An SVG that fills its frame as pixels. Without fonts: pictures hold no text, and a machine's own fonts would show. */
export async function rasterize(svg: string, width: number): Promise<Pixels> {
	const image = await renderAsync(svg, { fitTo: { mode: "width", value: width }, font: { loadSystemFonts: false }, logLevel: "off" });
	const { pixels } = image;
	// Pixels are compared as words of four bytes, which have to begin at a multiple of four.
	const data = pixels.byteOffset % 4 === 0 ? pixels : new Uint8Array(pixels);
	return { width: image.width, height: image.height, data };
}
