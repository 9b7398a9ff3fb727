/**
 * Whether anything but the picture tells who is right, at full size: draws candidates of two seeds from a skewed source, and lets
 * readers try. Then a leak is planted, which they must find. Exit 3 where a limit fails or the leak goes unseen.
 *
 *     npx tsx bench/readers.ts [examples of each side per task, 2000] [show]
 *
 * With `show`, the features that weigh most are printed for every result with a limit.
 */
import { fileURLToPath } from "node:url";
import { formatReaders, formatTelling } from "../src/audit/format-readers.js";
import { readCandidates } from "../src/audit/read-candidates.js";
import { medianLengthRatio, readPairs } from "../src/audit/read-pairs.js";
import { minPerSide, type ReaderResult } from "../src/audit/run-reader.js";
import { loadWordings } from "../src/candidates/wordings.js";
import { exitCodes, scenarioPairs } from "../src/records/index.js";
import { drawBalanced, type PlannedDraw } from "../test/support/draw-balanced.js";
import { makePairs } from "../test/support/make-pairs.js";
import { plantInClaims, plantInWordings } from "../test/support/plant-leak.js";
import { makeVqaLikeQuestions } from "../test/support/vqa-like.js";

const perSide = Number(process.argv[2] ?? minPerSide);
const wordings = loadWordings(fileURLToPath(new URL("../prompts", import.meta.url)));

// In units of the smallest scenario; the ratios are the config's defaults, less neutral.
const scenarios = { misleading: 2, corrective: 2, "both-wrong": 1, "affirm-right": 1, "affirm-wrong": 1, "doubt-right": 1, "doubt-wrong": 1 };
// A little above what is asked for, since a cell may fall short by a row.
const rowsPerTask = Math.ceil(perSide * 1.01) * 9;
const draws = await Promise.all([1, 2].map((seed) => drawSeed(seed)));
const [train, test] = draws as [PlannedDraw, PlannedDraw];

const results: ReaderResult[] = [];
for (const pair of scenarioPairs) {
	results.push(...readCandidates(train.candidates(pair), test.candidates(pair), 1));
	say(`${pair.join(" / ")} read`);
}
// Misleading and corrective are two-round half of the time.
const stanceShares = {
	bothWrong: scenarios["both-wrong"],
	misleading: (scenarios.misleading / 2) * train.thirdShare,
	corrective: (scenarios.corrective / 2) * train.thirdShare,
};
const [trainPairs, testPairs] = await Promise.all(
	[train, test].map((draw, index) => makePairs(thin(draw.candidates(Object.keys(scenarios))), index + 1, stanceShares)),
);
if (trainPairs !== undefined && testPairs !== undefined) {
	results.push(...readPairs(trainPairs, testPairs, 1));
	say(`pairs read; median length ratio ${medianLengthRatio(testPairs).toFixed(3)}`);
}
console.log(formatReaders(results));
const failed = results.filter((result) => result.limit !== undefined && result.passes !== true);
for (const result of process.argv.includes("show") ? results.filter(({ limit }) => limit !== undefined) : failed) console.log(`\n${formatTelling(result)}`);

const missed: string[] = [];
for (const [name, reader, plant] of [
	["wordings", "masked", plantInWordings],
	["claims", "answers", plantInClaims],
] as const) {
	const claims = ["misleading", "corrective"];
	const planted = readCandidates(plant(train.candidates(claims), 0.6, 1), plant(test.candidates(claims), 0.6, 2), 1);
	const pooled = planted.filter((result) => result.reader === reader && result.task === "all");
	console.log(`\nA leak of 0.60 planted in the ${name}:\n${formatReaders(pooled)}`);
	if (pooled.length === 0 || pooled.some(({ passes }) => passes !== false)) missed.push(name);
}

if (failed.length > 0) say(`${failed.length} results do not hold their limit`);
if (missed.length > 0) say(`a planted leak went unseen: ${missed.join(", ")}`);
process.exitCode = failed.length + missed.length > 0 ? exitCodes.gateFailed : exitCodes.ok;

async function drawSeed(seed: number): Promise<PlannedDraw> {
	// No is the rarest answer that cells ask for in equal number, at 30 % of yes/no questions.
	const questions = makeVqaLikeQuestions({ seed, perTask: Math.ceil(rowsPerTask * 1.75), pictures: rowsPerTask * 4 });
	const drawn = await drawBalanced(questions, wordings, { seed, rows: rowsPerTask * 10, scenarios });
	say(`seed ${seed}: ${drawn.rows} candidates; not drawn ${JSON.stringify(drawn.notDrawn)}, short ${drawn.short}`);
	return drawn;
}

/** Every fourth: pairs of all scenarios and tasks are pooled, so that fewer are enough. */
function* thin<T>(values: Iterable<T>): Generator<T> {
	let place = 0;
	for (const value of values) if (place++ % 4 === 0) yield value;
}

function say(line: string): void {
	console.error(`${(process.uptime()).toFixed(0)} s  ${line}`);
}
