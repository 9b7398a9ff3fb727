import { join } from "node:path";
import { compileProgram } from "./compile-program.js";
import type { ServerKind } from "./server-kinds.js";
import { serveFrom } from "./start-fake-process.js";

/** Starts a server of some kind in its own process. */
export async function startServerKindProcess(kind: ServerKind): Promise<{ readonly baseUrl: string; close(): Promise<void> }> {
	return serveFrom([join(await compileProgram(), "test", "support", "server-kind-process.js"), JSON.stringify(kind)]);
}
