import type { Config } from "./schema.js";

/** How many rows a pipeline is to make. @throws RangeError where the config names a number for other pipelines only */
export function rowsOf({ rows }: Pick<Config, "rows">, pipeline: string): number {
	if (typeof rows === "number") return rows;
	const own = rows[pipeline];
	if (own === undefined) throw new RangeError(`rows gives no number for the pipeline ${pipeline}`);
	return own;
}
