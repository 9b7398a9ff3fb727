export * from "./check-config.js";
export * from "./config-hash.js";
export * from "./json-schema.js";
export * from "./load-config.js";
export * from "./print-config.js";
export { rowsOf } from "./rows-of.js";
export * from "./schema.js";
export { teacherSchema } from "./teacher-schema.js";
