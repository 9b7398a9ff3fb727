import type { Handlers } from "../../src/cli/handlers.js";
import { createProgram } from "../../src/cli/program.js";
import { renderError } from "../../src/cli/render-error.js";
import type { Terminal } from "../../src/cli/terminal.js";

/** A terminal that keeps what it is told. */
export interface RecordingTerminal extends Terminal {
	readonly written: { out: string; err: string };
}

export function createTerminal(options: { env?: Record<string, string>; tty?: boolean; columns?: number } = {}): RecordingTerminal {
	const written = { out: "", err: "" };
	return {
		written,
		out: (text) => {
			written.out += text;
		},
		err: (text) => {
			written.err += text;
		},
		env: options.env ?? {},
		outIsTty: options.tty ?? false,
		errIsTty: options.tty ?? false,
		columns: () => options.columns ?? 80,
	};
}

/** Handlers that only keep what they were given. */
export function createRecorder(): { handlers: Handlers; calls: { command: string; given: unknown }[] } {
	const calls: { command: string; given: unknown }[] = [];
	const record = (command: string) => async (given?: unknown) => {
		calls.push({ command, given });
		return 0 as const;
	};
	return {
		calls,
		handlers: {
			run: record("run"),
			plan: record("plan"),
			validate: record("validate"),
			preview: record("preview"),
			show: record("show"),
			project: record("project"),
			firstAnswers: record("first-answers"),
			init: record("init"),
			schema: record("schema"),
			scenes: record("scenes"),
			ledger: record("ledger"),
			retry: record("retry"),
			batch: record("batch"),
		},
	};
}

/** What a command line does, with real error rendering, in this process. */
export async function type(args: readonly string[], handlers: Handlers, terminal: RecordingTerminal): Promise<{ code: number; out: string; err: string }> {
	let code: number;
	try {
		code = await createProgram(handlers, terminal).parse(args);
	} catch (thrown) {
		code = renderError(thrown, terminal);
	}
	return { code, ...terminal.written };
}
