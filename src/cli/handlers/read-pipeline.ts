import { resolve } from "node:path";
import { isPipelinePath, pipelineProblem } from "../../config/index.js";
import { configurationError } from "../../records/index.js";

/** A pipeline as `--pipeline` gives it: a name, or a path from the working directory. @throws CandorError (exit 2) */
export function readPipeline(entry: string): string {
	const problem = pipelineProblem(entry);
	if (problem !== undefined) {
		throw configurationError(`--pipeline: "${entry}": ${problem}`);
	}
	return isPipelinePath(entry) ? resolve(entry) : entry;
}
