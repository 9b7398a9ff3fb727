import { writeFileSync } from "node:fs";
import { sharp } from "../src/images/decoder.js";
import { drawScene } from "../src/sources/scenes/draw/draw-scene.js";
import { encodePng } from "../src/sources/scenes/picture/encode-png.js";
import { rasterize } from "../src/sources/scenes/picture/rasterize.js";
import { composeScene } from "../src/sources/scenes/world/compose-scene.js";

/** Writes one PNG with forty small pictures of the scenes source, to look at: npx tsx scripts/write-scene-sheet.ts sheet.png [seed] [first] [columns] [rows] [skew] */
const [path = "scene-sheet.png", seed = "0", first = "0", columns = "5", rows = "8", skew = "1"] = process.argv.slice(2);
const [width, height] = [320, 240];
const across = Number(columns);
const pictures = await Promise.all(
	Array.from({ length: across * Number(rows) }, async (_, index) => ({
		input: encodePng(await rasterize(drawScene(composeScene(Number(seed), Number(first) + index, Number(skew))), width)),
		left: (index % across) * (width + 4),
		top: Math.floor(index / across) * (height + 4),
	})),
);
const sheet = sharp({ create: { width: across * (width + 4), height: Number(rows) * (height + 4), channels: 3, background: "#ffffff" } });
writeFileSync(path, await sheet.composite(pictures).png().toBuffer());
