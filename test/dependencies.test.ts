import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { packageFolder } from "../src/pipeline/package-folder.js";

const manifestSchema = z.looseObject({
	dependencies: z.record(z.string(), z.string()).default({}),
	devDependencies: z.record(z.string(), z.string()).default({}),
	engines: z.looseObject({ node: z.string().optional() }).default({}),
});

function readManifest(path: string): z.infer<typeof manifestSchema> {
	return manifestSchema.parse(JSON.parse(readFileSync(join(packageFolder(), path), "utf8")));
}

/** The oldest Node that Candor supports. */
const oldestNode = [20, 19, 0];

/** Whether an engines range admits it. Knows the forms that packages use: >=, >, <, ^, *, a bare version, and || between them. */
function admitsOldestNode(range: string): boolean {
	return range.split("||").some((part) => {
		const comparators = part
			.replace(/([<>=^~])\s+/g, "$1")
			.trim()
			.split(/\s+/);
		return comparators.every((comparator) => {
			const match = /^(>=|>|<|\^|)v?(\d+|\*)(?:\.(\d+|x))?(?:\.(\d+|x))?$/.exec(comparator);
			if (match === null) throw new Error(`the range "${range}" has a form that this test does not know: ${comparator}`);
			const [, operator, major = "*", minor, patch] = match;
			if (major === "*") return true;
			const order = compare([major, minor, patch].map((number) => Number(number === "x" ? 0 : (number ?? 0))));
			if (operator === ">=") return order <= 0;
			if (operator === ">") return order < 0;
			if (operator === "<") return order > 0;
			return Number(major) === oldestNode[0] && (operator === "" && minor === undefined ? true : order <= 0);
		});
	});
}

/** How a version stands to the oldest Node: negative where it is older. */
function compare(version: readonly number[]): number {
	return version.map((number, index) => number - (oldestNode[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

test("the ranges that packages use are read rightly", () => {
	const admitted = [">=18", ">= 20.19.0", "^20.19.0 || >=22.12.0", "*", "20 || >=22", "18 || 20", ">=14.17 <21", "^18 || ^20 || >=22"];
	const refused = [">=22", ">20.19.0", "^22 || >=24", ">=20.20", ">=14 <20", "^20.20.0", "18"];
	expect(admitted.filter((range) => !admitsOldestNode(range))).toEqual([]);
	expect(refused.filter(admitsOldestNode)).toEqual([]);
});

test("every dependency works on the oldest Node that we support", () => {
	const own = readManifest("package.json");
	expect(own.engines.node).toBe(`>=${oldestNode.slice(0, 2).join(".")}`);
	const refused = Object.keys({ ...own.dependencies, ...own.devDependencies }).flatMap((name) => {
		const range = readManifest(join("node_modules", name, "package.json")).engines.node;
		return range === undefined || admitsOldestNode(range) ? [] : [`${name}: ${range}`];
	});
	expect(refused).toEqual([]);
});

test("the lock file names no address, so that any registry or mirror serves", () => {
	expect(readFileSync(join(packageFolder(), "package-lock.json"), "utf8")).not.toMatch(/"resolved": "http/);
});
