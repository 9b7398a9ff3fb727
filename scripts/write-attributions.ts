/**
 * Writes datasets/sample/README.md from sources.json. Run it when the sample has changed:
 *
 *     npm run attributions
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../src/pipeline/package-folder.js";
import { renderAttributions } from "./attributions.js";

writeFileSync(join(packageFolder(), "datasets", "sample", "README.md"), renderAttributions());
