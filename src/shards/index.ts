export { hashFile, writeChecksums } from "./checksums.js";
export { parseJsonlList, stringifyJsonlList } from "./jsonl-list.js";
export { type LineShelf, openLineShelf } from "./line-shelf.js";
export { makeFolders } from "./make-folders.js";
export { type Manifest, type ProjectionStep, projectionStepSchema, readManifest, removeManifest, writeManifest } from "./manifest.js";
export { isJsonlProblem, type JsonlItem, parseJsonlChunks, readJsonl } from "./read-jsonl.js";
export { writeShards } from "./shard-writer.js";
export { openSpool, type Spool } from "./spool.js";
export { stringifyRow, writeFileAtomic } from "./write-jsonl.js";
