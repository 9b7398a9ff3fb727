import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { FastTeacherStats } from "../test/support/fast-teacher.js";
import { serveFrom } from "../test/support/start-fake-process.js";
import { anonymousMebibytes } from "./anonymous-memory.js";
import type { ClientSettings, ClientUse } from "./compare-client-process.js";

/** A client's run, from the outside. */
export interface ClientRun extends ClientUse {
	/** What the server saw, and used. */
	readonly server: FastTeacherStats;
	/** Of the whole process. @unit milliseconds */
	readonly wallMs: number;
	/** Anonymous memory at its highest, where Linux tells. */
	readonly peakMebibytes: number | undefined;
}

export type ClientRunner = (settings: Omit<ClientSettings, "baseUrl" | "ledger">) => Promise<ClientRun>;

/** Starts a fast teacher in a process of its own, and lends a function that runs a client against it, each in a process of its own. */
export async function withFastTeacher<Value>(latencyMs: number, scratch: string, use: (run: ClientRunner) => Promise<Value>): Promise<Value> {
	const server = await serveFrom(["--import", "tsx", pathOf("../test/support/fast-teacher-process.ts"), String(latencyMs)]);
	const origin = new URL(server.baseUrl).origin;
	try {
		return await use(async (settings) => {
			await fetch(`${origin}/reset`, { method: "POST" });
			const ledger = mkdtempSync(join(scratch, "ledger-"));
			const run = await runProcess({ ...settings, baseUrl: server.baseUrl, ledger });
			rmSync(ledger, { recursive: true });
			const seen = (await (await fetch(`${origin}/stats`)).json()) as FastTeacherStats;
			if (seen.answered !== settings.requests) throw new Error(`the server answered ${seen.answered} of ${settings.requests} requests`);
			return { ...run, server: seen };
		});
	} finally {
		await server.close();
	}
}

async function runProcess(settings: ClientSettings): Promise<Omit<ClientRun, "server">> {
	const startMs = performance.now();
	const args = ["--import", "tsx", pathOf("./compare-client-process.ts"), JSON.stringify(settings)];
	const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
	let peakMebibytes: number | undefined;
	const timer = setInterval(() => {
		const now = anonymousMebibytes(child.pid);
		if (now !== undefined) peakMebibytes = Math.max(peakMebibytes ?? 0, now);
	}, 20);
	const [told, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
	clearInterval(timer);
	if (code !== 0) throw new Error(`the client ${settings.client} ended with ${code}`);
	const use: ClientUse = JSON.parse(told);
	return { ...use, wallMs: performance.now() - startMs, peakMebibytes };
}

function pathOf(file: string): string {
	return fileURLToPath(new URL(file, import.meta.url));
}
