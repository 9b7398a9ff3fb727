/**
 * The fake teacher in a process of its own: `tsx fake-teacher-process.ts '<json>'`, where the JSON holds `answerModule` (a
 * module that exports `answer`) and whatever else starts it. Prints {"port":…} and runs until it is killed.
 */
import { pathToFileURL } from "node:url";
import { type FakeAnswer, type FakeTeacherOptions, startFakeTeacher, textOf } from "./fake-teacher.js";

interface Settings extends Omit<FakeTeacherOptions, "answer"> {
	readonly answerModule?: string;
}

const { answerModule, ...options }: Settings = JSON.parse(process.argv[2] ?? "{}");
const { answer }: { answer: FakeAnswer } =
	answerModule === undefined ? { answer: (body) => `echo: ${textOf(body)}` } : await import(pathToFileURL(answerModule).href);
const teacher = await startFakeTeacher({ ...options, answer });
process.stdout.write(`${JSON.stringify({ port: teacher.port })}\n`);
