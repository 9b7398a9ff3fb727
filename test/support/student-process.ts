/**
 * The student behind the fake teacher's server, in a process of its own: `node student-process.js <questions.jsonl> '<json>'`, as
 * the oracle's. Prints {"port":…} and runs until it is killed.
 */
import { readFileSync } from "node:fs";
import { type FakeTeacherOptions, startFakeTeacher } from "./fake-teacher.js";
import type { OracleQuestion } from "./oracle.js";
import { createStudent, type StudentOptions } from "./student.js";

const questions: OracleQuestion[] = readFileSync(process.argv[2] ?? "", "utf8")
	.trim()
	.split("\n")
	.map((line) => JSON.parse(line));
const options: Omit<FakeTeacherOptions, "answer"> & StudentOptions = JSON.parse(process.argv[3] ?? "{}");
const server = await startFakeTeacher({ ...options, answer: createStudent(questions, options) });
process.stdout.write(`${JSON.stringify({ port: server.port })}\n`);
