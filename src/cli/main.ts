#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { createHandlers } from "./handlers.js";
import { createProgram } from "./program.js";
import { renderError } from "./render-error.js";
import { processTerminal } from "./terminal.js";

// Left to itself V8 lets garbage grow to several times what is in use before it collects: a long run then takes twice the memory of
// a short one, though it holds no more. Half as much again is enough, and costs a few per cent of time.
setFlagsFromString("--heap-growing-percent=50");

const terminal = processTerminal();

// What no one awaits: the ledger's own promises on a full disk, a full standard output. A person gets a sentence all the same.
process.on("uncaughtException", (thrown) => {
	process.exit(renderError(thrown, terminal));
});

// A reader that closed its end (| head) has had enough; nothing more can be told there.
for (const stream of [process.stdout, process.stderr]) {
	stream.on("error", (error: NodeJS.ErrnoException) => {
		if (error.code !== "EPIPE") {
			throw error;
		}
		process.exit();
	});
}

try {
	process.exitCode = await createProgram(createHandlers(terminal), terminal).parse(process.argv.slice(2));
} catch (thrown) {
	process.exitCode = renderError(thrown, terminal);
}
