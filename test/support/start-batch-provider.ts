import { join } from "node:path";
import { compileProgram } from "./compile-program.js";
import type { BatchBehaviour, BatchProviderStats } from "./fake-batch-provider.js";
import type { FakeControl, FakeStats, FakeTeacherOptions } from "./fake-teacher.js";
import type { OracleOptions } from "./oracle.js";
import { type FakeTeacherProcess, serveFrom } from "./start-fake-process.js";

export interface BatchProviderProcess extends Omit<FakeTeacherProcess, "stats" | "control"> {
	stats(): Promise<FakeStats & BatchProviderStats>;
	control(control: FakeControl & { readonly batches?: BatchBehaviour }): Promise<void>;
}

/** Starts the oracle behind a Batch API, in its own process: it also answers live. */
export async function startBatchProvider(
	questionsFile: string,
	options: Omit<FakeTeacherOptions, "answer"> & OracleOptions & { readonly batches?: BatchBehaviour } = {},
): Promise<BatchProviderProcess> {
	const program = join(await compileProgram(), "test", "support", "batch-provider-process.js");
	return (await serveFrom([program, questionsFile, JSON.stringify(options)])) as BatchProviderProcess;
}
