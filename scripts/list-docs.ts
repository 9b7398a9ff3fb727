import { readdirSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../src/pipeline/package-folder.js";

/** The pages that people read, relative to the package's folder. */
export function listDocs(): string[] {
	const pages = readdirSync(join(packageFolder(), "docs")).filter((name) => name.endsWith(".md"));
	return ["README.md", "ARCHITECTURE.md", ...pages.sort().map((name) => join("docs", name))];
}
