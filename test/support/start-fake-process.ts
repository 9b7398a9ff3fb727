import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { FakeControl, FakeStats, FakeTeacherOptions } from "./fake-teacher.js";

export interface FakeTeacherProcess {
	/** Ends in /v1. */
	readonly baseUrl: string;
	readonly port: number;
	stats(): Promise<FakeStats>;
	control(control: FakeControl): Promise<void>;
	close(): Promise<void>;
}

/** Starts the fake teacher in its own process: it then outlives what is tested, and takes no time from it. */
export async function startFakeTeacherProcess(
	settings: Omit<FakeTeacherOptions, "answer"> & { readonly answerModule?: string } = {},
): Promise<FakeTeacherProcess> {
	const program = fileURLToPath(new URL("./fake-teacher-process.ts", import.meta.url));
	return serveFrom(["--import", "tsx", program, JSON.stringify(settings)]);
}

/** Runs a program of ours that serves a fake teacher and prints its port, and speaks with it over HTTP. */
export async function serveFrom(args: readonly string[]): Promise<FakeTeacherProcess> {
	const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
	const exited = once(child, "exit");
	const port = await Promise.race([
		once(createInterface({ input: child.stdout }), "line").then(([line]) => Number(JSON.parse(line).port)),
		exited.then(([code]) => Promise.reject(new Error(`the fake teacher ended with ${code}`))),
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
