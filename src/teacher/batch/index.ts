export * from "./insist.js";
export * from "./note-requests.js";
export * from "./open-provider.js";
export * from "./read-result.js";
export * from "./request-line.js";
export * from "./stored-request.js";
export * from "./upload-body.js";
