/**
 * The oracle behind the fake batch provider, in a process of its own: `node batch-provider-process.js <questions.jsonl> '<json>'`.
 * The JSON holds what starts it, and the oracle's options. Prints {"port":…} and runs until it is killed.
 */
import { readFileSync } from "node:fs";
import { type BatchBehaviour, startFakeBatchProvider } from "./fake-batch-provider.js";
import type { FakeTeacherOptions } from "./fake-teacher.js";
import { createOracle, type OracleOptions, type OracleQuestion } from "./oracle.js";

const questions: OracleQuestion[] = readFileSync(process.argv[2] ?? "", "utf8")
	.trim()
	.split("\n")
	.map((line) => JSON.parse(line));
const options: Omit<FakeTeacherOptions, "answer"> & OracleOptions & { readonly batches?: BatchBehaviour } = JSON.parse(process.argv[3] ?? "{}");
const { port } = await startFakeBatchProvider({ ...options, answer: createOracle(questions, options) });
process.stdout.write(`${JSON.stringify({ port })}\n`);
