import { renderAsync } from "@resvg/resvg-js";
import type { Pixels } from "./encode-png.js";

/** An SVG that fills its frame as pixels. Without fonts: pictures hold no text, and a machine's own fonts would show. */
export async function rasterize(svg: string, width: number): Promise<Pixels> {
	const image = await renderAsync(svg, { fitTo: { mode: "width", value: width }, font: { loadSystemFonts: false }, logLevel: "off" });
	const rgba = image.pixels;
	const data = new Uint8Array(image.width * image.height * 3);
	for (let from = 0, to = 0; to < data.length; from += 4, to += 3) {
		data[to] = rgba[from] ?? 0;
		data[to + 1] = rgba[from + 1] ?? 0;
		data[to + 2] = rgba[from + 2] ?? 0;
	}
	return { width: image.width, height: image.height, data };
}
