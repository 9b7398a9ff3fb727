/**
 * A process of its own that passes over a TDIUC pair: `read-tdiuc-process.ts <folder> <passes>`. Prints a line of JSON for each
 * pass: how many questions came, and the memory outside the JavaScript heap.
 */
import { join } from "node:path";
import { openTdiuc } from "../../src/sources/tdiuc/open-tdiuc.js";

const [folder = "", passes = "1"] = process.argv.slice(2);
const source = openTdiuc({
	path: folder,
	imageFolders: [join(folder, "pictures")],
	name: "tdiuc",
	splits: ["train", "val"],
	leaveOut: ["absurd", "sentiment_understanding"],
	minAnswerCount: 3,
	visualGenome: join(folder, "image_data.json"),
});
for (let pass = 0; pass < Number(passes); pass++) {
	let questions = 0;
	for await (const _ of source.read(() => {})) questions++;
	process.stdout.write(`${JSON.stringify({ questions, arrayBufferBytes: process.memoryUsage().arrayBuffers })}\n`);
}
