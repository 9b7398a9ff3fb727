import { join } from "node:path";
import { compileProgram } from "./compile-program.js";
import type { FakeTeacherOptions } from "./fake-teacher.js";
import type { OracleOptions } from "./oracle.js";
import { type FakeTeacherProcess, serveFrom } from "./start-fake-process.js";

/** Starts the oracle over the questions of a file in its own process; it can be killed, and started again on the same port. */
export async function startOracle(questionsFile: string, options: Omit<FakeTeacherOptions, "answer"> & OracleOptions = {}): Promise<FakeTeacherProcess> {
	const program = join(await compileProgram(), "test", "support", "oracle-process.js");
	return serveFrom([program, questionsFile, JSON.stringify(options)]);
}
