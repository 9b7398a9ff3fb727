import type { Row } from "../records/index.js";

/** The pipeline that made a row, as its id has it: the pipeline, a hyphen, the group. A row from elsewhere has only its kind. */
export function pipelineOf({ id, kind, meta }: Pick<Row, "id" | "kind" | "meta">): string {
	return id.endsWith(`-${meta.group}`) ? id.slice(0, -meta.group.length - 1) : kind;
}
