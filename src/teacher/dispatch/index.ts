export * from "./dispatch-requests.js";
export type { Estimate } from "./gate.js";
