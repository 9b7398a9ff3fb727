export * from "./dispatch-requests.js";
