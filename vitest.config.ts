import { defineConfig } from "vitest/config";
import { closingLine } from "./test/support/closing-line.js";

/** What takes longer than a change deserves: killed processes, the packed package installed elsewhere, recipes and ledgers at their full size. */
const longTests = ["test/crash/**/*.test.ts", "test/package/**/*.test.ts", "test/recipes/full-size.test.ts", "test/run/ledger-large.test.ts"];

export default defineConfig({
	test: {
		// A process for each file: the ledger's native code and the signals under test are not for worker threads.
		pool: "forks",
		maxWorkers: 2,
		// For a busy machine; what is slow on a quiet one says so itself.
		testTimeout: 30_000,
		hookTimeout: 60_000,
		reporters: ["default", closingLine],
		projects: [
			{ extends: true, test: { name: "main", include: ["test/**/*.test.ts"], exclude: longTests } },
			{ extends: true, test: { name: "long", include: longTests, testTimeout: 300_000 } },
		],
	},
});
