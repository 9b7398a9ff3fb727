import { join } from "node:path";
import { compileProgram } from "./compile-program.js";
import type { FakeTeacherOptions } from "./fake-teacher.js";
import { type FakeTeacherProcess, serveFrom } from "./start-fake-process.js";
import type { StudentOptions } from "./student.js";

/** Starts the student over the questions of a file in its own process. */
export async function startStudent(questionsFile: string, options: Omit<FakeTeacherOptions, "answer"> & StudentOptions = {}): Promise<FakeTeacherProcess> {
	const program = join(await compileProgram(), "test", "support", "student-process.js");
	return serveFrom([program, questionsFile, JSON.stringify(options)]);
}
