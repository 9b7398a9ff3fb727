/**
 * Whether anything but the picture tells who is right, at full size: draws candidates of two seeds from a source, and lets readers
 * try. Then a leak is planted, which they must find. Exit 3 where a limit fails or the leak goes unseen.
 *
 *     npx tsx bench/readers.ts [examples of each side per task, 2000] [show] [--source vqa-like|scenes|tdiuc]
 *
 * With `show`, the features that weigh most are printed for every result with a limit. A task that has fewer examples is read with
 * those that it has, and held against no limit; the tasks together have to have enough.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { formatReaders, formatTelling } from "../src/audit/format-readers.js";
import { readCandidates } from "../src/audit/read-candidates.js";
import { medianLengthRatio, readPairs } from "../src/audit/read-pairs.js";
import { minPerSide, type ReaderResult } from "../src/audit/run-reader.js";
import { loadWordings } from "../src/candidates/wordings.js";
import { configurationError, exitCodes, scenarioPairs } from "../src/records/index.js";
import { drawBalanced, type PlannedDraw } from "../test/support/draw-balanced.js";
import { makePairs } from "../test/support/make-pairs.js";
import { plantInClaims, plantInWordings } from "../test/support/plant-leak.js";
import { formatByTask } from "./format-by-task.js";
import { type Questions, readerSources } from "./reader-sources.js";

const { positionals, values } = parseArgs({ allowPositionals: true, options: { source: { type: "string", default: "vqa-like" } } });
const perSide = Number(positionals.find((word) => word !== "show") ?? minPerSide);
const openSets = readerSources[values.source];
if (openSets === undefined) throw configurationError(`there is no source "${values.source}"`, `name one of ${Object.keys(readerSources).join(", ")}`);
const wordings = loadWordings(fileURLToPath(new URL("../prompts", import.meta.url)));

// One unit for each timing that a scenario has, so that all contrasts are of one size; neutral has no counterpart.
const scenarios = { misleading: 3, corrective: 3, "both-wrong": 1, "affirm-right": 2, "affirm-wrong": 2, "doubt-right": 2, "doubt-wrong": 2 };
const timings = { "one-round": 1, "two-round": 1, "multi-round": 1 };
const units = Object.values(scenarios).reduce((sum, share) => sum + share, 0);
// A little above what is asked for, since a cell may fall short by a row.
const rowsPerTask = Math.ceil(perSide * 1.01) * units;
const sets = await openSets(rowsPerTask);
say(`${values.source} opened`);
const train = await drawSet(sets[0], 1);
const test = await drawSet(sets[1], 2);

const results: ReaderResult[] = [];
for (const pair of scenarioPairs) {
	results.push(...readCandidates(train.candidates(pair), test.candidates(pair), 1));
	say(`${pair.join(" / ")} read`);
}
// Misleading and corrective are two-round a third of the time.
const stanceShares = {
	bothWrong: scenarios["both-wrong"],
	misleading: (scenarios.misleading / 3) * train.thirdShare,
	corrective: (scenarios.corrective / 3) * train.thirdShare,
};
const [trainPairs, testPairs] = await Promise.all(
	[train, test].map((draw, index) => makePairs(thin(draw.candidates(Object.keys(scenarios))), index + 1, stanceShares)),
);
if (trainPairs !== undefined && testPairs !== undefined) {
	results.push(...readPairs(trainPairs, testPairs, 1));
	say(`pairs read; median length ratio ${medianLengthRatio(testPairs).toFixed(3)}`);
}
console.log(formatReaders(results));
for (const reader of ["answers", "language-prior"]) console.log(`\nBy task, ${reader}:\n\n${formatByTask(results, reader)}`);
const failed = results.filter(({ limit, passes, task }) => limit !== undefined && (passes === false || (passes === undefined && task === "all")));
for (const result of positionals.includes("show") ? results.filter(({ limit }) => limit !== undefined) : failed) console.log(`\n${formatTelling(result)}`);

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

async function drawSet(questions: Questions, seed: number): Promise<PlannedDraw> {
	const drawn = await drawBalanced(questions, wordings, { seed, rows: rowsPerTask * 10, scenarios, timings });
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
