/** The process that `tdiuc.ts` measures: `tdiuc-process.ts <folder of the pair> <folder of the run>`. Prints a line of JSON a step. */
import { join } from "node:path";
import { planSlots } from "../src/candidates/plan-slots.js";
import { configSchema } from "../src/config/schema.js";
import { createImageStore } from "../src/images/index.js";
import { type Candidate, cellKey } from "../src/records/index.js";
import { firstLimit } from "../src/run/make-pipeline.js";
import { openCandidates, openSource, picturesOf } from "../src/run/open-source.js";
import { openReserved } from "../src/run/reserve-first.js";

const rows = 10_000;
/** Pictures in work at once, as many as a run of the default concurrency has. */
const width = 16;

const [folder = "", runFolder = ""] = process.argv.slice(2);
const config = configSchema.parse({
	out: runFolder,
	source: { type: "tdiuc", path: folder, imageFolders: [join(folder, "pictures")], visualGenome: join(folder, "image_data.json") },
	reserve: { benchmark: {}, probe: {} },
});
const source = openSource(config);
const images = createImageStore({ ...picturesOf(source), runFolder });
const { signal } = new AbortController();

const digests = await time(
	"sha256 of the files",
	() => source.digests(),
	(files) => `${Object.keys(files).length} files`,
);
await time("read the files", countQuestions, (count) => `${count} questions, left out ${JSON.stringify(source.leftOut?.())}`);
await time("read again", countQuestions, (count) => `${count} questions`);
const reserved = await time(
	"reserve",
	() => openReserved(config, { source, runFolder, digests, images, signal, warn: console.error }),
	({ summary }) => {
		const sum = (set: "benchmark" | "probe-train" | "probe-test") => summary?.tasks.reduce((total, task) => total + task[set], 0);
		return `benchmark ${sum("benchmark")}, probe ${sum("probe-train")} and ${sum("probe-test")}; replaced ${JSON.stringify(summary?.replaced)}`;
	},
);
const candidates = await time(
	"count and pair",
	() => openCandidates(config, { source: reserved.training, scratchFolder: runFolder, onBadLine: () => {} }),
	({ questionCount, tasks }) => `${questionCount} questions, ${tasks.length} tasks`,
);
const { byCell } = await time(
	"draw",
	() => candidates.draw(firstLimit(rows, candidates)),
	(draw) => `${[...draw.byCell.values()].reduce((sum, list) => sum + list.length, 0)} candidates for ${rows} rows`,
);
const drawn = await time(
	"write candidates",
	async () => writeCandidates(),
	(written) => `${written.length} questions posed and dialogues staged`,
);
await time("read their pictures", lookAtPictures, (outcome) => `${outcome.good} pictures good, ${outcome.bad} not`);
candidates.close();

async function countQuestions(): Promise<number> {
	let count = 0;
	for await (const _ of source.read(() => {})) count++;
	return count;
}

/** A candidate for each row, as a run begins with them. */
function writeCandidates(): Candidate[] {
	const { cells, slots } = planSlots(rows, candidates.situations, candidates.tasks);
	const ranks = cells.map(() => 0);
	return [...slots].flatMap((slot) => {
		const cell = cells[slot];
		const list = cell === undefined ? undefined : byCell.get(cellKey(cell));
		const rank = ranks[slot] ?? 0;
		ranks[slot] = rank + 1;
		return list === undefined || rank >= list.length ? [] : [list.at(rank)];
	});
}

async function lookAtPictures(): Promise<{ good: number; bad: number }> {
	const paths = [...new Set(drawn.map(({ question }) => question.image))];
	let next = 0;
	let good = 0;
	const work = async (): Promise<void> => {
		for (let path = paths[next++]; path !== undefined; path = paths[next++]) if ("image" in (await reserved.ingest(path))) good++;
	};
	await Promise.all(Array.from({ length: width }, work));
	return { good, bad: paths.length - good };
}

async function time<Result>(step: string, work: () => Promise<Result>, describe: (result: Result) => string): Promise<Result> {
	const startMs = performance.now();
	const startCpu = process.cpuUsage();
	const result = await work();
	const { user, system } = process.cpuUsage(startCpu);
	console.log(JSON.stringify({ step, wallMs: performance.now() - startMs, cpuMs: (user + system) / 1_000, what: describe(result) }));
	return result;
}
