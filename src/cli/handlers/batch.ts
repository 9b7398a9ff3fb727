import { relative, resolve } from "node:path";
import { loadConfig } from "../../config/index.js";
import { type ExitCode, exitCodes } from "../../records/index.js";
import type { BatchArguments } from "../handlers.js";
import { isAbort, listenForInterrupts } from "../interrupt.js";
import { formatBatchStatus, formatCancelled, formatExport, formatImport } from "../render/batch.js";
import { formatBatchProgress } from "../render/batch-progress.js";
import { type Progress, startProgress } from "../render/progress.js";
import type { Terminal } from "../terminal.js";

/** What has to do with batches beside making a run. Interrupted, it ends with 130 or 143; the same command goes on. */
export async function handleBatch(given: BatchArguments, terminal: Terminal): Promise<ExitCode> {
	const progress = startProgress(terminal, { shown: !given.json, warnings: true });
	const interrupts = listenForInterrupts(() => progress.say("finishing what is in flight; press again to quit at once"));
	try {
		const { value, text } = await act(given, progress, terminal, interrupts.signal);
		progress.stop();
		terminal.out(given.json ? `${JSON.stringify(value, undefined, 2)}\n` : text);
		return exitCodes.ok;
	} catch (thrown) {
		const interrupted = interrupts.exitCode();
		if (interrupted === undefined || !isAbort(thrown, interrupts.signal)) throw thrown;
		progress.stop();
		terminal.err("interrupted; nothing is lost. To go on, give the same command again.\n");
		return interrupted;
	} finally {
		progress.stop();
		interrupts.stop();
	}
}

interface Told {
	/** For a program. */
	readonly value: unknown;
	/** For a person. */
	readonly text: string;
}

async function act(given: BatchArguments, progress: Progress, terminal: Terminal, signal: AbortSignal): Promise<Told> {
	const { events } = progress;
	if (given.action === "status") {
		const { readBatchStatus } = await import("../../run/batch-control.js");
		const batches = await readBatchStatus(given.run, terminal.env, signal);
		return { value: batches, text: formatBatchStatus(batches) };
	}
	if (given.action === "cancel") {
		const { cancelBatches } = await import("../../run/batch-control.js");
		let shown = "";
		const outcome = await cancelBatches(given.run, {
			env: terminal.env,
			signal,
			tell: (message) => events.tell?.(message),
			warn: events.warn,
			onProgress(state) {
				const text = Object.keys(state.states).join();
				if (text !== shown) events.tell?.(formatBatchProgress(state));
				shown = text;
			},
		});
		return { value: outcome, text: formatCancelled(outcome) };
	}
	const resolved = loadConfig({ file: given.config, env: terminal.env, flags: [] });
	const { exportRequests, importResultFile } = await import("../../run/batch-files.js");
	const options = { extend: given.extend, events, signal };
	const config = relative(process.cwd(), resolved.file);
	if (given.action === "export") {
		const summary = await exportRequests(resolved, { ...options, images: given.images, ...(given.out === undefined ? {} : { out: given.out }) });
		return { value: summary, text: formatExport({ ...summary, file: relative(process.cwd(), summary.file) }, config) };
	}
	const imported = await importResultFile(resolved, resolve(given.results), options);
	return { value: imported, text: formatImport(imported, config) };
}
