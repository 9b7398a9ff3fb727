import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { ingestImage } from "../../../src/images/index.js";
import { packageFolder } from "../../../src/pipeline/package-folder.js";
import type { Question } from "../../../src/records/index.js";
import { openReservation, type ReserveSettings } from "../../../src/sources/reserve/open-reservation.js";
import type { Source } from "../../../src/sources/source.js";
import { makeQuestion, stream } from "./questions.js";

const photoFolder = join(packageFolder(), "datasets", "sample", "photos");
const photos = readdirSync(photoFolder).slice(0, 40);

let folder: string;
let pictures: string;
let runFolder: string;
let runs = 0;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "candor-reserve-"));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
	runs++;
	pictures = join(folder, `pictures-${runs}`);
	runFolder = join(folder, `run-${runs}`);
	for (const path of [pictures, runFolder]) mkdirSync(path);
	for (const photo of photos) copyFileSync(join(photoFolder, photo), join(pictures, photo));
});

const questionsOf = (): Question[] =>
	photos.flatMap((photo, index) => [
		makeQuestion(index, { image: join(pictures, photo), answer: ["red", "blue", "green", "white"][index % 4] ?? "" }),
		makeQuestion(100 + index, { image: join(pictures, photo), task: "object-presence", answer: index % 3 === 0 ? "no" : "yes" }),
	]);

function sourceOf(questions: readonly Question[]): { source: Source; passes: () => number } {
	let passes = 0;
	return {
		source: {
			imageRoots: [pictures],
			read: () => {
				passes++;
				return stream(questions);
			},
			digests: async () => ({}),
		},
		passes: () => passes,
	};
}

async function reserve(questions: readonly Question[], settings: Partial<ReserveSettings>, digests: Record<string, string> = { source: "1" }) {
	const { source, passes } = sourceOf(questions);
	const ingested: string[] = [];
	const reservation = await openReservation({
		settings: { exclude: {}, ...settings },
		seed: 0,
		source,
		runFolder,
		digests,
		ingest: (image) => {
			ingested.push(image);
			return ingestImage(image, { roots: [pictures], runFolder });
		},
		signal: new AbortController().signal,
	});
	const made = passes();
	const training: Question[] = [];
	for await (const question of reservation.training.read(() => {})) training.push(question);
	return { ...reservation, ingested, passes: made, left: training };
}

const readSet = (name: string): Record<string, string>[] =>
	readFileSync(join(runFolder, "reserved", `${name}.jsonl`), "utf8")
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line));

it("writes both sets, and leaves their pictures' questions out of training", async () => {
	const { summary, left, training, files } = await reserve(questionsOf(), { benchmark: { perTask: 5 }, probe: { train: 6, test: 4 } });
	const [benchmark, probe] = [readSet("benchmark"), readSet("probe")];
	expect(benchmark).toHaveLength(10);
	expect(probe.map(({ split }) => split)).toEqual([...Array(6).fill("train"), ...Array(4).fill("test")]);
	const reserved = new Set([...benchmark, ...probe].map(({ id }) => Number(id?.slice(1)) % 100));
	expect(left.length).toBe(80 - 2 * reserved.size);
	for (const { id } of left) expect(reserved.has(Number(id.slice(1)) % 100)).toBe(false);
	expect(training.leftOut?.()).toEqual({ "picture-reserved": 2 * reserved.size });
	expect(summary?.tasks).toEqual([
		{ task: "color", questions: 40, benchmark: 5, "probe-train": 3, "probe-test": 2, training: 40 - reserved.size },
		{ task: "object-presence", questions: 40, benchmark: 5, "probe-train": 3, "probe-test": 2, training: 40 - reserved.size },
	]);
	expect(files).toEqual(["reserved/benchmark.jsonl", "reserved/probe.jsonl", "reserved/index.json"]);
});

