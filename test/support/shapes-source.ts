import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { random } from "../../src/pipeline/random.js";
import type { OracleQuestion } from "./oracle.js";

/** A question as a line of a source's file. */
export interface ShapesLine {
	readonly id: string;
	readonly image: string;
	readonly question: string;
	readonly answer: string;
	readonly task: string;
	/** Wrong answers of its own. */
	readonly wrong?: readonly string[];
	readonly evidence: readonly string[];
}

export interface ShapesSource {
	readonly lines: readonly ShapesLine[];
	/** The same questions as the oracle takes them, in a file. */
	readonly oracleFile: string;
}

const colors = ["red", "blue", "green", "yellow", "white", "black", "orange", "purple"];
const numbers = ["zero", "one", "two", "three", "four", "five", "six"];

/**
 * Draws small pictures of squares on a colored ground, with or without a circle, and writes four questions about each to
 * `questions.jsonl` in the folder; the pictures lie in `pictures/`. Pictures are alike in their questions' words, as in real sets.
 */
export async function writeShapesSource(folder: string, pictureCount: number): Promise<ShapesSource> {
	const images = join(folder, "pictures");
	mkdirSync(images, { recursive: true });
	const drawn = await Promise.all(Array.from({ length: pictureCount }, (_, index) => drawPicture(images, index)));
	const lines = drawn.flatMap(({ lines: ofPicture }) => ofPicture);
	writeFileSync(join(folder, "questions.jsonl"), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
	const oracleFile = join(folder, "oracle.jsonl");
	const known = drawn.flatMap(({ lines: ofPicture, pictureHash }) => ofPicture.map((line) => toOracle(line, pictureHash)));
	writeFileSync(oracleFile, known.map((question) => `${JSON.stringify(question)}\n`).join(""));
	return { lines, oracleFile };
}

function toOracle({ question, answer, evidence }: ShapesLine, pictureHash: string): OracleQuestion {
	return { text: question, answer, evidence, pictureHash };
}

async function drawPicture(folder: string, index: number): Promise<{ lines: ShapesLine[]; pictureHash: string }> {
	const rng = random(1, String(index), "shapes");
	const ground = rng.pick(colors);
	const color = rng.pick(colors.filter((other) => other !== ground));
	const count = 1 + rng.below(6);
	const hasCircle = index % 2 === 0;
	const squares = Array.from({ length: count }, (_, at) => `<rect x="${4 + at * 14}" y="${4 + rng.below(20)}" width="10" height="10" fill="${color}"/>`).join(
		"",
	);
	const circle = hasCircle ? `<circle cx="${40 + (index % 7)}" cy="50" r="8" fill="gray"/>` : "";
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="64"><rect width="96" height="64" fill="${ground}"/>${squares}${circle}<rect x="${index * 2}" y="62" width="2" height="2" fill="gray"/></svg>`;
	const bytes = await sharp(Buffer.from(svg)).removeAlpha().png().toBuffer();
	const image = `shapes-${index}.png`;
	writeFileSync(join(folder, image), bytes);
	const squaresNoun = count === 1 ? "square" : "squares";
	const ask = (kind: string, task: string, question: string, answer: string, reason: string): ShapesLine => {
		const evidence = ["Plain shapes lie side by side on a flat ground.", reason];
		return { id: `${index}-${kind}`, image, question, answer, task, evidence };
	};
	return {
		pictureHash: createHash("sha256").update(bytes).digest("hex"),
		lines: [
			ask("squares", "color", "What color are the squares?", color, `What has corners is filled with plain ${color}.`),
			ask("ground", "color", "What color is the ground behind the shapes?", ground, `The whole ground behind the shapes is ${ground}.`),
			ask("count", "counting", "How many squares are there?", String(count), `Side by side I find ${numbers[count]} ${squaresNoun}.`),
			ask(
				"circle",
				"object-presence",
				"Is there a circle in the picture?",
				hasCircle ? "yes" : "no",
				hasCircle ? "A gray circle lies under the squares." : "Nothing round lies anywhere on the ground.",
			),
		],
	};
}
