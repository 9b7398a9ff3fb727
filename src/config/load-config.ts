import { dirname, resolve } from "node:path";
import { checkConfig, isPipelinePath } from "./check-config.js";
import { describeIssues } from "./describe-issues.js";
import { applyOverrides, type Override, readEnvironment } from "./layers.js";
import { formatPath, type PlacedProblem, type Problem, problemsError } from "./problem.js";
import { readYamlFile, type YamlFile } from "./read-yaml.js";
import { type Config, configSchema } from "./schema.js";
import { looksLikeSecret } from "./secrets.js";
import { valueAt } from "./settings.js";

/** Where a value came from. `where` is `file:line:column`, the variable or the flag; a default has none. */
export interface Origin {
	readonly from: "flag" | "environment" | "file" | "default";
	readonly where?: string;
}

/** A flag that stands for a setting: `{flag: "--rows", path: "rows", value: 10}`. */
export interface FlagValue {
	readonly flag: string;
	readonly path: string;
	readonly value: unknown;
}

export interface ResolvedConfig {
	readonly config: Config;
	/** By dotted path, for every value that is not a mapping. */
	readonly origins: ReadonlyMap<string, Origin>;
	/** The config file as the user named it, and the absolute folder that it lies in. */
	readonly file: string;
	readonly folder: string;
}

export interface LoadConfigOptions {
	readonly file: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly flags: readonly FlagValue[];
}

/**
 * Reads and checks a config: flags over environment over file over defaults. Paths that the file gives are made
 * absolute from the file's folder, those from flags and environment from the working directory; `out` stays as written.
 * @throws CandorError (exit 2) with every problem, a line each: place, path, value, what is allowed
 */
export function loadConfig({ file, env, flags }: LoadConfigOptions): ResolvedConfig {
	const source = readYamlFile(file);
	const overrides: Override[] = [...readEnvironment(env), ...flags.map(({ flag, path, value }): Override => ({ from: "flag", path, where: flag, value }))];
	const written = applyOverrides(source.value, overrides);
	const place = (problem: Problem): PlacedProblem => ({ ...problem, ...placeOf(problem, source, overrides) });

	const secrets = findSecrets(written);
	const parsed = configSchema.safeParse(written);
	const others = parsed.success ? checkConfig(parsed.data) : describeIssues(parsed.error.issues, written);
	const secretPaths = new Set(secrets.map((problem) => formatPath(problem.path)));
	const problems = [...secrets, ...others.filter((problem) => !secretPaths.has(formatPath(problem.path)))];
	if (problems.length > 0 || !parsed.success) {
		throw problemsError(problems.map(place));
	}
	const folder = dirname(resolve(file));
	return {
		config: resolvePaths(parsed.data, (path) => (overrideAt(path.split("."), overrides) === undefined ? folder : process.cwd())),
		origins: collectOrigins(parsed.data, written, source, overrides),
		file,
		folder,
	};
}

/** The dotted paths of everything in a config that is not a mapping, with the values. Lists count as one value. */
export function listLeaves(value: object, path: readonly string[] = []): { readonly path: readonly string[]; readonly value: unknown }[] {
	return Object.entries(value).flatMap(([key, child]) => {
		const here = [...path, key];
		return typeof child === "object" && child !== null && !Array.isArray(child) ? listLeaves(child, here) : [{ path: here, value: child as unknown }];
	});
}

function overrideAt(path: readonly PropertyKey[], overrides: readonly Override[]): Override | undefined {
	const dotted = path.map(String).join(".");
	return overrides.findLast((override) => dotted === override.path || dotted.startsWith(`${override.path}.`));
}

function placeOf(problem: Problem, source: YamlFile, overrides: readonly Override[]): Pick<PlacedProblem, "where" | "line" | "column"> {
	const override = overrideAt(problem.path, overrides);
	if (override !== undefined) {
		return { where: override.where, line: 0, column: 0 };
	}
	const { text, line, column } = source.locate(problem.path, problem.part);
	return { where: text, line, column };
}

function findSecrets(written: unknown, path: readonly PropertyKey[] = []): Problem[] {
	const found = (part: "key" | "value", at: readonly PropertyKey[]): Problem => ({
		path: at,
		part,
		rank: "secret",
		text: "looks like a secret, and a config holds none",
	});
	if (typeof written === "string") {
		return looksLikeSecret(written) ? [found("value", path)] : [];
	}
	if (typeof written !== "object" || written === null) {
		return [];
	}
	return Object.entries(written).flatMap(([key, child]) => {
		const name = Array.isArray(written) ? Number(key) : key;
		return looksLikeSecret(key) ? [found("key", [...path, key])] : findSecrets(child, [...path, name]);
	});
}

function resolvePaths(config: Config, baseFor: (path: string) => string): Config {
	const from: From = (path, value) => resolve(baseFor(path), value);
	const { source, dialogue } = config;
	return {
		...config,
		pipelines: config.pipelines.map((entry) => (isPipelinePath(entry) ? from("pipelines", entry) : entry)),
		source: resolveSource(source, from),
		...(config.reserve === undefined ? {} : { reserve: resolveReserve(config.reserve, from) }),
		dialogue: {
			...dialogue,
			firstAnswers:
				typeof dialogue.firstAnswers === "object" ? { file: from("dialogue.firstAnswers.file", dialogue.firstAnswers.file) } : dialogue.firstAnswers,
		},
	};
}

type From = (path: string, value: string) => string;

function resolveSource(source: Config["source"], from: From): Config["source"] {
	switch (source.type) {
		case "jsonl":
			return { ...source, path: from("source.path", source.path), images: from("source.images", source.images) };
		case "tdiuc": {
			const { visualGenome } = source;
			return {
				...source,
				path: from("source.path", source.path),
				imageFolders: source.imageFolders.map((folder) => from("source.imageFolders", folder)),
				...(visualGenome === undefined ? {} : { visualGenome: from("source.visualGenome", visualGenome) }),
			};
		}
		default:
			return source;
	}
}

function resolveReserve(reserve: NonNullable<Config["reserve"]>, from: From): NonNullable<Config["reserve"]> {
	const { questions, pictures } = reserve.exclude;
	return {
		...reserve,
		exclude: {
			...(questions === undefined ? {} : { questions: from("reserve.exclude.questions", questions) }),
			...(pictures === undefined ? {} : { pictures: from("reserve.exclude.pictures", pictures) }),
		},
	};
}

function collectOrigins(config: Config, written: unknown, source: YamlFile, overrides: readonly Override[]): Map<string, Origin> {
	const origins = new Map<string, Origin>();
	for (const { path } of listLeaves(config)) {
		const override = overrideAt(path, overrides);
		if (override !== undefined) {
			origins.set(formatPath(path), { from: override.from, where: override.where });
		} else if (valueAt(written, path) === undefined) {
			origins.set(formatPath(path), { from: "default" });
		} else {
			origins.set(formatPath(path), { from: "file", where: source.locate(path).text });
		}
	}
	return origins;
}
