import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import sharp from "sharp";
import type { Question } from "../src/records/index.js";
import { makeVqaLikeQuestions } from "../test/support/vqa-like.js";

/** Of the pictures. @unit pixels */
const width = 320;
const height = 240;

/**
 * Writes `questions.jsonl` and `pictures/` into a folder: questions as skewed as those of real sets, each with evidence that the
 * scripted teacher can answer from, about pictures that show nothing but no two alike.
 */
export async function writeSource(folder: string, { pictures, perTask }: { pictures: number; perTask: number }): Promise<void> {
	mkdirSync(join(folder, "pictures"), { recursive: true });
	const seed = 1;
	for (let index = 0; index < pictures; index++) await writeFile(join(folder, "pictures", `${seed}-${index}.jpg`), await drawPicture(index));
	const file = createWriteStream(join(folder, "questions.jsonl"));
	for (const { id, image, text, answer, task } of makeVqaLikeQuestions({ seed, perTask, pictures })) {
		const line = {
			id,
			image: basename(image),
			question: text,
			answer,
			task,
			evidence: ["Several things lie side by side on an even ground.", tellAnswer(text, answer)],
		};
		if (!file.write(`${JSON.stringify(line)}\n`)) await once(file, "drain");
	}
	file.end();
	await once(file, "finish");
}

/** A slope of colors. */
function drawPicture(index: number): Promise<Buffer> {
	const pixels = Buffer.alloc(width * height * 3);
	for (let at = 0; at < pixels.length; at += 3) {
		const x = (at / 3) % width;
		const y = Math.floor(at / 3 / width);
		pixels[at] = (x + index) & 0xff;
		pixels[at + 1] = (y + (index >> 4)) & 0xff;
		pixels[at + 2] = (x + y + (index >> 8) * 16) & 0xff;
	}
	return sharp(pixels, { raw: { width, height, channels: 3 } })
		.jpeg()
		.toBuffer();
}

/** A sentence that names the answer, or what there is to see of a yes or no. */
function tellAnswer(text: string, answer: Question["answer"]): string {
	const [, about = "thing"] = /^(?:Is there a|Can you see a|Are there any|Is a|Is the) (\w+)/.exec(text) ?? [];
	if (answer.toLowerCase() === "yes") return `A ${about} stands near the middle of the picture.`;
	return answer.toLowerCase() === "no" ? `No ${about} is to be found anywhere.` : `What is asked about shows plainly as ${answer}.`;
}
