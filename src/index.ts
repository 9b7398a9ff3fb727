/** What a pipeline file of a user's own imports from "candor". */

/** The zod that Candor checks with: a stage's schemas must come from the same. */
export { z } from "zod";
export { type Pipeline, type PipelineOptions, type RowFacts, startPipeline } from "./pipeline/compose.js";
export type { Prompt } from "./pipeline/load-prompt.js";
export { type AskInput, type BaseRecord, defineStage, type Stage, type StageContext, type StageSettings } from "./pipeline/stage.js";
export * from "./records/index.js";
export { buildDpoRow, buildMeta, buildSftRow, buildSrtRow } from "./stages/build-row.js";
export { cave } from "./stages/cave.js";
export { conclude } from "./stages/conclude.js";
export { goldCheck } from "./stages/gold-check.js";
export { prefer } from "./stages/prefer.js";
export { reflect } from "./stages/reflect.js";
export { respond } from "./stages/respond.js";
export { textualize } from "./stages/textualize.js";
export { type Message, parseJsonReply, parseOption, type TeacherReply } from "./teacher/index.js";
