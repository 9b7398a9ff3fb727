export { hashFile, writeChecksums } from "./checksums.js";
export { parseJsonlList, stringifyJsonlList } from "./jsonl-list.js";
export { type Manifest, manifestSchema, readManifest, removeManifest, writeManifest } from "./manifest.js";
export { isJsonlProblem, type JsonlItem, type JsonlProblem, type JsonlValue, readJsonl } from "./read-jsonl.js";
export { type ShardInfo, type ShardOptions, shardInfoSchema, writeShards } from "./shard-writer.js";
export { openSpool, type Spool } from "./spool.js";
export { stringifyRow, writeFileAtomic } from "./write-jsonl.js";
