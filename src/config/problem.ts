import { type CandorError, configurationError } from "../records/index.js";
import { showName } from "./secrets.js";

/** What is wrong with one value of a config. */
export interface Problem {
	readonly path: readonly PropertyKey[];
	/** What was found and what is allowed; the place and the path come before it. */
	readonly text: string;
	/** Where to point: at the value, or at the key (a wrong key). */
	readonly part: "key" | "value";
	/** What to tell first: a secret, then a misspelling (it explains others), then a value, then what is missing. */
	readonly rank: "secret" | "misspelt" | "value" | "missing";
}

/** A problem with its place found. */
export interface PlacedProblem extends Problem {
	readonly where: string;
	readonly line: number;
	readonly column: number;
}

const ranks: readonly Problem["rank"][] = ["secret", "misspelt", "value", "missing"];
const maxProblems = 20;

/** One error of all problems, a line each, the most useful first. */
export function problemsError(problems: readonly PlacedProblem[]): CandorError {
	const sorted = [...problems].sort((a, b) => ranks.indexOf(a.rank) - ranks.indexOf(b.rank) || a.line - b.line || a.column - b.column);
	const lines = [...new Set(sorted.map(formatProblem))];
	const shown = lines.slice(0, maxProblems);
	if (lines.length > shown.length) {
		shown.push(`and ${lines.length - shown.length} more`);
	}
	const remedy = sorted.some((problem) => problem.rank === "secret")
		? "Put the key in an environment variable, name that variable in teacher.apiKeyEnv, and replace the key if the file was shared."
		: "Every setting with its meaning and default: candor schema";
	return configurationError(shown.join("\n"), remedy);
}

/** A path as messages write it: `pipelines[1]`, `dialogue.scenarios.neutral`. */
export function formatPath(path: readonly PropertyKey[]): string {
	return path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${String(key)}`)).join("");
}

function formatProblem(problem: PlacedProblem): string {
	const path = problem.path.map((key) => (typeof key === "string" ? showName(key) : key));
	return [problem.where, ...(path.length === 0 ? [] : [formatPath(path)]), problem.text].join(": ");
}
