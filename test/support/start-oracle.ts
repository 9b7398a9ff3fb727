import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { compileProgram } from "./compile-program.js";
import type { FakeStats, FakeTeacherOptions } from "./fake-teacher.js";
import type { OracleOptions } from "./oracle.js";
import type { FakeTeacherProcess } from "./start-fake-process.js";

/** Starts the oracle over the questions of a file in its own process; it can be killed, and started again on the same port. */
export async function startOracle(questionsFile: string, options: Omit<FakeTeacherOptions, "answer"> & OracleOptions = {}): Promise<FakeTeacherProcess> {
	const program = join(await compileProgram(), "test", "support", "oracle-process.js");
	const child = spawn(process.execPath, [program, questionsFile, JSON.stringify(options)], { stdio: ["ignore", "pipe", "inherit"] });
	const exited = once(child, "exit");
	const port = await Promise.race([
		once(createInterface({ input: child.stdout }), "line").then(([line]) => Number(JSON.parse(line).port)),
		exited.then(([code]) => Promise.reject(new Error(`the oracle ended with ${code}`))),
	]);
	const origin = `http://127.0.0.1:${port}`;
	return {
		baseUrl: `${origin}/v1`,
		port,
		stats: async () => (await fetch(`${origin}/stats`)).json() as Promise<FakeStats>,
		async control(control) {
			await fetch(`${origin}/control`, { method: "POST", body: JSON.stringify(control) });
		},
		async close() {
			child.kill("SIGKILL");
			await exited;
		},
	};
}
