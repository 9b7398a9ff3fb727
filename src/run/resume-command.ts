import { listLeaves, type ResolvedConfig } from "../config/index.js";

/** What to type to go on with a run: the config, and the flags that changed it. Pipelines are given where flags named them. */
export function writeResumeCommand({ config, origins, file }: ResolvedConfig, pipelines: readonly string[] = []): string {
	const values = new Map(listLeaves(config).map(({ path, value }) => [path.join("."), value]));
	const flags = [...origins].flatMap(([path, { from, where }]) => (from === "flag" && where !== undefined ? [where, String(values.get(path))] : []));
	return quoteWords(["candor", "run", file, ...pipelines.flatMap((name) => ["--pipeline", name]), ...flags]);
}

/** A command as one may paste it into a shell. */
export function quoteWords(words: readonly string[]): string {
	return words.map(quote).join(" ");
}

/** As a shell takes it for one word. */
function quote(word: string): string {
	return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