it("takes the sets as they lie there, and makes them again where anything has changed", async () => {
	const settings = { benchmark: { perTask: 4 } };
	const first = await reserve(questionsOf(), settings);
	expect(first.passes).toBeGreaterThan(0);
	const text = readFileSync(join(runFolder, "reserved", "benchmark.jsonl"), "utf8");

	const second = await reserve(questionsOf(), settings);
	expect([second.passes, second.ingested]).toEqual([0, []]);
	expect(second.left).toEqual(first.left);
	expect(second.summary).toEqual(first.summary);

	const image = readSet("benchmark")[0]?.image ?? "";
	const spoil: [string, () => void][] = [
		["a set", () => writeFileSync(join(runFolder, "reserved", "benchmark.jsonl"), "")],
		["the index", () => writeFileSync(join(runFolder, "reserved", "index.json"), text.slice(0, 50))],
		["no index", () => unlinkSync(join(runFolder, "reserved", "index.json"))],
		["a picture", () => unlinkSync(join(runFolder, image))],
	];
	for (const [what, change] of spoil) {
		change();
		expect((await reserve(questionsOf(), settings)).passes, what).toBeGreaterThan(0);
		expect(readFileSync(join(runFolder, "reserved", "benchmark.jsonl"), "utf8")).toBe(text);
	}
	expect((await reserve(questionsOf(), settings, { source: "2" })).passes).toBeGreaterThan(0);
	expect((await reserve(questionsOf(), { benchmark: { perTask: 5 } })).passes).toBeGreaterThan(0);
});

it("puts others in the place of questions whose pictures cannot be read, and counts them", async () => {
	const before = (await reserve(questionsOf(), { benchmark: { perTask: 5 } })) && readSet("benchmark");
	const lost = Number(before[0]?.id?.slice(1)) % 100;
	writeFileSync(join(pictures, photos[lost] ?? ""), "no picture");
	const { summary } = await reserve(questionsOf(), { benchmark: { perTask: 5 } }, { source: "2" });
	const after = readSet("benchmark");
	expect(after).toHaveLength(10);
	expect(after.map(({ id }) => id)).not.toContain(before[0]?.id);
	expect(summary?.replaced["image-unreadable"]).toBeGreaterThan(0);
});

it("ends where no picture can be read, and says so", async () => {
	for (const photo of photos) writeFileSync(join(pictures, photo), "no picture");
	const { summary } = await reserve(questionsOf(), { benchmark: { perTask: 3 } });
	expect(readFileSync(join(runFolder, "reserved", "benchmark.jsonl"), "utf8")).toBe("");
	expect(summary?.tasks.map(({ benchmark }) => benchmark)).toEqual([0, 0]);
});

it("leaves out excluded questions and pictures, also from the sets", async () => {
	const questions = questionsOf();
	const ids = join(folder, "ids.txt");
	writeFileSync(
		ids,
		questions
			.slice(0, 40)
			.map(({ id }) => `${id}\n`)
			.join(""),
	);
	const { image } = await ingestPhoto(30);
	const hashes = join(folder, "hashes.txt");
	writeFileSync(hashes, `${image.sha256}\n`);
	const { left, training, summary, guard } = await reserve(questions, { benchmark: { perTask: 100 }, exclude: { questions: ids, pictures: hashes } });
	const [excluded] = questions;
	const set = readSet("benchmark");
	expect(set.map(({ image: path }) => path)).not.toContain(image.path);
	for (const { id } of set) expect(Number(id?.slice(1)) % 100).toBeGreaterThanOrEqual(20);
	expect(left.some(({ id }) => id === excluded?.id)).toBe(false);
	expect(training.leftOut?.()["question-excluded"]).toBe(40);
	expect(set).toHaveLength(38);
	expect(summary?.replaced["picture-excluded"]).toBe(2);
	expect(await guard(image, runFolder)).toMatchObject({ reason: "picture-excluded", detail: expect.stringContaining("hashes.txt:1") });
});

async function ingestPhoto(index: number) {
	const ingested = await ingestImage(join(pictures, photos[index] ?? ""), { roots: [pictures], runFolder });
	if ("rejection" in ingested) throw new Error(ingested.rejection.detail);
	return ingested;
}

it("draws nothing where only exclusions are asked for", async () => {
	const { passes, files, summary, left } = await reserve(questionsOf(), {});
	expect([passes, files, summary, left.length]).toEqual([0, [], undefined, 80]);
});
