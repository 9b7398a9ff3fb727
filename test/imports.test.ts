import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import extractTsConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { expect, test } from "vitest";
import { packageFolder } from "../src/pipeline/package-folder.js";

async function listViolations(baseDir: string): Promise<string[]> {
	const options = await extractOptions(join(packageFolder(), ".dependency-cruiser.mjs"));
	const { output } = await cruise(["src", "pipelines"], { ...options, baseDir }, undefined, {
		tsConfig: extractTsConfig(join(packageFolder(), "tsconfig.json")),
	});
	return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
}

test("imports point one way", async () => {
	expect(await listViolations(packageFolder())).toEqual([]);
});

test("an import that points upwards is found, and so is a room that has no place in the order", async () => {
	const folder = mkdtempSync(join(tmpdir(), "candor-imports-"));
	try {
		const files: Readonly<Record<string, string>> = {
			"src/records/row.ts": 'import { tell } from "../cli/tell.js";\nexport const row = tell;\n',
			"src/cli/tell.ts": "export const tell = 1;\n",
			"src/attic/box.ts": 'export { row } from "../records/row.js";\n',
			"pipelines/srt.ts": "export {};\n",
		};
		for (const [path, text] of Object.entries(files)) {
			mkdirSync(join(folder, path, ".."), { recursive: true });
			writeFileSync(join(folder, path), text);
		}
		expect((await listViolations(folder)).sort()).toEqual([
			"records-import-zod-only: src/records/row.ts -> src/cli/tell.ts",
			"records-imports-upwards: src/records/row.ts -> src/cli/tell.ts",
			"room-without-rule: src/attic/box.ts -> src/records/row.ts",
		]);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
