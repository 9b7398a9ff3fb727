export * from "./dispatch-requests.js";
export type { Estimate, Limits, ResponseFacts } from "./gate.js";
