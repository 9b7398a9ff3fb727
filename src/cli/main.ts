#!/usr/bin/env node
import { createHandlers } from "./handlers.js";
import { createProgram } from "./program.js";
import { renderError } from "./render-error.js";
import { processTerminal } from "./terminal.js";

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
