import { readdirSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../src/pipeline/package-folder.js";

/** The program's own files, relative to the package's folder. */
export function listSources(): string[] {
	const list = (folder: string) =>
		readdirSync(join(packageFolder(), folder), { recursive: true, encoding: "utf8" })
			.filter((name) => name.endsWith(".ts"))
			.sort()
			.map((name) => join(folder, name));
	return [...list("src"), ...list("pipelines")];
}
