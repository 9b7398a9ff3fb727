import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSources, renderAttributions } from "../scripts/attributions.js";
import { packageFolder } from "../src/pipeline/package-folder.js";

const sample = join(packageFolder(), "datasets", "sample");

test("the sample's README says what sources.json says; npm run attributions writes it", () => {
	expect(readFileSync(join(sample, "README.md"), "utf8")).toBe(renderAttributions());
});

test("every photograph has its source, and every source its photograph", () => {
	expect(
		readSources()
			.map(({ file }) => file)
			.sort(),
	).toEqual(readdirSync(join(sample, "photos")).sort());
	expect(existsSync(join(sample, "evidence"))).toBe(true);
});

test("a licence that asks for the author's name has one", () => {
	const unnamed = readSources().filter(({ licence, author }) => licence.startsWith("CC-BY") && author === null);
	expect(unnamed).toEqual([]);
});
