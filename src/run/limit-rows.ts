import { type Config, rowsOf } from "../config/index.js";

/** The config with fewer rows of each pipeline: the beginning of the same run. */
export function limitRows(config: Config, pipelines: readonly { readonly name: string }[], most: number): Config {
	return { ...config, rows: Object.fromEntries(pipelines.map(({ name }) => [name, Math.min(most, rowsOf(config, name))])) };
}
