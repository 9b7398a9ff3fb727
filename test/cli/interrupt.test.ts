import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Says "ready", then waits for ever, as a run that does not drain would. */
const waiting = `
	import { listenForInterrupts } from "./src/cli/interrupt.ts";
	listenForInterrupts(() => process.stdout.write("first"));
	setInterval(() => {}, 1000);
	process.stdout.write("ready");
`;

test.each<[NodeJS.Signals, number]>([
	["SIGINT", 130],
	["SIGTERM", 143],
])(
	"a second %s ends at once with %i",
	async (signal, expected) => {
		const child = spawn(process.execPath, [join("node_modules", "tsx", "dist", "cli.mjs"), "--input-type=module", "--eval", waiting], {
			stdio: ["ignore", "pipe", "inherit"],
		});
		const told = async (): Promise<string> => String((await once(child.stdout, "data"))[0]);
		expect(await told()).toBe("ready");
		child.kill(signal);
		expect(await told()).toBe("first");
		const exit = once(child, "exit");
		child.kill(signal);
		expect((await exit)[0]).toBe(expected);
	},
	20_000,
);
