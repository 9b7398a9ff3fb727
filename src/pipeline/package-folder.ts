import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

let found: string | undefined;

/** The folder that Candor is installed in, where prompts/ and datasets/ lie, whether it runs from source or as built. */
export function packageFolder(): string {
	if (found !== undefined) return found;
	let folder = import.meta.dirname;
	while (!isOurs(folder)) {
		const parent = dirname(folder);
		if (parent === folder) throw new Error("the package.json of candor is missing above the program");
		folder = parent;
	}
	found = folder;
	return folder;
}

function isOurs(folder: string): boolean {
	const path = join(folder, "package.json");
	return existsSync(path) && readFileSync(path, "utf8").includes('"name": "candor"');
}
