import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageFolder } from "../src/pipeline/package-folder.js";
import { type Comparison, compare } from "./measure.js";

const turns = 15;

/** How long a person waits for `--help`, against Node.js that does nothing. */
export function compareStartUp(): Promise<Comparison> {
	const node = async (...args: string[]) => {
		await promisify(execFile)(process.execPath, args);
	};
	const program = join(packageFolder(), "dist", "src", "cli", "main.js");
	return compare(
		"start-up",
		turns,
		{ name: "`candor --help`", run: () => node(program, "--help") },
		{ name: "`node -e 0`", run: () => node("-e", "0") },
		(milliseconds) => `${Math.round(milliseconds)} ms`,
	);
}
