import { once } from "node:events";
import { createInterface } from "node:readline";

/** Where a command's words go: data to `out`, all else to `err`. Injected, so that commands run in a test. */
export interface Terminal {
	out(text: string): void;
	err(text: string): void;
	/** Resolves once `out` can take more, where that has to be waited for: what a slow reader has not taken lies in memory. */
	drained?(): Promise<void>;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly outIsTty: boolean;
	readonly errIsTty: boolean;
	/** Width of the error stream's terminal; 80 where it is none. */
	columns(): number;
	/** Asks a person for a yes. Absent: nobody is there to be asked. */
	readonly confirm?: (question: string) => Promise<boolean>;
}

export function processTerminal(): Terminal {
	return {
		out: (text) => void process.stdout.write(text),
		err: (text) => void process.stderr.write(text),
		drained: async () => {
			if (process.stdout.writableNeedDrain) await once(process.stdout, "drain");
		},
		env: process.env,
		outIsTty: process.stdout.isTTY === true,
		errIsTty: process.stderr.isTTY === true,
		columns: () => process.stderr.columns ?? 80,
		...(process.stdin.isTTY === true && process.stderr.isTTY === true ? { confirm: confirmOnTerminal } : {}),
	};
}

/** Whatever is not a yes is a no, Ctrl-C and a closed input among it. */
function confirmOnTerminal(question: string): Promise<boolean> {
	const lines = createInterface({ input: process.stdin, output: process.stderr });
	return new Promise((resolve) => {
		lines.once("SIGINT", () => lines.close());
		lines.once("close", () => resolve(false));
		lines.question(question, (answer) => {
			resolve(/^\s*y(es)?\s*$/i.test(answer));
			lines.close();
		});
	});
}

/** Whether a stream gets colour: NO_COLOR forbids it, FORCE_COLOR asks for it, else a terminal that is not dumb has it. */
export function wantsColor(env: Terminal["env"], isTty: boolean): boolean {
	if ((env.NO_COLOR ?? "") !== "") {
		return false;
	}
	const forced = env.FORCE_COLOR ?? "";
	return forced === "" ? isTty && env.TERM !== "dumb" : forced !== "0" && forced !== "false";
}
