/** The process that `tdiuc.ts` measures: `tdiuc-process.ts <folder of the pair>`. Prints a line for each step. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { countAnswers } from "../src/candidates/count-answers.js";
import { createCandidateSource } from "../src/candidates/draw-candidates.js";
import { loadWordings } from "../src/candidates/wordings.js";
import { dialogueSchema } from "../src/config/dialogue-schema.js";
import { openTdiuc } from "../src/sources/tdiuc/open-tdiuc.js";

/** Candidates of each kind of question and task. */
const drawLimit = 2_000;

const [folder = ""] = process.argv.slice(2);
const source = openTdiuc({
	path: folder,
	imageFolders: [join(folder, "pictures")],
	name: "tdiuc",
	splits: ["train", "val"],
	leaveOut: ["absurd", "sentiment_understanding"],
	minAnswerCount: 3,
	visualGenome: join(folder, "image_data.json"),
});
const { firstAnswers: _, ...dialogue } = dialogueSchema.parse({});
const wordings = loadWordings(fileURLToPath(new URL("../prompts", import.meta.url)));
const questions = () => source.read(() => {});

await time("first pass (reads the files)", async () => `${await countQuestions()} questions, left out ${JSON.stringify(source.leftOut?.())}`);
await time("second pass", async () => `${await countQuestions()} questions`);
await time("pass that counts answers", async () => `${(await countAnswers(questions())).size} tasks`);
const candidates = await time("count and pair", () => createCandidateSource(questions, wordings, { seed: 0, ...dialogue }));
await time("draw", async () => `${[...(await candidates.draw(drawLimit)).byCell.values()].reduce((sum, list) => sum + list.length, 0)} candidates`);
await time("sha256 of the files", async () => `${Object.keys(await source.digests()).length} files`);

async function countQuestions(): Promise<number> {
	let count = 0;
	for await (const _ of questions()) count++;
	return count;
}

async function time<Result>(step: string, work: () => Promise<Result>): Promise<Result> {
	const startMs = performance.now();
	const startCpu = process.cpuUsage();
	const result = await work();
	const cpu = process.cpuUsage(startCpu);
	const seconds = (microseconds: number) => (microseconds / 1e6).toFixed(1);
	const what = typeof result === "string" ? `: ${result}` : "";
	console.log(`${step}: ${seconds((performance.now() - startMs) * 1_000)} s, of processors ${seconds(cpu.user + cpu.system)} s${what}`);
	return result;
}
