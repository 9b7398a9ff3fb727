/**
 * The oracle behind the fake teacher, in a process of its own: `node oracle-process.js <questions.jsonl> '<json>'`. The file holds
 * an {@link OracleQuestion} a line; the JSON holds what starts the fake teacher, and the oracle's options. Prints {"port":…} and
 * runs until it is killed.
 */
import { readFileSync } from "node:fs";
import { type FakeTeacherOptions, startFakeTeacher } from "./fake-teacher.js";
import { createOracle, type OracleOptions, type OracleQuestion } from "./oracle.js";

const questions: OracleQuestion[] = readFileSync(process.argv[2] ?? "", "utf8")
	.trim()
	.split("\n")
	.map((line) => JSON.parse(line));
const options: Omit<FakeTeacherOptions, "answer"> & OracleOptions = JSON.parse(process.argv[3] ?? "{}");
const teacher = await startFakeTeacher({ ...options, answer: createOracle(questions, options) });
process.stdout.write(`${JSON.stringify({ port: teacher.port })}\n`);
