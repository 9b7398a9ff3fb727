export * from "./candidate.js";
export * from "./errors.js";
export * from "./outcome.js";
export * from "./question.js";
export * from "./render-trace.js";
export * from "./row.js";
export * from "./vocabulary.js";
