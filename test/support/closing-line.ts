import type { Reporter } from "vitest/node";

/** Ends the output with `N passed, N failed`, alone on a line, for programs that read it. A file that cannot be loaded is a failure. */
export const closingLine: Reporter = {
	onTestRunEnd(modules, unhandledErrors) {
		let passed = 0;
		let failed = unhandledErrors.length;
		for (const module of modules) {
			failed += module.errors().length;
			for (const suite of module.children.allSuites()) failed += suite.errors().length;
			for (const test of module.children.allTests()) {
				const { state } = test.result();
				if (state === "passed") passed += 1;
				// Pending: the run ended before the test did.
				else if (state !== "skipped") failed += 1;
			}
		}
		process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
	},
};
