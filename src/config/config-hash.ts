import { createHash } from "node:crypto";
import { basename } from "node:path";
import { isPipelinePath } from "./check-config.js";
import { listLeaves } from "./load-config.js";
import type { Config } from "./schema.js";

/** A setting that differs between two configs; undefined stands for a setting that is not there. */
export interface ConfigChange {
	readonly path: string;
	readonly was: unknown;
	readonly now: unknown;
	/** Whether a run may go on with the new value: what was made so far stays as it is. */
	readonly extendable: boolean;
}

/** More rows, other shards, more attempts or another teacher add to a run; anything else makes another one. */
const extendable = /^(rows|attempts)$|^(rows|shards|teacher)\./;

/**
 * sha256 (hex) of the config as canonical JSON. Without `out`, without the way to the teacher's server, and without the
 * folders that files lie in: a run may move to another place or machine, and what the files hold is for the run's source digests to tell.
 */
export function hashConfig(config: Config): string {
	const leaves = [...comparable(config)].sort(([a], [b]) => (a < b ? -1 : 1));
	return createHash("sha256").update(JSON.stringify(leaves)).digest("hex");
}

/** What changed from one config to another, in the order of the paths; leaves out what {@link hashConfig} leaves out. */
export function compareConfigs(old: Config, now: Config): ConfigChange[] {
	const before = comparable(old);
	const after = comparable(now);
	const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
	return paths
		.filter((path) => JSON.stringify(before.get(path)) !== JSON.stringify(after.get(path)))
		.map((path) => ({ path, was: before.get(path), now: after.get(path), extendable: extendable.test(path) }));
}

/** What replies depend on. How requests travel, how many at a time and what they may cost: none of it shows in what is made. */
const asked = {
	teacher: /^teacher\.(type|model|temperature|topP|maxOutputTokens|hint|goldCheck)$/,
	student: /^student\.(model|temperature|maxOutputTokens)$/,
};
const isTransport = (path: string) => /^(teacher|student|budget)\./.test(path) && !asked.teacher.test(path) && !asked.student.test(path);

function comparable(config: Config): Map<string, unknown> {
	const { out: _out, $schema: _schema, ...rest } = config;
	const leaves = listLeaves(rest).filter(({ path }) => !isTransport(path.join(".")));
	return new Map(leaves.map(({ path, value }) => [path.join("."), withoutFolder(path.join("."), value)]));
}

function withoutFolder(path: string, value: unknown): unknown {
	if (path === "pipelines" && Array.isArray(value)) {
		return value.map((entry: unknown) => (typeof entry === "string" && isPipelinePath(entry) ? `./${basename(entry)}` : entry));
	}
	if (!files.test(path)) return value;
	return Array.isArray(value)
		? value.map((entry: unknown) => (typeof entry === "string" ? basename(entry) : entry))
		: typeof value === "string"
			? basename(value)
			: value;
}

const files = /^(source\.(path|images|imageFolders|visualGenome)|dialogue\.firstAnswers\.file|reserve\.exclude\.(questions|pictures))$/;
